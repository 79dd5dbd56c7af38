/** Estimated width of a label in pixels at the charts' font size; wide scripts take about twice the room. */
export function labelWidth(text: string): number {
  let width = 0;
  for (const character of text) width += (character.codePointAt(0) as number) > 0x2e7f ? 12.2 : 6.6;
  return width;
}

/** Cuts a label to a width in pixels, with an ellipsis where something was cut. */
export function fitLabel(text: string, pixels: number): string {
  if (labelWidth(text) <= pixels) return text;
  const characters = [...text];
  while (characters.length > 1 && labelWidth(`${characters.join("")}…`) > pixels) characters.pop();
  return `${characters.join("").trimEnd()}…`;
}
