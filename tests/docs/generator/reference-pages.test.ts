import { resolve } from "node:path";
import { expect, it } from "vitest";
import { commandsPage } from "../../../docs/generator/commands-page.js";
import { tablesPage } from "../../../docs/generator/tables-page.js";
import { createProgram } from "../../../pipelines/commands/program.js";
import { tables } from "../../../src/lib/records/tables.js";

const reference = resolve(import.meta.dirname, "..", "..", "..", "docs", "reference");

it("docs/reference/commands.md matches the commands; `npm run docs` writes it", async () => {
  await expect(commandsPage()).toMatchFileSnapshot(`${reference}/commands.md`);
});

it("docs/reference/tables.md matches the definitions of the tables; `npm run docs` writes it", async () => {
  await expect(tablesPage()).toMatchFileSnapshot(`${reference}/tables.md`);
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
