/** So many characters in a row of the question are a repetition and no chance, if they reach so far before and behind a place. */
const CHINESE = { run: 14, around: 4 };
const LATIN = { run: 48, around: 12 };

const isChinese = (text: string) => (text.match(/[\u3400-\u9fff]/gu)?.length ?? 0) * 3 > text.length;

/** Finds where a response repeats its question: what it says there is the question's and not its own. */
export class Restated {
  readonly #run: number;
  readonly #around: number;
  readonly #stem: string;
  /** The last run of the question. */
  readonly #end: string;
  #runs: ReadonlySet<string> | undefined;
  #text = "";
  #covered: Uint8Array | undefined;

  constructor(stem: string) {
    this.#stem = stem.toLowerCase();
    ({ run: this.#run, around: this.#around } = isChinese(stem) ? CHINESE : LATIN);
    this.#end = this.#stem.trimEnd().slice(-this.#run);
  }

  /**
   * Whether this place of the response is in the midst of a repetition. Where one begins or ends, the response has chosen:
   * "低密度灶。" as the answer to "低密度灶还是高密度灶？", "C: text" to a question that says what others think of "C: text".
   */
  covers(text: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
    if (this.#stem.length < this.#run) return false;
    if (this.#covered === undefined || this.#text !== text) {
      this.#covered = this.#coverOf(text);
      this.#text = text;
    }
    return (
      this.#covered[start - this.#around] === 1 &&
      this.#covered[start] === 1 &&
      this.#covered[end + this.#around] === 1
    );
  }

  #coverOf(text: string): Uint8Array {
    this.#runs ??= new Set(
      Array.from({ length: this.#stem.length - this.#run + 1 }, (_, i) => this.#stem.slice(i, i + this.#run)),
    );
    const lower = text.toLowerCase();
    const covered = new Uint8Array(text.length);
    let from = 0;
    for (let i = 0; i + this.#run <= lower.length; i += 1) {
      if (!this.#runs.has(lower.slice(i, i + this.#run))) continue;
      // A repetition of the whole question goes no further than that.
      const rest = lower.startsWith(this.#end, i) ? this.#around + 1 : 0;
      covered.fill(1, Math.max(from, i), i + this.#run + rest);
      from = i + this.#run;
    }
    return covered;
  }
}
