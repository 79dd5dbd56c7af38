export interface KeysAndDepth {
  /** First key that occurs twice in one object, or null. JSON.parse keeps the last value and DuckDB the first: it is ambiguous. */
  readonly repeated: string | null;
  /** How many objects and lists are inside each other. */
  readonly depth: number;
}

/** @param json text that JSON.parse accepts */
export function keysAndDepth(json: string): KeysAndDepth {
  let repeated: string | null = null;
  let depth = 0;
  const open: (Set<string> | null)[] = [];
  let position = 0;
  let expectKey = false;
  while (position < json.length) {
    const character = json[position] as string;
    if (character === '"') {
      const end = endOfString(json, position);
      const keys = open.at(-1);
      if (expectKey && keys instanceof Set) {
        const key = JSON.parse(json.slice(position, end)) as string;
        if (keys.has(key)) repeated ??= key;
        keys.add(key);
        expectKey = false;
      }
      position = end;
      continue;
    }
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(null);
    else if (character === "}" || character === "]") open.pop();
    depth = Math.max(depth, open.length);
    if (character === "{" || character === ",") expectKey = open.at(-1) instanceof Set;
    position += 1;
  }
  return { repeated, depth };
}

function endOfString(json: string, start: number): number {
  let end = json.indexOf('"', start + 1);
  while (isEscaped(json, end)) end = json.indexOf('"', end + 1);
  return end + 1;
}

function isEscaped(json: string, position: number): boolean {
  let backslashes = 0;
  while (json[position - 1 - backslashes] === "\\") backslashes += 1;
  return backslashes % 2 === 1;
}
