import type { Column } from "./column.js";
import { textsOf } from "./content.js";

/** SQL for the number of an attempt, from 1. */
export function repeatSql(column: Column): string {
  const numbers = textsOf(column).map(Number);
  const [lowest, highest] = [Math.min(...numbers), Math.max(...numbers)];
  if (lowest === 1 && highest <= new Set(numbers).size) return `CAST(${column.sql} AS INTEGER)`;
  if (lowest === 0 && highest + 1 <= new Set(numbers).size) return `CAST(${column.sql} AS INTEGER) + 1`;
  return `dense_rank() OVER (ORDER BY CAST(${column.sql} AS BIGINT))`;
}
