import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { readCatalogue } from "../../pipelines/warehouse/catalogue.js";
import { catalogueSchema, policies } from "../../src/lib/catalogue/schema.js";
import { outcomes } from "../../src/lib/records/tables.js";
import { temporaryFolder, writeFiles } from "../stages/ingest/workspace.js";

const root = resolve(import.meta.dirname, "..", "..");
const page = readFileSync(join(root, "docs", "catalogue.md"), "utf8");

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly default?: unknown;
}

const schema = z.toJSONSchema(catalogueSchema, { io: "input", unrepresentable: "any" }) as JsonSchema;

/** The object that a schema describes, also in a list or next to other forms. */
function objectOf(value: JsonSchema | undefined): JsonSchema {
  if (value === undefined) throw new Error("no schema");
  if (value.properties !== undefined) return value;
  if (value.items !== undefined) return objectOf(value.items);
  const found = value.anyOf
    ?.map((one) => (one.properties ?? one.items) && objectOf(one))
    .find((one) => one !== undefined);
  if (found === undefined) throw new Error(`no object in ${JSON.stringify(value)}`);
  return found;
}

const at = (...path: readonly string[]): JsonSchema =>
  path.reduce((here, key) => objectOf(here.properties?.[key]), schema);

/** Sections of the page, and the objects that they describe. */
const sections: Readonly<Record<string, JsonSchema>> = {
  "Top level": schema,
  Names: at("name"),
  composite: at("composite"),
  outcomePolicy: at("outcomePolicy"),
  tracks: at("tracks"),
  dimensions: at("dimensions"),
  datasets: at("datasets"),
  files: at("datasets", "files"),
  scoring: at("datasets", "scoring"),
  components: at("datasets", "scoring", "components"),
};

/** Cells of a section's table with a column of defaults, by key. */
function rowsOf(section: string): Record<string, { readonly fallback: string }> {
  const text = page.split(/^## /m).find((part) => part.startsWith(`${section}\n`)) ?? "";
  const rows = [...text.matchAll(/^\| `(\w+)` \| (.*) \| (required|none|`.*`) \| .* \|$/gm)];
  return Object.fromEntries(rows.map(([, key = "", , fallback = ""]) => [key, { fallback }]));
}

describe("docs/catalogue.md", () => {
  it.each(Object.entries(sections))(
    "lists the keys of %s, and which are required or have a default",
    (section, { properties = {}, required = [] }) => {
      const expected = Object.entries(properties).map(([key, value]) => [
        key,
        {
          fallback: required.includes(key)
            ? "required"
            : value.default === undefined
              ? "none"
              : `\`${JSON.stringify(value.default)}\``,
        },
      ]);
      expect(rowsOf(section)).toEqual(Object.fromEntries(expected));
    },
  );

  it("lists every outcome that needs a policy, and every policy", () => {
    const section = page.split(/^## /m).find((part) => part.startsWith("outcomePolicy\n")) ?? "";
    const [, , listed = "", kinds = ""] = section.split(/^\| (?:key|outcome|policy) \|.*$/m);
    const names = (text: string) => [...text.matchAll(/^\| `([\w ]+)` \|/gm)].map(([, name]) => name);
    expect(names(listed)).toEqual(outcomes.filter((outcome) => outcome !== "scored"));
    expect(names(kinds)).toEqual([...policies]);
  });

  it("begins with a catalogue that is complete", async () => {
    const yaml = /```yaml\n(.*?)```/s.exec(page)?.[1] ?? "";
    const folder = writeFiles(temporaryFolder(), { "catalogue.yaml": yaml });
    const catalogue = await readCatalogue(join(folder, "catalogue.yaml"));
    expect(catalogue.datasets.map(({ id }) => id)).toEqual(["ward"]);
    expect(catalogue.name).toEqual({ en: "Ward questions", zh: "Ward questions" });
    expect(parse(yaml)).not.toHaveProperty("composite");
    expect(catalogue.composite).toEqual({ rule: "mean_of_means", boardDecimals: 1 });
  });
});
