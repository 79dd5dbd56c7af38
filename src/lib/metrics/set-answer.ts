import { type ItemScore, scored, unscored } from "./item-score.js";
import { withoutReasoning } from "./reasoning-marks.js";
import { missedBy, type SetOverlap, setOverlap } from "./set-overlap.js";
import { normalizeName, trimMarks } from "./text-normalization.js";

/** How the members of a set are read from an answer. */
export interface SetAnswerOptions {
  /**
   * `letters`: option letters, separated or not (`ABC`, `A, C`, `<A、C>`); anything else makes the answer invalid.
   * `names`: separated names, compared without case, white space and full stops. Default `letters`.
   */
  readonly kind?: "letters" | "names";
  /** The letters or names offered by the question. Default: not known, so every member is allowed. */
  readonly allowed?: readonly string[];
  /** Whether a member outside `allowed` is kept (which makes the set wrong) or dropped. Default `keep`. */
  readonly outside?: "keep" | "drop";
}

/** Members read from an answer. */
export interface ParsedSet {
  readonly status: "ok" | "empty" | "invalid";
  /** Distinct members in the order of the answer. */
  readonly members: readonly string[];
  /** Members of the answer that are not in `allowed`. */
  readonly outside: readonly string[];
}

const separators = /[,，、|｜;；\r\n]+/u;
const markdown = /[*`_#]+/gu;
/** "推荐科室：" and the like before a list of names. */
const leadingLabel = /^[^,，、|｜;；:：\r\n]{1,12}[:：]/u;
const listNumber = /^\s*(?:[-•]|\d{1,2}[.、)）])\s*/u;

/**
 * Reads an answer that is a set of option letters or of names (protocols P01.4-2): splits on `,，、|；;`, line ends and,
 * between letters, spaces; folds full-width letters; trims; drops empty members and duplicates.
 *
 * @param text the response, or the part of it that a reading rule found
 * @returns status `empty` for no text, `invalid` when letters are expected and it contains something else
 * @example parseSet("ABC").members // ["A", "B", "C"]
 */
export function parseSet(text: string | null, options: SetAnswerOptions = {}): ParsedSet {
  const answer = withoutReasoning(text ?? "").trim();
  if (answer === "") return { status: "empty", members: [], outside: [] };
  return (options.kind ?? "letters") === "letters"
    ? parseLetters(answer, options)
    : parseNames(answer, options);
}

function parseLetters(answer: string, { allowed, outside = "keep" }: SetAnswerOptions): ParsedSet {
  const bare = trimMarks(
    answer
      .normalize("NFKC")
      .replace(markdown, "")
      .replace(/[<>[\](){}《》【】「」"']/gu, " ")
      .trim(),
  );
  const tokens = bare.split(/[,、|;\s]+/u).filter((token) => token !== "");
  // Run-together letters must be capitals, or every English word would be a set of letters.
  const isRead = (token: string) => /^(?:[a-z]|[A-Z]+)$/u.test(token);
  if (tokens.length === 0 || !tokens.every(isRead)) return { status: "invalid", members: [], outside: [] };
  return withinOffer(new Set(tokens.join("").toUpperCase()), allowed && new Set(allowed), outside);
}

/** How members are compared: names without case. Letters are capitals already. */
const folded = (member: string): string => member.toLowerCase();

function withinOffer(
  given: ReadonlySet<string>,
  offered: ReadonlySet<string> | undefined,
  outside: "keep" | "drop",
): ParsedSet {
  const seen = new Set<string>();
  const all = [...given].filter((member) => seen.size < seen.add(folded(member)).size);
  if (offered === undefined) return { status: "ok", members: all, outside: [] };
  const known = new Set([...offered].map(folded));
  const members = outside === "drop" ? all.filter((member) => known.has(folded(member))) : all;
  return { status: "ok", members, outside: all.filter((member) => !known.has(folded(member))) };
}

function parseNames(answer: string, { allowed, outside = "keep" }: SetAnswerOptions): ParsedSet {
  const list = answer.replace(markdown, "").trim().replace(leadingLabel, "");
  const names = new Set<string>();
  for (const piece of list.split(separators)) {
    const name = normalizeName(piece.replace(listNumber, ""));
    if (name !== "") names.add(name);
  }
  if (names.size === 0) return { status: "invalid", members: [], outside: [] };
  return withinOffer(names, allowed && new Set(allowed.map(normalizeName)), outside);
}

/** Counts of members found, missed and added. */
export interface ScoredSet extends ParsedSet {
  readonly overlap: SetOverlap;
}

/**
 * Set accuracy of one answer: 1 if the predicted set equals the gold set, else 0. Recall, Jaccard and F1 of the same
 * pair are in `parsed.overlap`; `parts` (tp, fp, fn) pool to micro-F1.
 *
 * @param gold the reference set, as text in the answer's own format or as members; duplicates collapse
 * @returns score null with status `empty` or `invalid` if nothing could be read; `parts.fn` then counts the gold
 *   members, and 1 if there are none
 * @example scoreSet("A,C,E", ["A", "C", "E", "H"]).parts.fn // 1
 */
export function scoreSet(
  text: string | null,
  gold: string | readonly string[],
  options: SetAnswerOptions = {},
): ItemScore<ScoredSet, "tp" | "fp" | "fn"> {
  const members = typeof gold === "string" ? parseSet(gold, options).members : gold.map(goldMember(options));
  const parsed = parseSet(text, options);
  const wanted = new Set(members.map(folded));
  if (parsed.status !== "ok") {
    const reason = parsed.status === "empty" ? "no answer" : "no set of letters or names in the answer";
    return unscored(parsed.status, reason, { tp: 0, fp: 0, fn: missedBy(wanted.size) });
  }
  const overlap = setOverlap([...wanted], parsed.members.map(folded));
  const { tp, fp, fn } = overlap;
  return scored(overlap.exact ? 1 : 0, { ...parsed, overlap }, { tp, fp, fn });
}

function goldMember({ kind = "letters" }: SetAnswerOptions): (member: string) => string {
  return kind === "letters" ? (member) => member.normalize("NFKC").trim().toUpperCase() : normalizeName;
}
