import {
  DuckDBArrayType,
  DuckDBArrayValue,
  DuckDBDateValue,
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionType,
  DuckDBUnionValue,
  type DuckDBValue,
} from "@duckdb/node-api";
import { printableJson } from "../../terminal/printable.js";

const numbers: ReadonlySet<DuckDBTypeId> = new Set([
  ...[DuckDBTypeId.TINYINT, DuckDBTypeId.SMALLINT, DuckDBTypeId.INTEGER, DuckDBTypeId.BIGINT],
  ...[DuckDBTypeId.UTINYINT, DuckDBTypeId.USMALLINT, DuckDBTypeId.UINTEGER, DuckDBTypeId.UBIGINT],
  ...[DuckDBTypeId.HUGEINT, DuckDBTypeId.UHUGEINT, DuckDBTypeId.BIGNUM, DuckDBTypeId.DECIMAL],
  ...[DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE],
]);

export const isNumeric = (type: DuckDBType): boolean => numbers.has(type.typeId);

/**
 * Whether the client loses values of a type, so that the engine has to turn them into text: a struct whose fields have no
 * names or a name that JavaScript treats specially, and types that carry their own types.
 */
export function isLossy(type: DuckDBType): boolean {
  if (type instanceof DuckDBStructType) {
    const { entryNames, entryTypes } = type;
    const isAmbiguous = new Set(entryNames).size < entryNames.length || entryNames.includes("__proto__");
    return isAmbiguous || entryTypes.some(isLossy);
  }
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType) return isLossy(type.valueType);
  if (type instanceof DuckDBMapType) return isLossy(type.keyType) || isLossy(type.valueType);
  if (type instanceof DuckDBUnionType) return type.memberTypes.some(isLossy);
  return type.typeId === DuckDBTypeId.VARIANT || type.typeId === DuckDBTypeId.GEOMETRY;
}

/** A value as text, with every digit: numbers plain, dates and times as SQL writes them, nested values as JSON. Null for NULL. */
export function valueText(value: DuckDBValue, type: DuckDBType): string | null {
  if (value === null) return null;
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value, type);
  if (value instanceof DuckDBDateValue && !value.isFinite) return value.days > 0 ? "infinity" : "-infinity";
  if (value instanceof DuckDBUnionValue) return valueText(...memberOf(value, type as DuckDBUnionType));
  return isNested(value) ? valueJson(value, type) : String(value);
}

/**
 * A value as JSON text. Numbers have all their digits, also beyond what a double keeps; NaN and the infinities, which JSON
 * does not have, are strings, like dates, times, intervals and blobs. Keys of maps become text.
 */
export function valueJson(value: DuckDBValue, type: DuckDBType): string {
  if (value === null) return "null";
  if (value instanceof DuckDBListValue || value instanceof DuckDBArrayValue) {
    const { valueType } = type as DuckDBListType;
    return `[${value.items.map((item) => valueJson(item, valueType)).join(",")}]`;
  }
  if (value instanceof DuckDBStructValue) {
    const { entryNames, entryTypes } = type as DuckDBStructType;
    const fields = entryNames.map((name, index) => {
      const field = valueJson(value.entries[name] ?? null, entryTypes[index] as DuckDBType);
      return `${printableJson(name)}:${field}`;
    });
    return `{${fields.join(",")}}`;
  }
  if (value instanceof DuckDBMapValue) {
    const { keyType, valueType } = type as DuckDBMapType;
    const entries = value.entries.map(
      ({ key, value: of }) =>
        `${printableJson(valueText(key, keyType) ?? "null")}:${valueJson(of, valueType)}`,
    );
    return `{${entries.join(",")}}`;
  }
  if (value instanceof DuckDBUnionValue) return valueJson(...memberOf(value, type as DuckDBUnionType));
  const text = valueText(value, type) as string;
  const isPlain = typeof value === "boolean" || (isNumeric(type) && /\d$/.test(text));
  return isPlain ? text : printableJson(text);
}

function numberText(value: number, { typeId }: DuckDBType): string {
  if (Object.is(value, -0)) return "-0";
  return typeId === DuckDBTypeId.FLOAT ? floatText(value) : String(value);
}

/** The shortest decimal number that is the same 32-bit float. */
function floatText(value: number): string {
  for (let digits = 1; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(Number(value.toPrecision(9)));
}

function isNested(value: DuckDBValue): boolean {
  return (
    value instanceof DuckDBListValue ||
    value instanceof DuckDBArrayValue ||
    value instanceof DuckDBStructValue ||
    value instanceof DuckDBMapValue
  );
}

function memberOf({ tag, value }: DuckDBUnionValue, type: DuckDBUnionType): [DuckDBValue, DuckDBType] {
  return [value, type.memberTypes[type.memberTags.indexOf(tag)] as DuckDBType];
}
