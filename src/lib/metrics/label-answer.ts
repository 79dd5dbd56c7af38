import { type LabelMention, type LabelVocabulary, mostMentions } from "./label-vocabulary.js";
import { withoutReasoning } from "./reasoning-marks.js";
import { normalizeLabel, trimMarks } from "./text-normalization.js";

/** Which rule read a label; `several`, `negated` and `none` read none. */
export type LabelRule =
  | "whole response"
  | "announced"
  | "last line"
  | "first line"
  | "only label"
  | "several"
  | "negated"
  | "none";

/** A label read from an answer. */
export interface LabelReading {
  /** As the list of labels writes it, or as the answer does where the list does not have it; null where none was read. */
  readonly label: string | null;
  readonly readBy: LabelRule;
}

const unread = (readBy: "several" | "negated" | "none"): LabelReading => ({ label: null, readBy });

/** Words before a label: "final answer:", "Resposta:", "最终答案：". */
const announcement = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:final |correct |my |overall |best ){0,3}(?:answer|verdict|label|classification|class|category|conclusion|judge?ment|decision|result|prediction|response)` +
    "|(?:a |minha )?(?:resposta|veredito|conclusão|classificação|rótulo|resultado|julgamento)(?: final| correta){0,2}" +
    "|(?:la )?(?:respuesta|conclusión|etiqueta|clasificación)(?: final| correcta){0,2}|(?:la )?réponse(?: finale)?|antwort" +
    ")" +
    String.raw`["'”’]?(?:\s?\([^()\n]{0,60}\))?(?:\s?(?:is|are|é|es|est|ist|lautet)(?![\p{L}\p{N}]))?\s?(?:[:=]|[–—-]\s)?\s*`,
  "giu",
);
const chineseAnnouncement =
  /(?:最终|最後|最后|正确|正確|综上|因此|所以)?的?(?:答案|结论|結論|判断|判斷|判定|标签|標籤|分类结果|分類結果|分类|分類|结果|結果|回答|类别|類別)["'”’]?\s*(?:[:=]|应为|應為|应该是|是|为|為)\s*[:=]?\s*/gu;

/** Words right before a label that deny or limit it. */
const negation =
  /(?:\bnot|n['’]t|\bnever|\bneither|\bnor|\bcannot be|\bnão|\bnao|\bnem|\bnunca|\bno es|\bnicht|\bkein|\bpas|不|非|未|无法|並非|并非|没有|沒有|\bpartially|\bpartly|\bhalf|\bmostly|\bparcialmente|\bem parte|\bteilweise|部分|基本)\s*(?:be|é|es|a|an|the|really|necessarily|entirely|completely|considered|seja|ser|ser considerada?|是|算|完全|一定|能说|能說|属于|屬於)?\s*["“'「*]*$/iu;
/** Words that make a sentence a condition or a guess. */
const hypothetical =
  /\b(?:if|unless|would|could|might|may|whether|either|se|caso|seria|poderia|talvez|si|sería|wenn|ob)\b|如果|若|假如|可能|是否|或许|除非/iu;
const alternatives = /^[\s"'”’)\]]*(?:\/|\||,|、|or\b|ou\b|o\b|oder\b|或者?|还是|還是)[\s"'“‘([]*/iu;

const frame = new Set(" \t\"'“”‘’「」『』《》〈〉【】()[]{}<>*_`#|$.。．｡,，、;；:：!！");

/**
 * Reads the label that an answer commits to: the whole response, the last announcement ("Answer: True", "Resposta: Falso",
 * "最终答案：是"), a label alone on the last or the first line, or the only label of the last sentence. Markdown, brackets, JSON
 * and `\boxed` around it are skipped.
 *
 * @returns no label for several labels without a commitment ("True or False?"), for a denied one ("not True"), and where
 *   nothing in the answer is a label
 * @example readLabel("It agrees with the guideline.\n\nAnswer: True", labelVocabulary(["True", "False"], true)).label // "True"
 */
export function readLabel(response: string, vocabulary: LabelVocabulary): LabelReading {
  const lines = linesOf(withoutReasoning(response));
  const [first] = lines;
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return unread("none");
  const whole = lines.length === 1 ? exact(first, vocabulary) : null;
  if (whole !== null) return { label: whole, readBy: "whole response" };

  const announced = lastAnnounced(lines, vocabulary);
  if (announced !== null) return announced;

  const [opening, closing] = [leading(first, vocabulary), exact(last, vocabulary)];
  if (closing !== null) {
    const isContradicted = opening !== null && opening !== closing;
    return isContradicted ? unread("several") : { label: closing, readBy: "last line" };
  }
  const text = lines.join("\n");
  const mentions = vocabulary.mentions(text.toLowerCase());
  if (mentions.length > mostMentions) return unread("several");
  if (opening === null) return onlyMention(text, mentions, vocabulary);
  const others = mentions.filter(({ label }) => vocabulary.known.get(label) !== opening);
  return others.every((mention) => isDenied(text, mention))
    ? { label: opening, readBy: "first line" }
    : unread("several");
}

/** Lines without markup; some files write line breaks as the two characters `\n`. */
function linesOf(text: string): string[] {
  const broken = text.includes("\n") ? text : text.replaceAll("\\n", "\n");
  return broken
    .normalize("NFKC")
    .split(/[\r\n]+/u)
    .filter((line) => !/^\s*```/u.test(line))
    .map((line) =>
      line
        .replace(/\s+/gu, " ")
        .replace(/\\(?:boxed|text|mathrm|textbf)\s*\{/gu, "{")
        .replace(/<\/?[a-z_]+>/giu, " ")
        .replace(/\*\*|__|`/gu, "")
        .replace(/^[\s#>•*-]+/u, "")
        .trim(),
    )
    .filter((line) => trimMarks(line, frame, frame) !== "");
}

/** The label that a text is, apart from what frames it. */
function exact(text: string, { known }: LabelVocabulary): string | null {
  return known.get(normalizeLabel(text)) ?? known.get(normalizeLabel(trimMarks(text, frame, frame))) ?? null;
}

/** What may follow a label that is the whole statement: a mark, the end, or a reason. */
const labelEnd =
  /^\s?(?:[\p{P}|=>]|$|(?:because|since|as|porque|pois|já que|dado que|weil|car|parce)(?![\p{L}\p{N}])|因为|因為|由于|由於)/u;

/** The label that a text begins with, before a punctuation mark or the end. */
function leading(text: string, vocabulary: LabelVocabulary): string | null {
  const whole = exact(text, vocabulary);
  if (whole !== null) return whole;
  const plain = trimMarks(text.toLowerCase(), new Set(), frame);
  const [mention] = vocabulary.mentions(plain);
  if (mention === undefined || mention.start > 0) return null;
  const rest = plain.slice(mention.end);
  return labelEnd.test(rest) && !namesAlternative(rest, vocabulary)
    ? (vocabulary.known.get(mention.label) ?? null)
    : null;
}

function namesAlternative(rest: string, vocabulary: LabelVocabulary): boolean {
  const joint = alternatives.exec(rest);
  if (joint === null) return false;
  const next = rest.slice(joint[0].length);
  const [mention] = vocabulary.mentions(next);
  return mention !== undefined && mention.start === 0;
}

/** Announcements that are tried, from the end, and characters after each: more would only be an attack. */
const [mostAnnouncements, payloadLength] = [40, 400];

/** The last announcement with a label; where none has one, what the last announcement says instead. */
function lastAnnounced(lines: readonly string[], vocabulary: LabelVocabulary): LabelReading | null {
  const payloads = lines.flatMap((line, at) =>
    [...line.matchAll(announcement), ...line.matchAll(chineseAnnouncement)]
      // A bare noun announces nothing ("the answer to this question"), unless it is a heading.
      .filter(
        ({ 0: words, index }) => announces.test(words) || index + words.trimEnd().length === line.length,
      )
      .map(({ 0: words, index }) => index + words.length)
      .sort((a, b) => a - b)
      .slice(-mostAnnouncements)
      .map((end) => line.slice(end, end + payloadLength))
      .map((payload) =>
        trimMarks(payload, frame, frame) === "" ? (lines[at + 1] ?? "").slice(0, payloadLength) : payload,
      ),
  );
  let found: LabelReading | null = null;
  for (const payload of payloads.slice(-mostAnnouncements)) {
    const reading = readPayload(payload, vocabulary);
    // An echo of the question ("Answer: True or False?") takes nothing back; a denial does.
    if (reading !== null && (reading.readBy !== "several" || found === null)) found = reading;
  }
  return found;
}

const announces = /(?:[:=]|[–—-]\s|is|are|é|es|est|ist|lautet|是|为|為)\s*$/iu;

function readPayload(payload: string, vocabulary: LabelVocabulary): LabelReading | null {
  const label = leading(payload, vocabulary);
  if (label !== null) return { label, readBy: "announced" };
  const mentions = vocabulary.mentions(payload.toLowerCase());
  const [mention] = mentions;
  if (mentions.some(({ label: named }) => named !== mention?.label)) return unread("several");
  if (mention !== undefined && isDenied(payload, mention)) return unread("negated");
  const isSentence = payload.length > 40 || /[.。;；]\s*\S/u.test(payload);
  if (mention !== undefined)
    return hypothetical.test(payload) || isSentence
      ? null
      : { label: vocabulary.known.get(mention.label) ?? null, readBy: "announced" };
  const given = vocabulary.isClosed ? null : newLabel(payload);
  return given === null ? null : { label: given, readBy: "announced" };
}

const denial = /^(?:not|no|never|não|nao|nem|nicht|kein|pas|不|非|未|无|無|没|沒|并非|並非)(?![a-z])/iu;
const severalNamed =
  /[/|]|或|还是|還是|(?<![\p{L}\p{N}])(?:or|ou|oder|and|und|et|e|y)(?![\p{L}\p{N}])|(?<=\p{Script=Han})[和与與]/iu;

/** A label that the list does not have: a few words that are no sentence, no denial and no choice. */
function newLabel(text: string): string | null {
  const label = trimMarks(text, frame, frame);
  const words = label.split(/\s+/u);
  const isPhrase =
    words.length <= 4 &&
    label.length <= (/\p{Script=Han}/u.test(label) ? 12 : 40) &&
    !/[.,;:!?。，；：！？]/u.test(label);
  const isSentence = words.length > 1 && /[.!?。！？]\s*$/u.test(text);
  return label !== "" && isPhrase && !isSentence && !denial.test(label) && !severalNamed.test(label)
    ? label
    : null;
}

/** Whether the words before a mention deny or limit it. */
function isDenied(text: string, { start }: LabelMention): boolean {
  return negation.test(text.slice(Math.max(0, start - 40), start));
}

/** The only label of an answer, in its last sentence and neither denied nor conditional; a short answer may be a new label. */
function onlyMention(
  text: string,
  mentions: readonly LabelMention[],
  vocabulary: LabelVocabulary,
): LabelReading {
  const mention = mentions.at(-1);
  if (mentions.some(({ label }) => label !== mention?.label)) return unread("several");
  if (mention !== undefined) {
    if (mentions.some((each) => isDenied(text, each))) return unread("negated");
    const sentence = text.slice(sentenceStart(text, mention.start));
    const isLast = !/[.。!！?？\n]\s*\S/u.test(text.slice(mention.end));
    return isLast && !hypothetical.test(sentence) && !/[?？]\s*$/u.test(sentence)
      ? { label: vocabulary.known.get(mention.label) ?? null, readBy: "only label" }
      : unread("none");
  }
  const given = text.includes("\n") || vocabulary.isClosed ? null : newLabel(text);
  return given === null ? unread("none") : { label: given, readBy: "whole response" };
}

function sentenceStart(text: string, before: number): number {
  for (let at = before - 1; at >= 0; at -= 1) if (/[.。!！?？\n]/u.test(text[at] as string)) return at + 1;
  return 0;
}
