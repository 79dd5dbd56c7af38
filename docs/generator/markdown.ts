/** Parts of a Markdown text: fenced blocks, and the text between them. */
export function partsOf(text: string): { readonly fenced: boolean; readonly text: string }[] {
  return text
    .split(/(^ *```[^\n]*\n.*?^ *``` *$)/gms)
    .map((part, index) => ({ fenced: index % 2 === 1, text: part }));
}

/** The id that code hosts give a heading. */
export function headingId(heading: string): string {
  return heading
    .replaceAll(/`|\*\*|\[([^\]]*)\]\([^)]*\)/g, (_, link: string | undefined) => link ?? "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

/** A cell of a table: one line, with bars escaped. */
export function cell(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, " ").replaceAll("|", "\\|");
}

export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(header), line(header.map(() => "---")), ...rows.map(line)].join("\n");
}
