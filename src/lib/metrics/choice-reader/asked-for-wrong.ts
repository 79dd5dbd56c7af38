import { everyMatch } from "./every-match.js";
import { type Found, isCapital } from "./found.js";
import { sole } from "./option-claims.js";
import { statements } from "./option-statements.js";
import { at } from "./phrases.js";
import type { Place } from "./place.js";
import type { Asks } from "./question/asked-forms.js";
import { REACH } from "./reading-text.js";
import type { Scene } from "./scene.js";

/** What is said of a statement. A word with a negation comes before the same word without it. */
const STATEMENT =
  /(?<wrong>错误|不正确|不对(?![称等])|有误|不恰当|不妥|不当(?!选)|欠妥|不准确|不合适|不成立|(?<=[是均都也属])错|错(?=[,。;!)的了\n]|$)|[×✗✘❌✖]|\b(?:false|incorrect|untrue|inaccurate|wrong|(?:not|NOT) (?:true|correct|accurate|right))\b|incorret[ao]s?|errad[ao]s?|fals[ao]s?|\bfalsch\b|\bnicht (?:richtig|korrekt))|(?<right>正确|无误|成立|恰当|准确|对(?=[,。;!)的\n]|$)|[√✓✔✅☑]|\b(?:true|correct|accurate|right)\b|corret[ao]s?|verdadeir[ao]s?|\brichtig\b|\bkorrekt\b)/giu;
