import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonScanner, kindOfNumber } from "../../../pipelines/formats/json/scanner.js";
import { kind, Shape } from "../../../pipelines/formats/json/shape.js";

function scan(text: string): { ok: boolean; fault: string; shape: Shape } {
  const scanner = new JsonScanner();
  const shape = new Shape();
  return { ok: scanner.scan(Buffer.from(text), shape), fault: scanner.fault, shape };
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const value = fc.jsonValue({ maxDepth: 4, stringUnit: "binary" });

describe("the scanner", () => {
  test("accepts what JSON.stringify writes, with any indentation", () => {
    fc.assert(
      fc.property(value, fc.constantFrom(0, 1, "\t"), (value, space) => {
        expect(scan(JSON.stringify(value, null, space)).ok).toBe(true);
      }),
    );
  });

  test("accepts a damaged text only if JSON.parse does", () => {
    const damage = fc.tuple(
      fc.nat(),
      fc.constantFrom("", '"', "\\", "{", "]", ",", ":", "0", "-", ".", "e", "\n", "\t", "u", " "),
    );
    fc.assert(
      fc.property(value, fc.array(damage, { minLength: 1, maxLength: 3 }), (value, damages) => {
        let text = JSON.stringify(value);
        for (const [at, by] of damages) {
          const place = at % (text.length + 1);
          text = text.slice(0, place) + by + text.slice(place + (by === "" ? 1 : at % 2));
        }
        const { ok, fault } = scan(text);
        // It is stricter in repeated keys and half surrogate pairs only; a text can have half a pair as it is, too.
        if (ok || fault === "invalid") expect(ok).toBe(parses(Buffer.from(text).toString()));
        else expect(["duplicate_key", "lone_surrogate"]).toContain(fault);
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['{"a":1,"\\u0061":2}', "duplicate_key"],
    ['["\\ud83d"]', "lone_surrogate"],
    ['["\\ude00\\ud83d"]', "lone_surrogate"],
    ["[".repeat(513) + "]".repeat(513), "too_deep"],
    ["[".repeat(40_000), "too_deep"],
    ["[NaN]", "invalid"],
    ["[01]", "invalid"],
    ["", "invalid"],
  ])("finds what is wrong with %.20s", (text, expected) => {
    expect(scan(text)).toMatchObject({ ok: false, fault: expected });
  });

  test("finds a repeated key among thousands", () => {
    const keys = Array.from({ length: 3000 }, (_, n) => `"k${n}":${n}`);
    expect(scan(`{${keys.join(",")}}`).ok).toBe(true);
    for (const key of ['"k5":0', '"k2500":0'])
      expect(scan(`{${keys.join(",")},${key}}`)).toMatchObject({ ok: false, fault: "duplicate_key" });
  });

  test("describes keys by their names, however they are written", () => {
    const scanner = new JsonScanner();
    const shape = new Shape();
    for (const text of ['{"é":1,"b":"x"}', '{"b":null,"\\u00e9":2.5}'])
      scanner.scan(Buffer.from(text), shape);
    expect(shape.keys.map(({ name, present }) => [name, present])).toEqual([
      ["é", 2],
      ["b", 2],
    ]);
    expect(shape.named("é")?.shape.kinds).toBe(kind.integer | kind.fraction);
    expect(shape.named("b")?.shape.kinds).toBe(kind.text | kind.null);
  });

  test("writes the marked numbers as text and leaves everything else as it is", () => {
    const shape = new Shape();
    const text = Buffer.from('{ "a" : 1.10, "b": [-2e5, {"a": 7}], "c": 1.10 }');
    const scanner = new JsonScanner();
    scanner.scan(text, shape);
    const b = shape.named("b")?.shape.element as Shape;
    for (const marked of [shape.named("a")?.shape, b])
      if (marked !== undefined) marked.writeNumbersAsText = true;
    expect(scanner.rewrite(text, shape).toString()).toBe(
      '{ "a" : "1.10", "b": ["-2e5", {"a": 7}], "c": 1.10 }',
    );
  });
});

test.each([
  ["0", kind.integer],
  ["9007199254740993", kind.integer | kind.inexactInteger],
  ["-9223372036854775808", kind.integer],
  ["9223372036854775808", kind.hugeInteger],
  ["170141183460469231731687303715884105728", kind.longerInteger | kind.inexactInteger],
  ["-0", kind.integer | kind.oddNumber],
  ["3.0", kind.fraction],
  ["0.1", kind.fraction],
  ["0.30000000000000004", kind.fraction],
  ["1.10", kind.fraction | kind.oddNumber],
  ["1e5", kind.fraction | kind.oddNumber],
  ["0.00001", kind.fraction | kind.oddNumber],
])("the kind of the number %s", (text, expected) => {
  // 2^63 = 9223372036854775808 and 2^53 = 9007199254740992 are exact in floating point, 2^53 + 1 is not.
  expect(kindOfNumber(text)).toBe(expected);
});
