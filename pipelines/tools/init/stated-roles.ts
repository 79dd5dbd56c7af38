import { InputError } from "../../../src/lib/errors.js";
import { requireKnown } from "../../../src/lib/util/known-names.js";
import { type Role, roleNames } from "./role-names.js";
import type { Sheet } from "./sheets.js";

/**
 * The roles that the user gives to columns, `ROLE=COLUMN`, by column.
 *
 * @throws InputError if a role is not known, or a column has two
 */
export function statedRoles(stated: readonly string[]): Map<string, Role> {
  const roles = new Map<string, Role>();
  for (const one of stated) {
    const at = one.indexOf("=");
    const [role, column] = [one.slice(0, at).trim(), one.slice(at + 1).trim()];
    if (at < 0 || !(role in roleNames))
      throw new InputError(
        `--column ${one}: expected ROLE=COLUMN, with one of the roles ${Object.keys(roleNames).join(", ")}`,
        { hint: "For example: --column item=question_id" },
      );
    if (/\[0\]/.test(column))
      throw new InputError(`--column ${one}: positions in lists count from 1`, {
        hint: `Write ${column.replaceAll(/\[(\d+)\]/g, (_, position) => `[${Number(position) + 1}]`)}; -1 is the last.`,
      });
    const before = roles.get(column);
    if (before !== undefined && before !== role)
      throw new InputError(`--column ${one}: ${JSON.stringify(column)} is also stated as ${before}`, {
        hint: "A column has one role.",
      });
    roles.set(column, role as Role);
  }
  return roles;
}

/** @throws InputError if no file has a column that the user named, or one file has two columns for one role */
export function requireColumns(
  sheets: readonly Sheet[],
  roles: ReadonlyMap<string, Role>,
  systems: readonly string[],
): void {
  const known = new Set(sheets.flatMap(({ columns }) => columns.map(({ name }) => name)));
  for (const [column, role] of roles)
    if (!known.has(column))
      throw new InputError(`--column ${role}=${column}: there is no column ${JSON.stringify(column)}`, {
        hint: `Columns: ${[...known].slice(0, 40).join(", ")}. Positions in lists count from 1, and -1 is the last.`,
      });
  requireKnown(systems, [...known], { where: "init --systems", what: "column" });
  for (const { columns, files } of sheets) {
    const byRole = new Map<Role, string>();
    for (const [column, role] of roles) {
      if (role === "ignore" || !columns.some(({ name }) => name === column)) continue;
      const other = byRole.get(role);
      if (other !== undefined)
        throw new InputError(
          `--column ${role}=${column}: ${files[0]?.file} has ${JSON.stringify(other)} as ${role} already`,
          {
            hint: "Name one column for each role; systems that have a column each are --systems COLUMN COLUMN ...",
          },
        );
      byRole.set(role, column);
    }
  }
  const used = new Set(
    sheets.flatMap(({ wide }) =>
      (wide?.entries ?? []).flatMap(({ answer, score }) => [answer?.name, score?.name]),
    ),
  );
  const left = systems.find((name) => !used.has(name));
  if (left !== undefined)
    throw new InputError(
      `--systems ${left} has no effect: ${sheets.some(({ harness }) => harness !== null) ? "a log of a known harness says itself which system it is of" : "the column is no system's"}`,
      {
        hint: "Leave --systems out, or name the columns that each have the answers or scores of one system.",
      },
    );
}
