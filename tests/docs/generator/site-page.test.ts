import { describe, expect, it } from "vitest";
import { headingId } from "../../../docs/generator/markdown.js";
import { stagePage } from "../../../docs/generator/site-page.js";

const pages = [
  { file: "docs/ingest.md", path: "ingest" },
  { file: "docs/guides/analyst.md", path: "guides/analyst" },
  { file: "CONTRIBUTING.md", path: "contributing" },
];
const exists = (path: string) => ["src/lib/index.ts", "docs/images/a.png"].includes(path);

const staged = (text: string, page = pages[0]!) => stagePage(text, "Title", page, { pages, exists });

describe("a page of the site", () => {
  it("links to other pages by their place on the site", () => {
    const { text } = staged("[a](../ingest.md#a-cycle) and [b](../../CONTRIBUTING.md)", pages[1]);
    expect(text).toContain("[a](./../ingest#a-cycle) and [b](./../contributing)");
  });

  it("shows the text of a link to a source file, which the site does not have", () => {
    expect(staged("see [the library](../src/lib/index.ts).").text).toContain("see the library.");
  });

  it("takes images along", () => {
    const { text, files } = staged("![a chart](images/a.png)");
    expect(text).toContain("![a chart](./files/a.png)");
    expect([...files]).toEqual([["files/a.png", "docs/images/a.png"]]);
  });

  it("cannot be built with a link that leads nowhere", () => {
    expect(() => staged("[a](no-such-page.md)")).toThrow(
      "docs/ingest.md: the link to no-such-page.md leads nowhere",
    );
  });

  it("shows code in languages that Framework would run", () => {
    expect(staged("```sql\nSELECT 1\n```").text).toContain("```sql run=false\n");
    expect(staged("```sh\nls\n```").text).toContain("```sh\n");
  });

  it("leaves links and headings inside of code as they are", () => {
    const code = "```text\n# no heading, [no](link)\n```";
    expect(staged(code).text).toContain(code);
  });

  it("gives headings the ids of code hosts, a repeated one a number", () => {
    const { text } = staged("# Limits, failures, costs\n\n## `medbench run`\n\n## `medbench run`\n");
    expect(text).toContain('<h1 id="limits-failures-costs"');
    expect(text).toContain('<h2 id="medbench-run"');
    expect(text).toContain('<h2 id="medbench-run-1"');
  });

  it("does not show comments, nor run expressions in the text", () => {
    const { text } = staged(`<!-- not run: a server -->\n\nCosts ${"$"}{1 + 1}`);
    expect(text).not.toContain("not run");
    expect(text).toContain("Costs &#36;{1 + 1}");
  });
});

it("a heading's id keeps letters of any script, and drops punctuation", () => {
  expect(headingId("What comes back?")).toBe("what-comes-back");
  expect(headingId("3. 得分 `n`")).toBe("3-得分-n");
});
