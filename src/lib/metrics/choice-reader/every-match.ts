/**
 * Every match of a global pattern, like `matchAll`, which copies the pattern for each call: with the large patterns of this
 * folder that takes longer than the search.
 */
export function* everyMatch(text: string, pattern: RegExp): Generator<RegExpExecArray> {
  let from = 0;
  for (;;) {
    // Another search with the same pattern may have run in between.
    pattern.lastIndex = from;
    const match = pattern.exec(text);
    if (match === null) return;
    from = match.index + Math.max(1, match[0].length);
    yield match;
  }
}
