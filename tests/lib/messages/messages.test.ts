import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../src/lib/errors.js";
import { type MessageCode, messageParameters } from "../../../src/lib/messages/codes.js";
import { gateReason } from "../../../src/lib/messages/gate.js";
import type { GateFacts } from "../../../src/lib/messages/gate-sentences.js";
import { message, messageColumns, readMessage } from "../../../src/lib/messages/message.js";
import { renderStored } from "../../../src/lib/messages/render.js";
import { gateRules } from "../../../src/lib/publication/gate.js";
import { type Table, tables } from "../../../src/lib/records/tables.js";

const codes = Object.keys(messageParameters) as MessageCode[];
const kindsOf = (code: MessageCode) => Object.entries<string>(messageParameters[code]);

/** Parameters of the right kinds; every name is the text given. */
const sample = (code: MessageCode, { n = 3, name = "Beiwei-2" } = {}) =>
  JSON.stringify(
    Object.fromEntries(
      kindsOf(code).map(([key, kind]) => [key, kind === "name" ? name : kind === "count" ? n : 0.8]),
    ),
  );

describe("the messages that tables hold", () => {
  it.each(codes)("have a sentence for %s in English and in Chinese", (code) => {
    const english = renderStored(code, sample(code), "en");
    const chinese = renderStored(code, sample(code), "zh");
    expect(english).not.toMatch(/\p{Script=Han}|undefined|NaN|\[object/u);
    expect(english).not.toBe("");
    // Names from the data and commands stay as they are; everything else is Chinese, without an English word of three letters.
    if (kindsOf(code).every(([, kind]) => kind !== "name")) expect(chinese).toMatch(/\p{Script=Han}/u);
    const words = chinese.replaceAll(/Beiwei-2|kappa|medbench rating-packet/g, "");
    expect(words).not.toMatch(/[A-Za-z]{3,}|undefined/);
  });

  it("show every parameter in both languages", () => {
    for (const code of codes)
      for (const language of ["en", "zh"] as const)
        for (const [, kind] of kindsOf(code))
          expect(renderStored(code, sample(code), language)).toContain(
            { count: "3", number: "0.8", name: "Beiwei-2" }[kind],
          );
  });

  it("use the singular of English nouns after 1 and the plural after 0 and 2", () => {
    const rated = (found: number) =>
      renderStored("too-few-rated-items", `{"found":${found},"wanted":10}`, "en");
    expect([rated(0), rated(1), rated(2)]).toEqual([
      "0 rated items; at least 10 needed",
      "1 rated item; at least 10 needed",
      "2 rated items; at least 10 needed",
    ]);
    expect(renderStored("few-items-borrowed", '{"items":1,"floor":0.6}', "en")).toMatch(
      /^only 1 rated item of/,
    );
  });

  it("show names with markup, braces or replacement patterns unchanged", () => {
    const odd = fc.oneof(
      fc.string(),
      fc.constantFrom("<b>x</b>", "{0}", "{name}", "$&", "$1", "%s", "__proto__", "a\u0000b", '"]}', "中文"),
    );
    const named = codes.filter((code) => kindsOf(code).some(([, kind]) => kind === "name"));
    fc.assert(
      fc.property(fc.constantFrom(...named), odd, fc.constantFrom("en", "zh"), (code, name, language) => {
        expect(renderStored(code, sample(code, { name }), language as "en" | "zh")).toContain(name);
      }),
    );
  });

  it("are read back from their two columns unchanged", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.string(), (found, wanted, rater) => {
        for (const stored of [
          message("too-few-rated-items", { found, wanted }),
          message("rater", { rater }),
          message("no-ratings"),
        ]) {
          const { reason, reason_parameters } = messageColumns("reason", stored);
          expect(readMessage(reason, reason_parameters)).toEqual(stored);
        }
      }),
    );
    expect(messageColumns("reason", null)).toEqual({ reason: null, reason_parameters: null });
  });

  it("are stored as equal texts if they are equal, regardless of the order of the parameters", () => {
    const one = messageColumns("reason", message("too-few-rated-items", { found: 1, wanted: 10 }));
    const other = messageColumns("reason", message("too-few-rated-items", { wanted: 10, found: 1 }));
    expect(one).toEqual(other);
    expect(one.reason_parameters).toBe('{"found":1,"wanted":10}');
  });

  it.each([
    ["an unknown code", "constructor", null],
    ["a missing parameter", "rater", null],
    ["a parameter of another kind", "too-few-rated-items", '{"found":"1","wanted":10}'],
    ["half an item", "too-few-rated-items", '{"found":0.5,"wanted":10}'],
    ["text that is not JSON", "rater", "physician-01"],
    ["JSON that is not an object", "rater", '"physician-01"'],
  ])("throw for %s", (_, code, parameters) => {
    expect(() => readMessage(code, parameters)).toThrow(InputError);
  });

  it("are allowed in a table only if a column for their parameters follows", () => {
    const known = new Set<string>(codes);
    for (const { columns } of Object.values<Table>(tables)) {
      const names = Object.keys(columns);
      for (const [name, { oneOf = [] }] of Object.entries(columns)) {
        if (name.endsWith("_parameters")) expect(names).toContain(name.replace(/_parameters$/, ""));
        const isMessage = names.includes(`${name}_parameters`);
        if (isMessage) expect(oneOf.filter((code) => !known.has(code))).toEqual([]);
        expect(isMessage && oneOf.length === 0).toBe(false);
      }
    }
  });

  it("are all used by some table", () => {
    const used = new Set(
      Object.values<Table>(tables).flatMap(({ columns }) =>
        Object.values(columns).flatMap(({ oneOf = [] }) => oneOf),
      ),
    );
    expect(codes.filter((code) => !used.has(code))).toEqual([]);
  });
});

