import { nullMark } from "../../../formats/json/scanner.js";
import {
  containerKinds,
  kind,
  numberKinds,
  type Shape,
  type ShapeKey,
  scalarKinds,
} from "../../../formats/json/shape.js";
import { identifier } from "../../../warehouse/sql.js";

/** With more keys than this, and values of one type, an object is a map. */
const mapFromKeys = 200;

/** The type of values that are always null: an expression can use them as anything. */
export const nothing = '"NULL"';

/**
 * The SQL type in which the values at one place are read. Texts are text, whatever they look like; different kinds of
 * scalars are text, each as it is written; scalars together with lists or objects are JSON.
 */
export function columnType(shape: Shape): string {
  const kinds = shape.kinds & (scalarKinds | containerKinds);
  if (kinds === 0) return nothing;
  if ((kinds & containerKinds) === 0) return scalarType(shape);
  if (shape.isOpaque) return "JSON";
  if (kinds === kind.list) return `${shape.element === null ? nothing : columnType(shape.element)}[]`;
  return kinds === kind.object ? objectType(shape) : "JSON";
}

function scalarType(shape: Shape): string {
  const kinds = shape.kinds & scalarKinds;
  if (kinds === kind.boolean) return "BOOLEAN";
  if ((kinds & ~numberKinds) !== 0 || shape.isNumberAsText) return "VARCHAR";
  if ((kinds & kind.fraction) !== 0) return (shape.kinds & kind.inexactInteger) === 0 ? "DOUBLE" : "VARCHAR";
  if ((kinds & kind.longerInteger) !== 0) return "VARCHAR";
  return (kinds & kind.hugeInteger) !== 0 ? "HUGEINT" : "BIGINT";
}

function objectType(shape: Shape): string {
  const map = mapType(shape);
  if (map !== null) return map;
  // Names of fields do not differ in case, and none is empty.
  const names = new Set(shape.keys.map(({ name }) => name.toLowerCase()));
  if (shape.keys.length === 0 || names.size < shape.keys.length || !shape.keys.every(isPlainField))
    return "JSON";
  return `STRUCT(${shape.keys.flatMap(fieldsOf).join(", ")})`;
}

function fieldsOf({ name, shape, markNull }: ShapeKey): string[] {
  const field = `${identifier(name)} ${columnType(shape)}`;
  return markNull ? [field, `${identifier(name + nullMark)} BOOLEAN`] : [field];
}

/** Whether a key can be the name of a column or field. */
export function isField({ name }: Pick<ShapeKey, "name">): boolean {
  return name !== "" && !name.includes("\0");
}

/** Whether `JsonText` can tell the key from the end of a text. */
function isPlainField(key: ShapeKey): boolean {
  return isField(key) && !/^[,:}\]]/.test(key.name);
}

/** The type of an object with very many keys; null where it is a struct. */
export function mapType(shape: Shape): string | null {
  if (shape.values !== null) {
    const type = columnType(shape.values);
    return type === "JSON" ? "JSON" : `MAP(VARCHAR, ${type})`;
  }
  if (shape.keys.length <= mapFromKeys) return null;
  const types = new Set(shape.keys.map((key) => columnType(key.shape)).filter((type) => type !== nothing));
  return types.size === 1 ? `MAP(VARCHAR, ${[...types][0]})` : null;
}

/** Decides which numbers are read as text: those of mixed columns, and those of text columns that would else look different. */
export function markTexts(shape: Shape, textKeys: ReadonlySet<string>, name = ""): void {
  const kinds = shape.kinds & (scalarKinds | containerKinds);
  const isOdd = (shape.kinds & kind.oddNumber) !== 0;
  const isUneven = (kinds & kind.fraction) !== 0 && (kinds & numberKinds) !== kind.fraction;
  const isNumber = kinds !== 0 && (kinds & ~numberKinds) === 0;
  shape.isNumberAsText = isNumber && (isOdd || isUneven) && textKeys.has(name.toLowerCase());
  shape.writeNumbersAsText = isOdd && (kinds & containerKinds) === 0 && scalarType(shape) === "VARCHAR";
  for (const key of shape.keys) markTexts(key.shape, textKeys, key.name);
  if (shape.element !== null) markTexts(shape.element, textKeys, name);
  if (shape.values !== null) markTexts(shape.values, textKeys);
}

/** Names of keys by what objects below the records do with them. */
export interface PaddedKeys {
  /** Some objects lack the key, and none has it with null: a null of the engine always means that it is missing. */
  readonly missing: readonly string[];
  /** Some objects lack the key, others have it with null: these are marked (`ShapeKey.markNull`). */
  readonly marked: readonly string[];
  /** Some objects have the key with null. */
  readonly nulls: readonly string[];
}

/**
 * Finds the keys that structs show as null although the object lacks them, and marks explicit nulls where there are both.
 *
 * @param canMark whether records may be written anew for the marks; otherwise no object of them becomes text
 */
export function paddedKeys(roots: readonly Shape[], canMark: boolean): PaddedKeys {
  const lacking = new Set<string>();
  const nulls = new Set<string>();
  const objects = roots.flatMap((root) => root.keys.flatMap((key) => [...objectsIn(key.shape)]));
  for (const object of objects)
    for (const { name, present, shape } of object.keys) {
      if (present < object.objects) lacking.add(name);
      if ((shape.kinds & kind.null) !== 0) nulls.add(name);
    }
  const marked = new Set([...lacking].filter((name) => canMark && nulls.has(name)));
  // Every object with such a key has marks, so that a null without one is never taken for a missing key.
  for (const object of objects)
    for (const key of object.keys) key.markNull = marked.has(key.name) && isPlainField(key);
  return {
    missing: [...lacking].filter((name) => !marked.has(name)),
    marked: [...marked],
    nulls: [...nulls],
  };
}

function* objectsIn(shape: Shape): Generator<Shape> {
  if (shape.keys.length > 0 && mapType(shape) === null) yield shape;
  for (const key of shape.keys) yield* objectsIn(key.shape);
  if (shape.element !== null) yield* objectsIn(shape.element);
  if (shape.values !== null) yield* objectsIn(shape.values);
}

/** Whether records have to be written anew for the types that were decided. */
export function needsRewriting(shape: Shape): boolean {
  return (
    shape.writeNumbersAsText ||
    shape.keys.some((key) => hasMarks(key) || needsRewriting(key.shape)) ||
    (shape.element !== null && needsRewriting(shape.element)) ||
    (shape.values !== null && needsRewriting(shape.values))
  );
}

/** Whether numbers of a column are read as text, each as it is written. */
export function hasNumbersAsText(shape: Shape): boolean {
  return (
    shape.isNumberAsText ||
    shape.keys.some((key) => hasNumbersAsText(key.shape)) ||
    (shape.element !== null && hasNumbersAsText(shape.element)) ||
    (shape.values !== null && hasNumbersAsText(shape.values))
  );
}

/** Whether objects or lists occur under one of these keys, in lower case. */
export function hasContainers(shape: Shape, keys: ReadonlySet<string>, name = ""): boolean {
  return (
    (keys.has(name.toLowerCase()) && (shape.kinds & containerKinds) !== 0) ||
    shape.keys.some((key) => hasContainers(key.shape, keys, key.name)) ||
    (shape.element !== null && hasContainers(shape.element, keys)) ||
    (shape.values !== null && hasContainers(shape.values, keys))
  );
}

function hasMarks({ markNull, shape }: ShapeKey): boolean {
  return markNull && (shape.kinds & kind.null) !== 0;
}
