/** Kinds of JSON values that occurred at one place; a number has one of the four kinds of numbers. */
export const kind = {
  text: 1,
  boolean: 2,
  /** Integer that fits 64 bits. */
  integer: 4,
  /** Integer that fits 128 bits. */
  hugeInteger: 8,
  longerInteger: 16,
  fraction: 32,
  object: 64,
  list: 128,
  null: 256,
  /** Integer that a floating-point number cannot represent exactly. */
  inexactInteger: 512,
  /** Number written in a way that the engine would print differently, such as `1.10` or `1e5`. */
  oddNumber: 1024,
} as const;

export const scalarKinds = 63;
export const numberKinds = 60;
export const containerKinds = 192;

/** With more keys than this, objects at one place are read as maps and their keys are not listed. */
const maxKeys = 2000;

/** What occurred at one place in the records of a file: kinds of values, and the same for keys of objects and elements of lists. */
export class Shape {
  /** Sum of `kind`s. */
  kinds = 0;
  /** Number of objects. */
  objects = 0;
  /** In order of first occurrence. */
  keys: ShapeKey[] = [];
  readonly #byText = new Map<string, ShapeKey>();
  readonly #byName = new Map<string, ShapeKey>();
  /** Elements of all lists. */
  element: Shape | null = null;
  /** Values of all keys, where there are too many keys to list. */
  values: Shape | null = null;
  /** Contains values that were only checked, not described. */
  isOpaque = false;
  /** Numbers here are read as text, each as it is written. */
  isNumberAsText = false;
  /** Numbers here are to be written as text by `JsonScanner.rewrite`. */
  writeNumbersAsText = false;

  /**
   * @param text the key as it is written, without quotation marks
   * @returns the key, which is added if it is new; null if there are too many
   */
  key(text: string): ShapeKey | null {
    return this.#byText.get(text) ?? (this.values === null ? this.#add(text) : null);
  }

  #add(text: string): ShapeKey | null {
    const bytes = Buffer.from(text, "latin1");
    const name = text.includes("\\")
      ? (JSON.parse(`"${bytes.toString("utf8")}"`) as string)
      : bytes.toString("utf8");
    let key = this.#byName.get(name);
    if (key === undefined) {
      if (this.keys.length >= maxKeys) {
        this.#widen();
        return null;
      }
      key = new ShapeKey(name, bytes, this.keys.length);
      this.keys.push(key);
      this.#byName.set(name, key);
    }
    this.#byText.set(text, key);
    return key;
  }

  named(name: string): ShapeKey | undefined {
    return this.#byName.get(name);
  }

  /** Adds a key that no record has. */
  addMissing(name: string): ShapeKey | null {
    return (
      this.#byName.get(name) ?? this.key(Buffer.from(JSON.stringify(name).slice(1, -1)).toString("latin1"))
    );
  }

  #widen(): void {
    this.values = new Shape();
    for (const { shape } of this.keys) this.values.absorb(shape);
    this.keys = [];
    this.#byText.clear();
    this.#byName.clear();
  }

  /** Adds what another file has at this place. */
  absorb(other: Shape): void {
    this.kinds |= other.kinds;
    this.objects += other.objects;
    this.isOpaque ||= other.isOpaque;
    if (other.element !== null) {
      this.element ??= new Shape();
      this.element.absorb(other.element);
    }
    if (other.values !== null && this.values === null) this.#widen();
    if (other.values !== null) this.values?.absorb(other.values);
    for (const { name, present, shape } of other.keys) {
      const own = this.values === null ? this.addMissing(name) : null;
      if (own === null) this.values?.absorb(shape);
      else {
        own.present += present;
        own.shape.absorb(shape);
      }
    }
  }
}

export class ShapeKey {
  readonly name: string;
  /** The key as it is usually written. */
  readonly bytes: Uint8Array;
  readonly index: number;
  readonly shape = new Shape();
  /** Number of objects that have the key. */
  present = 0;
  /** Last object that the key was seen in; finds repeated keys. */
  seenIn = 0;
  /** An explicit null is to be marked by `JsonScanner.rewrite`. */
  markNull = false;

  constructor(name: string, bytes: Uint8Array, index: number) {
    this.name = name;
    this.bytes = bytes;
    this.index = index;
  }
}
