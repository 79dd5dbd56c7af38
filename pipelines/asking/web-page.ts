/** How messages name a text that came instead of a reply of the API: a web page by its title, anything else by its beginning. */
export function describeText(text: string): string {
  const plain = text.trim();
  if (!isWebPage(plain)) return `text that begins ${JSON.stringify(plain.slice(0, 30))}`;
  const title = titleOf(plain);
  return title === "" ? "a web page" : `a web page titled ${JSON.stringify(title)}`;
}

export const isWebPage = (text: string): boolean =>
  /^\s*(<!--[\s\S]{0,2000}?-->\s*)?<(!doctype\s+html|html|head|body|title|h1|center|p|div)\b/i.test(text);

/** The title, or the first heading, without markup and at most 60 characters. */
function titleOf(page: string): string {
  const [, inner = ""] = /<(?:title|h1)[^>]*>([^<]{1,300})/i.exec(page) ?? [];
  const title = inner.replace(/\s+/g, " ").trim();
  return title.length > 60 ? `${title.slice(0, 59)}…` : title;
}
