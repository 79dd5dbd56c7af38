import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkPages } from "../../../pipelines/stages/publish/check-pages.js";
import { CheckError } from "../../../src/lib/errors.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pages-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

describe("the check of built pages", () => {
  it.each([
    ["index.html", '<main><div class="observablehq observablehq--error">boom</div></main>'],
    ["index.html", '<script type="module">import {x} from "some-package";</script>'],
    ["index.html", '<script type="module">const m = await import("some-package");</script>'],
    ["index.html", '<link rel="stylesheet" href="https://fonts.example/css">'],
    ["index.html", "<img SRC = https://pictures.example/a.png>"],
    ["index.html", '<script>fetch("./a")</script ><script>import "some-package"</script >'],
    ["style.css", "@import url(https://fonts.example/css)"],
    ["style.css", 'a { background: url("//fonts.example/a.png") }'],
    ["_import/chart.js", 'import*as Plot from"@observablehq/plot";'],
  ])("stops on a fault in %s: %s", async (file, text) => {
    write(file, text);
    await expect(checkPages(folder)).rejects.toThrow(CheckError);
    await expect(checkPages(folder)).rejects.toThrow(file);
  });

  it("lets relative imports, anchors, data addresses and words about links pass", async () => {
    write(
      "index.html",
      '<script type="module">import {x} from "./_import/a.js"; import("../../pipelines/b.js");</script><a href="#top">from "here"</a>' +
        '<p>The attribute src="https://site.example" loads a file, and url(https://site.example) a picture.</p>' +
        '<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns=\'http://www.w3.org/2000/svg\'%3E">',
    );
    write(
      "_import/a.js",
      'import{b}from"../../pipelines/_node/plot.js";const ns="http://www.w3.org/2000/svg";',
    );
    write(
      "style.css",
      "a { mask: url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E\") }",
    );
    await checkPages(folder);
  });
});
