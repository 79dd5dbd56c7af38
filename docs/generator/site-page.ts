import { posix } from "node:path";
import { headingId, partsOf } from "./markdown.js";
import type { SitePage } from "./navigation.js";

/** Languages whose blocks Framework would run as cells of the page. */
const runnable = new Set(["js", "jsx", "ts", "tsx", "sql", "html", "svg", "tex", "dot", "mermaid"]);

export interface PageLinks {
  readonly pages: readonly SitePage[];
  /** True if the repository has a file or folder of this path. */
  readonly exists: (path: string) => boolean;
}

export interface StagedPage {
  readonly text: string;
  /** Files of the repository that the page shows, such as images, by their path on the site. */
  readonly files: ReadonlyMap<string, string>;
}

/**
 * A page as Framework builds it: links lead to pages of the site, code is shown instead of run, and headings have the ids of
 * code hosts. A link to a file that is no page becomes its text.
 *
 * @throws Error if a link leads nowhere
 */
export function stagePage(
  source: string,
  title: string,
  { file, path }: SitePage,
  { pages, exists }: PageLinks,
): StagedPage {
  const byFile = new Map(pages.map((page) => [page.file, page]));
  const files = new Map<string, string>();
  const here = posix.dirname(path);
  const link = (whole: string, image: string, label: string, target: string) => {
    if (/^[a-z]+:|^#/.test(target)) return whole;
    const [relative = "", anchor] = target.split("#");
    const found = posix.normalize(posix.join(posix.dirname(file), relative)).replace(/\/$/, "");
    if (found === "README.md") return `[${label}](${posix.relative(here, "index")})`;
    const page = byFile.get(found) ?? byFile.get(`${found}/README.md`);
    if (page !== undefined)
      return `[${label}](./${posix.relative(here, page.path)}${anchor === undefined ? "" : `#${anchor}`})`;
    if (!exists(found)) throw new Error(`${file}: the link to ${target} leads nowhere`);
    if (image === "") return label;
    const copy = posix.join("files", posix.basename(found));
    files.set(copy, found);
    return `![${label}](./${posix.relative(here, copy)})`;
  };
  const ids = new Map<string, number>();
  const heading = (_: string, marks: string, title: string) => {
    const id = headingId(title);
    const before = ids.get(id) ?? 0;
    ids.set(id, before + 1);
    const label = title.replaceAll(/`([^`]*)`/g, (__, code: string) => `<code>${escaped(code)}</code>`);
    const name = before === 0 ? id : `${id}-${before}`;
    return `<h${marks.length} id="${name}" tabindex="-1">${label.replaceAll(/\*\*/g, "").replaceAll(/\\(.)/g, "$1")}</h${marks.length}>\n`;
  };
  const text = partsOf(source)
    .map((part) =>
      part.fenced
        ? part.text.replace(/^( *```)([a-z]+)/, (whole, fence: string, language: string) =>
            runnable.has(language) ? `${fence}${language} run=false` : whole,
          )
        : part.text
            .replaceAll(/<!--.*?-->\n*/gs, "")
            .replaceAll(/(!?)\[((?:[^\][]|\[[^\]]*\])*)\]\(([^)\s]+)\)/g, link)
            .replaceAll(/^(#{1,6}) (.+?) *$/gm, heading)
            .replaceAll(/(?<!`)\$\{/g, "&#36;{"),
    )
    .join("");
  return { text: `---\ntitle: ${JSON.stringify(title)}\n---\n\n${text}`, files };
}

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
