import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildNotebooks, serveNotebooks } from "../../notebooks/serve.js";
import { packageRoot } from "../../pipelines/warehouse/package-root.js";
import { writeTinyWarehouse } from "../tiny-warehouse.js";
import { launchBrowser } from "./browser.js";
import { openPage } from "./open-page.js";
import { serveFolder } from "./static-server.js";

/** Inside the checkout, because notebooks use its packages. */
const folder = join(packageRoot, "build", `notebooks-test-${process.pid}`);
let outside: string;
let workspace: string;
let browser: Browser;

/** A notebook whose cells show the text of each expression; imports are written into a cell of their own. */
function notebook(cells: readonly string[]): string {
  const scripts = cells.map((code, i) => `<script id="${i + 2}" type="module">\n${code}\n</script>`);
  return `<!doctype html>\n<notebook theme="air">\n<title>Mine</title>
<script id="1" type="application/sql" database="warehouse" output="rows" hidden="">
SELECT system, question FROM runs, items_private
</script>\n${scripts.join("\n")}\n</notebook>\n`;
}

const question = `Which one? import x from 'https://cdn.jsdelivr.net/npm/d3/+esm'`;

const shipped = notebook([
  "display(Inputs.table(rows));",
  "display(rows[0].question);",
  "display(Plot.plot({marks: [Plot.dot([[1, 2]])]}));",
  'display("d3 " + d3.mean([1, 2]));',
  "display(html`<b>htl 2</b>`);",
  'display("arrow " + Arrow.tableFromArrays({a: [1, 2, 3]}).numRows);',
  'import * as dsv from "npm:d3-dsv@3";\ndisplay("npm " + dsv.csvParse("a\\n1\\n2").length);',
  'import {max} from "https://cdn.jsdelivr.net/npm/d3@7/+esm";\ndisplay("address " + max([1, 5]));',
  'import {quantile} from "simple-statistics";\ndisplay("bare " + quantile([1, 2, 3], 0.5));',
  'import {cohenKappa} from "../../src/lib/agreement/index.ts";\ndisplay("kappa " + cohenKappa([[20, 5], [10, 15]]).estimate.toFixed(1));',
]);
const shown = ["d3 1.5", "htl 2", "arrow 3", "npm 2", "address 5", "bare 2", "kappa 0.4", question];

const engine = notebook([
  'const db = await DuckDBClient.of({t: [{a: 1}, {a: 41}]});\ndisplay("sum " + (await db.queryRow("SELECT sum(a)::INTEGER AS s FROM t")).s);',
]);

const absent = notebook([
  'display("before");',
  "display(React);",
  "display(penguins);",
  'import pad from "npm:no-such-package-here";\ndisplay(pad);',
  'import bare from "no-such-package-either";\ndisplay(bare);',
  'import module from "https://example.org/module.js";\ndisplay(module);',
  "display(tex`x^2`);",
  'display("after");',
]);
const told = [
  "react is not installed, and notebooks load nothing from the network. To use it, install it in the checkout: npm install --save-dev react",
  "https://cdn.jsdelivr.net/npm/@observablehq/sample-datasets/ is on the network, from which notebooks load nothing.",
  "no-such-package-here is not installed",
  "no-such-package-either is not installed",
  "https://example.org/module.js is on the network, from which notebooks load nothing.",
  "katex is not installed",
];

beforeAll(async () => {
  outside = await mkdtemp(join(tmpdir(), "medbench-notebooks-"));
  workspace = join(outside, "workspace");
  await writeTinyWarehouse(workspace, {
    runs: [{ run_id: "alpha.run", system: "alpha" }],
    items_private: [{ benchmark: "b", dataset: "d", pool: "p", item_id: "1", variant: 1, question }],
  });
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "shipped.html"), shipped);
  await writeFile(join(folder, "absent.html"), absent);
  await writeFile(join(folder, "engine.html"), engine);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
  await rm(outside, { recursive: true, force: true });
});

async function look(url: string, last: string) {
  const opened = await openPage(browser, url);
  try {
    await opened.page.getByText(last).first().waitFor();
    const problems = await opened.problems();
    return {
      text: await opened.page.locator("main").innerText(),
      // A server opens a page again when it has bundled a package that it did not expect.
      problems: problems.filter((each) => !/^request failed: http:\/\/127\.0\.0\.1.*ERR_ABORTED/.test(each)),
    };
  } finally {
    await opened.close();
  }
}

async function checkPages(address: (page: string) => string): Promise<void> {
  const mine = await look(address("shipped.html"), "kappa 0.4");
  expect(mine.problems).toEqual([]);
  for (const text of shown) expect(mine.text).toContain(text);
  expect(mine.text).toContain("alpha");

  const lacking = await look(address("absent.html"), "katex is not installed");
  for (const text of ["before", ...told, "after"]) expect(lacking.text).toContain(text);
  expect(lacking.problems.filter((problem) => !/^(console|cell) error: /.test(problem))).toEqual([]);

  expect(await look(address("engine.html"), "sum 42")).toMatchObject({ problems: [] });
}

describe("a notebook of the user's own asks nothing of another host, finds the packages that are installed, and names those that are not", () => {
  test("when it is served", async () => {
    const server = await serveNotebooks(0, { workspace, folder });
    try {
      await checkPages((page) => server.pages.find((url) => url.endsWith(`/${page}`)) as string);
    } finally {
      await server.close();
    }
  });

  test("when it is built", async () => {
    const built = join(outside, "built");
    await buildNotebooks(built, { workspace, folder });
    const server = await serveFolder(built);
    try {
      await checkPages((page) => `${server.url}/${page}`);
    } finally {
      await server.close();
    }
  });

  test("and carries the engine for the browser only if a notebook uses it", async () => {
    await rm(join(folder, "engine.html"));
    const built = join(outside, "small");
    await buildNotebooks(built, { workspace, folder });
    expect((await readdir(join(built, "assets"))).filter((file) => file.endsWith(".wasm"))).toEqual([]);
  });
});
