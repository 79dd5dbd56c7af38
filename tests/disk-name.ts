import fc from "fast-check";

/** Names that are patterns, columns, quotes, options or instructions to some program. */
const tellingNames = [
  "answer=B",
  "[s]tar",
  "*",
  "?",
  "**",
  "[!a]",
  "{a,b}",
  "~",
  "a'b",
  'a"b',
  "a b",
  "医学",
  "a\nb",
  "a\\b",
  "-r",
  "%s",
  "$HOME",
  "s3:",
  "a;b--",
  "\u202e",
];

/** Any name that a Linux disk allows a file or folder: no `/`, no NUL, at most 255 bytes, not `.` or `..`. */
export const diskName: fc.Arbitrary<string> = fc
  .oneof(
    fc.constantFrom(...tellingNames),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(..."[]*?!={}'\"\\ \n\t.a1"), minLength: 1, maxLength: 12 }),
  )
  .filter(
    (name) =>
      !/[/\0]/.test(name) &&
      name !== "." &&
      name !== ".." &&
      Buffer.from(name).toString() === name &&
      Buffer.byteLength(name) <= 255,
  );