/** What is said of belonging to the others. */
const MEMBER =
  /(?<wrong>不属于?|不是|不包括|不包含|不符合(?!题意)|不宜|不应|不能|不会|不可能|不支持|不适合|无关|不存在|没有|并非|非(?=[其该本])|\b(?:is|are|was|were|does|do|would|should|can|could)(?: not|n['’]t)\b|\bcannot\b|\bnot (?:a|an|part|associated|seen|indicated|recommended|used|known)\b|\bunlikely\b|\bleast \w+\b|não (?:é|são|faz|está|deve|pode)|\bnicht\b)|(?<right>(?<!不)属于|(?<!不)包括|(?<!不)符合(?!题意)|(?:均|都|皆)(?:是|为|可|有)|\b(?:are|is) (?:all )?(?:an? |the )?(?:causes?|features?|risk|signs?|symptoms?|seen|indicated|associated|common|known|part|recommended|used)\b|\bbelongs?\b|\bfaz(?:em)? parte\b)/giu;
/** What is said of the option as the answer. */
const ANSWER =
  /(?<wrong>不(?:符合|合|符)题意|不当选|不入选|不选)|(?<right>符合题意|合题意|当选|入选|为?应选)/gu;
/** Begins what is said of all others. */
const OTHERS =
  /其余|其他|其它|余下|剩下|\b(?:all |the )?(?:others|rest|remaining|other (?:options|answers|choices|statements))\b|\bdemais\b|\boutras\b|\balle anderen\b|\bübrigen\b|\bdemás\b/iu;
/** What would be right instead: "C错误，正确的应为冷敷". */
const INSTEAD =
  /正确的?(?:是|应|做法|说法|方法|顺序|表述|处理)|应(?:该|当)?(?:是|为|改为)|\b(?:the )?(?:correct|right) (?:\w+ ){0,2}(?:is|would be|should be)\b/u;

type Judged = "wrong" | "right";

/** What a response says of the options, each with what it says last. */
interface Judgments {
  readonly statement: ReadonlyMap<string, Judged>;
  readonly member: ReadonlyMap<string, Judged>;
  readonly answer: ReadonlyMap<string, Judged>;
  readonly last: Place;
}

/** Whether the response says of these letters whether they are right or belong to the others. */
export function isJudged(scene: Scene, place: Place): boolean {
  const words = wordsOf(scene, place);
  if (saidLast(words, STATEMENT) !== undefined) return true;
  return scene.question?.asks === "except" && saidLast(clauseOf(words), MEMBER) !== undefined;
}

/** What follows in the same sentence: later ones say what else belongs to what. */
const clauseOf = (words: string) => words.split(/[。;!?\n]|\. /u, 1)[0] ?? "";

/** The words between a letter and the next one that are about it. */
function wordsOf({ text, options, mentions }: Scene, place: Place): string {
  const own = place.letters.length === 1 ? options?.optionAt(text, place.end) : null;
  const from = own?.letter === place.letters[0] ? (own?.end ?? place.end) : place.end;
  const next = mentions.find((other) => other.start > place.start && isCapital(other))?.start ?? text.length;
  const paragraph = text.indexOf("\n", from);
  const line = paragraph < 0 || paragraph - from < 4 ? text.length : paragraph;
  const words = text.slice(from, Math.max(from, Math.min(next, line, from + 2 * REACH)));
  const end = Math.min(
    ...[words.search(OTHERS), words.search(INSTEAD)].map((n) => (n < 0 ? words.length : n)),
  );
  return words.slice(0, end);
}

/** What these words say last; undefined if nothing. */
function saidLast(words: string, of: RegExp): Judged | undefined {
  let last: Judged | undefined;
  for (const { groups } of everyMatch(words, of)) last = groups?.wrong === undefined ? "right" : "wrong";
  return last;
}

function judgments(scene: Scene): Judgments | null {
  const statement = new Map<string, Judged>();
  const member = new Map<string, Judged>();
  const answer = new Map<string, Judged>();
  let last: Place | undefined;
  for (const place of scene.mentions) {
    if (!isCapital(place) || place.foreign || place.tentative) continue;
    const words = wordsOf(scene, place);
    const said = at(scene.phrases.beforeRight, scene.text, place.start)
      ? "right"
      : at(scene.phrases.beforeWrong, scene.text, place.start)
        ? "wrong"
        : place.tickedBefore
          ? place.praised
            ? "right"
            : "wrong"
          : undefined;
    for (const letter of place.letters) {
      for (const [of, words_, known] of [
        [STATEMENT, words, statement],
        [MEMBER, clauseOf(words), member],
        [ANSWER, words, answer],
      ] as const) {
        const found = saidLast(words_, of);
        if (found !== undefined) known.set(letter, found);
      }
      if (said !== undefined) statement.set(letter, said);
    }
    last = place;
  }
  return last === undefined ? null : { statement, member, answer, last };
}

const lettersOf = (judged: ReadonlyMap<string, Judged>, as: Judged) =>
  [...judged].filter(([, said]) => said === as).map(([letter]) => letter);

/**
 * The answer to a question that asks for the false statement or for what does not belong to the others, from what the response
 * says of each option: "A、B、D正确，C错误" answers C. Where all but one are called right or all but one wrong, it is the
 * odd one; a single letter called right is no answer, because it may be the statement that is right.
 */
export function askedForWrong(scene: Scene): Found | null {
  const asks = scene.question?.asks ?? "right";
  if (asks === "right") return null;
  const said = judgments(scene);
  if (said === null) return null;
  const letters = chosen(said, asks, scene);
  return letters === null || letters.length === 0
    ? null
    : { letters, start: said.last.start, end: said.last.end, readBy: "asked-for-wrong" };
}

function chosen(
  { statement, member, answer }: Judgments,
  asks: Asks,
  { text, mentions, phrases, allowed, options, multiple }: Scene,
): readonly string[] | null {
  const all = Array.from(allowed);
  const named = new Set(mentions.filter(isCapital).flatMap(({ letters }) => letters));
  const picked = lettersOf(answer, "right");
  if (picked.length === 1 || (picked.length > 1 && multiple)) return picked;
  // The letter of which the response says nothing, and does not speak at all.
  const left = (letters: readonly string[]) => {
    const others = all.filter((letter) => !letters.includes(letter));
    return options !== null && others.length === 1 && !named.has(others[0] as string) ? others : null;
  };
  const dropped = left(lettersOf(answer, "wrong"));
  if (dropped !== null) return dropped;
  for (const judged of asks === "false" ? [statement] : [member, statement]) {
    const wrong = lettersOf(judged, "wrong");
    const right = lettersOf(judged, "right");
    if (!multiple && right.length === all.length) return right;
    if (multiple) {
      const isOfSome = right.length > 0 || judged === statement || phrases.rest.test(text);
      if (wrong.length > 0 && isOfSome && wrong.length < all.length) return wrong;
      const odd = wrong.length === 0 ? left(right) : null;
      if (odd !== null) return odd;
      continue;
    }
    if (wrong.length === 1 && right.length !== 1) return wrong;
    if (right.length === 1 && wrong.length > 1) return right;
    if (wrong.length === 1 && (asks === "false" || judged === member)) return wrong;
    const odd = wrong.length === 0 ? left(right) : right.length === 0 ? left(wrong) : null;
    if (odd !== null) return odd;
  }
  return null;
}

/** How far behind an option's text the words may begin that say that it is the one. */
const BEHIND = 16;

/** The same for an option's text: the only one of which the response says that it is wrong, or does not belong. */
export function optionAskedFor(scene: Scene): Found | null {
  const asks = scene.question?.asks ?? "right";
  if (asks === "right") return null;
  const { text, mentions } = statements(scene);
  const wrong = mentions.filter(({ end, sentence }, i) => {
    const next = mentions[i + 1]?.start ?? text.length;
    const behind = text.slice(end, Math.max(end, Math.min(sentence.end, next, end + BEHIND)));
    return (
      saidLast(behind, STATEMENT) === "wrong" || (asks === "except" && saidLast(behind, MEMBER) === "wrong")
    );
  });
  return sole(wrong, "option-asked-for");
}
