import { type DefaultTreeAdapterTypes, parse } from "parse5";

/** An element with its place in the text that it was read from; start and end tag are there only if they are written. */
export type HtmlElement = DefaultTreeAdapterTypes.Element;

/** Every element below a node, in the order of the text; `skip` leaves out an element and everything inside it. */
export function elementsOf(
  node: DefaultTreeAdapterTypes.ParentNode,
  skip: (element: HtmlElement) => boolean = () => false,
): HtmlElement[] {
  return node.childNodes.flatMap((child) =>
    "tagName" in child && !skip(child) ? [child, ...elementsOf(child, skip)] : [],
  );
}

export function parseHtml(html: string): DefaultTreeAdapterTypes.Document {
  return parse(html, { sourceCodeLocationInfo: true });
}

export function attributeOf(element: HtmlElement, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

export function hasClass(element: HtmlElement, name: string): boolean {
  return (attributeOf(element, "class") ?? "").split(/\s+/).includes(name);
}

/** Where an element begins and ends in its text. */
export function spanOf(element: HtmlElement): Span {
  const { startOffset, endOffset } = element.sourceCodeLocation ?? {};
  if (startOffset === undefined || endOffset === undefined)
    throw new Error(`<${element.tagName}> is not in the text`);
  return { start: startOffset, end: endOffset };
}

/** The text between the start tag and the end tag of an element. */
export function innerHtml(html: string, element: HtmlElement): string {
  const { startTag, endTag } = element.sourceCodeLocation ?? {};
  return html.slice(startTag?.endOffset, endTag?.startOffset ?? startTag?.endOffset);
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Edit extends Span {
  readonly put: string;
}

/** Replaces pieces of a text that do not overlap; everything between them stays as it is, byte for byte. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  let edited = "";
  let position = 0;
  for (const { start, end, put } of edits.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    if (start < position) throw new Error(`two edits overlap at ${start}`);
    edited += text.slice(position, start) + put;
    position = end;
  }
  return edited + text.slice(position);
}

/** A span with the white space before it. */
export function withSpaceBefore(text: string, { start, end }: Span): Span {
  return { start: text.slice(0, start).trimEnd().length, end };
}
