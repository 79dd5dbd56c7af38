type Child = Node | string | number | null | undefined | readonly Child[];
type Attribute = string | number | boolean | null | undefined | ((event: Event) => void);

/**
 * An element with attributes, listeners (names that start with "on") and children. Children that are not nodes become
 * text, never markup: names of systems and files come from outside.
 */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  append(node, children);
  return node;
}

/** What the tables hold in English only, such as reasons and meanings; a page in another language says so. */
export function inEnglish(text: string): HTMLElement | string {
  return text === "" || /\p{Script=Han}/u.test(text) ? text : element("span", { lang: "en" }, text);
}

function append(node: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined) continue;
    if (Array.isArray(child)) append(node, child);
    else node.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}
