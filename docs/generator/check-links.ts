import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { attributeOf, elementsOf, parseHtml } from "../../pipelines/stages/publish/html.js";

/**
 * Every link of a built site that leads nowhere: to a file that is not there or to a heading that the page does not have; and
 * every script, style or image of another site. Links to other sites are not followed.
 */
export function brokenLinks(folder: string): string[] {
  const pages = new Map(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => file.endsWith(".html"))
      .sort()
      .map((file) => [file, elementsOf(parseHtml(readFileSync(join(folder, file), "utf8")))] as const),
  );
  const ids = new Map(
    [...pages].map(([file, elements]) => [
      file,
      new Set(elements.map((element) => attributeOf(element, "id")).filter((id) => id !== undefined)),
    ]),
  );
  return [...pages].flatMap(([file, elements]) =>
    elements.flatMap((element) => {
      const link = attributeOf(element, "href") ?? attributeOf(element, "src");
      if (link === undefined || /^(data|mailto):/.test(link)) return [];
      if (/^(https?:)?\/\//.test(link))
        return element.tagName === "a" ? [] : [`${file}: <${element.tagName}> loads ${link}`];
      const [path = "", anchor] = link.split("#");
      const target = path === "" ? file : posix.normalize(posix.join(posix.dirname(file), decodeURI(path)));
      const found = [target, posix.join(target, "index.html")].find((name) => existsSync(join(folder, name)));
      if (found === undefined) return [`${file}: ${link} leads to no page`];
      const known = ids.get(found) ?? ids.get(posix.join(found, "index.html"));
      if (
        anchor !== undefined &&
        anchor !== "" &&
        known !== undefined &&
        !known.has(decodeURIComponent(anchor))
      )
        return [`${file}: ${link} leads to no heading`];
      return [];
    }),
  );
}