describe("the reason of a gate", () => {
  const gate: GateFacts = {
    ...{ decision: "withhold", rule: "unvalidated_share", measured: 0.25, threshold: 0.2 },
    ...{ slices: "specialty:13|dataset:MedTerm", lift: "rate_more", lift_items: 1 },
  };
  const name = (code: string) => (code === "13" ? "Neurology" : code);

  it("names the share, the limit, the slices and what would make the figure publishable", () => {
    expect(gateReason(gate, "en", name)).toBe(
      "25.0% of the score depends on grades where physicians' ratings do not support the judge; the limit is 20.0%; because of Neurology, MedTerm; rating 1 more item would decide it",
    );
    expect(gateReason({ ...gate, lift_items: 2 }, "en", name)).toMatch(
      /rating 2 more items would decide it$/,
    );
    expect(gateReason(gate, "zh", () => "神经病学")).toBe(
      "25.0% 的得分依赖得不到医师评分支持的评审结果；上限为 20.0%；涉及神经病学、MedTerm；再由医师评 1 题即可判定",
    );
  });

  it("has a sentence for every rule in both languages", () => {
    for (const rule of gateRules) {
      const facts: GateFacts = { ...gate, decision: "publish_with_warning", rule, lift: null };
      expect(gateReason(facts, "en", name)).toMatch(/^[a-z0-9.%', ;]+$/);
      expect(gateReason(facts, "zh", name)).not.toMatch(/[a-z]{3,}/i);
    }
  });

  it("names four slices and counts the others", () => {
    const slices = ["1", "2", "3", "4", "5", "6"].map((code) => `specialty:${code}`).join("|");
    expect(gateReason({ ...gate, slices }, "en", name)).toContain("because of 1, 2, 3, 4 and 2 more;");
    expect(gateReason({ ...gate, slices }, "zh", name)).toContain("涉及1、2、3、4，另有 2 项；");
  });

  it("shows names of datasets with markup (except bars) unchanged", () => {
    const odd = fc
      .oneof(fc.string(), fc.constantFrom("<b>", "$&", "{0}", "a:b"))
      .filter((text) => !text.includes("|"));
    fc.assert(
      fc.property(odd, (dataset) => {
        expect(gateReason({ ...gate, slices: `dataset:${dataset}` }, "en", name)).toContain(dataset);
      }),
    );
  });

  it("names slices that are a criterion or items without a specialty", () => {
    const slices = "criterion:key_point|specialty:";
    expect(gateReason({ ...gate, slices }, "en", name)).toContain(
      "matching of key points, items without a specialty",
    );
  });
});
