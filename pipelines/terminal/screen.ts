/** What a table is printed to. */
export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/**
 * Columns that output may take: `COLUMNS` if it is set, otherwise the width of the terminal (80 where it does not tell). Files
 * and other programs get tables as wide as they are.
 */
export function screenWidth(screen: Screen = process.stdout, columns = process.env["COLUMNS"]): number {
  const asked = Number(columns);
  if (Number.isInteger(asked) && asked > 0) return Math.max(20, asked);
  if (screen.isTTY !== true) return Number.POSITIVE_INFINITY;
  return Math.max(20, screen.columns || 80);
}
