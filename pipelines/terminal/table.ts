import CliTable from "cli-table3";

/** Formats rows as a text table: numbers right-aligned, NULL as "–", control characters of untrusted text made visible. */
export function formatTable(
  rows: readonly Readonly<Record<string, unknown>>[],
  columns: readonly string[] = Object.keys(rows[0] ?? {}),
): string {
  if (columns.length === 0) return "(no rows)";
  const numeric = columns.map((column) => rows.some((row) => typeof row[column] === "number"));
  const table = new CliTable({
    head: [...columns],
    colAligns: numeric.map((right) => (right ? "right" : "left")),
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) table.push(columns.map((column) => formatCell(row[column])));
  return rows.length === 0 ? `${table.toString()}\n(no rows)` : table.toString();
}

function formatCell(value: unknown): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number")
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  // Answers may contain terminal escape codes: these are shown, not executed.
  const shown = text.replace(
    /[\u0000-\u001f\u007f-\u009f]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown;
}
