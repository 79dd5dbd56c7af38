import { resolve } from "node:path";
import { expect, it } from "vitest";
import { commandsPage } from "../../../docs/generator/commands-page.js";
import { mappingColumnsPage } from "../../../docs/generator/mapping-columns-page.js";
import { tablesPage } from "../../../docs/generator/tables-page.js";
import { createProgram } from "../../../pipelines/commands/program.js";
import { mappedRules } from "../../../pipelines/stages/ingest/mapping/rules.js";
import { mappedTables } from "../../../src/lib/records/mapping.js";
import { tables } from "../../../src/lib/records/tables.js";

const reference = resolve(import.meta.dirname, "..", "..", "..", "docs", "reference");

it("docs/reference/commands.md matches the commands; `npm run docs` writes it", async () => {
  await expect(commandsPage()).toMatchFileSnapshot(`${reference}/commands.md`);
});

it("docs/reference/tables.md matches the definitions of the tables; `npm run docs` writes it", async () => {
  await expect(tablesPage()).toMatchFileSnapshot(`${reference}/tables.md`);
});

it("docs/reference/mapping-columns.md matches the rules of mappings; `npm run docs` writes it", async () => {
  await expect(mappingColumnsPage()).toMatchFileSnapshot(`${reference}/mapping-columns.md`);
});

it("every column that a mapping may give has a row under its table", () => {
  const page = mappingColumnsPage();
  for (const name of mappedTables) {
    const section = page.split(/^## /m).find((part) => part.startsWith(`${name}\n`)) ?? "";
    for (const column of Object.keys(mappedRules[name].columns))
      expect(section, name).toContain(`| \`${column}\` |`);
  }
});

it("every command has a section with every visible option, and an example that runs", () => {
  const sections = new Map(
    commandsPage()
      .split(/^## medbench /m)
      .map((section) => [section.split("\n")[0], section]),
  );
  for (const command of createProgram().createHelp().visibleCommands(createProgram())) {
    if (command.name() === "help") continue;
    const section = sections.get(command.name()) ?? "";
    for (const option of command.options)
      if (!option.hidden) expect(section, command.name()).toContain(`\`${option.flags}\``);
    expect(section, command.name()).toMatch(/```sh\n.*medbench /s);
  }
});

it("every column of every table has a row", () => {
  const page = tablesPage();
  for (const [name, { columns }] of Object.entries(tables)) {
    const section = page.slice(page.indexOf(`\n## ${name}\n`)).split("\n## ")[1] ?? "";
    for (const column of Object.keys(columns)) expect(section, name).toContain(`| \`${column}\` |`);
  }
});
