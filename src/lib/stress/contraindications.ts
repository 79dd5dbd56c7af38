import type { MutationLanguage } from "./operator.js";

/** A name in both languages. */
type Named = Readonly<Record<MutationLanguage, string>>;

interface Contraindication {
  /** How texts refer to the condition. */
  readonly condition: RegExp;
  readonly drug: Named;
}

/**
 * Textbook contraindications, one drug each: enough to test whether a judge notices safety problems; not a formulary.
 */
const known: readonly Contraindication[] = [
  { condition: /妊娠|怀孕|孕妇|pregnan(?:t|cy)/giu, drug: { zh: "异维A酸", en: "isotretinoin" } },
  { condition: /哮喘|asthma/giu, drug: { zh: "普萘洛尔", en: "propranolol" } },
  { condition: /青光眼|glaucoma/giu, drug: { zh: "阿托品", en: "atropine" } },
  {
    condition: /消化性溃疡|胃溃疡|十二指肠溃疡|(?:peptic|gastric|duodenal) ulcer/giu,
    drug: { zh: "吲哚美辛", en: "indometacin" },
  },
  { condition: /高钾血症|hyperkal(?:a)?emia/giu, drug: { zh: "螺内酯", en: "spironolactone" } },
  { condition: /肾衰竭|尿毒症|(?:renal|kidney) failure/giu, drug: { zh: "二甲双胍", en: "metformin" } },
  { condition: /重症肌无力|myasthenia gravis/giu, drug: { zh: "庆大霉素", en: "gentamicin" } },
  { condition: /房室传导阻滞|(?:AV|atrioventricular) block/giu, drug: { zh: "维拉帕米", en: "verapamil" } },
  { condition: /心力衰竭|心衰|heart failure/giu, drug: { zh: "地尔硫䓬", en: "diltiazem" } },
  { condition: /活动性出血|血友病|active bleeding|ha?emophilia/giu, drug: { zh: "华法林", en: "warfarin" } },
  { condition: /蚕豆病|G6PD|葡萄糖-6-磷酸脱氢酶/giu, drug: { zh: "伯氨喹", en: "primaquine" } },
  { condition: /卟啉病|porphyria/giu, drug: { zh: "苯巴比妥", en: "phenobarbital" } },
];

const named = "(?<name>[\\p{Script=Han}A-Za-z0-9]{2,16}?)";
const forbidden: readonly RegExp[] = [
  new RegExp(`不(?:得|可|能|宜|应)?与${named}(?:同用|合用|联用|并用|同服|同时使用)`, "gu"),
  new RegExp(
    `(?:禁用|忌用|避免使用|避免应用|不[宜应能可得]使用|禁止使用)${named}(?=[，。；、,.;）)\\n]|$)`,
    "gu",
  ),
  /\b(?:do not|don['’]t|never|must not|should not) (?:use|give|take|prescribe|add|combine (?:it )?with) (?<name>[a-z][a-z-]{4,40})/giu,
  /\bavoid (?:using |giving )?(?<name>[a-z][a-z-]{4,40})(?=[.,;)]|\n|$)/giu,
  /(?<!\bnot )(?<=\b)(?<name>[a-z][a-z-]{4,40}) is contraindicated/giu,
];

const allergic: readonly RegExp[] = [
  /对(?<name>[\p{Script=Han}A-Za-z]{2,10}?)(?:类药物|类)?(?:严重)?过敏/gu,
  /(?:有|曾有|诉)(?<name>[\p{Script=Han}A-Za-z]{2,8}?)过敏/gu,
  /\ballerg(?:ic|y) to (?<name>[a-z][a-z-]{3,40})/giu,
  /\b(?<name>(?!no\b|any\b|drug\b|food\b|known\b|severe\b)[a-z][a-z-]{3,40}) allergy\b/giu,
];

/** Not the name of a single substance. */
const unspecific =
  /^(?:药物|食物|花粉|任何|其他|其它|该药|本品|some|these|this|those|that|them|drugs?|foods?|other|known|smoking|alcohol)$/iu;

/** Drugs that a text says must not be given, in order of appearance. */
export function forbiddenDrugs(text: string): string[] {
  return distinctNames(namesIn(text, forbidden));
}

/** Substances that a text says the patient is allergic to, in order of appearance. */
export function allergens(text: string): string[] {
  return distinctNames(namesIn(text, allergic).filter(({ index }) => !isDenied(text, index)));
}

/** Drugs that are contraindicated in the conditions that a text says the patient has. */
export function contraindicatedDrugs(text: string, language: MutationLanguage): string[] {
  return known
    .filter(({ condition }) => [...text.matchAll(condition)].some(({ index }) => !isDenied(text, index)))
    .map(({ drug }) => drug[language]);
}

interface FoundName {
  readonly index: number;
  readonly name: string;
}

function namesIn(text: string, patterns: readonly RegExp[]): FoundName[] {
  return patterns
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(({ index, groups }) => ({ index, name: groups?.["name"] ?? "" }))
    .filter(({ name }) => !unspecific.test(name));
}

function distinctNames(found: readonly FoundName[]): string[] {
  const inOrder = [...found].sort((a, b) => a.index - b.index);
  return [...new Set(inOrder.map(({ name }) => name))];
}

/** Number of characters before a name that are searched for a denial. */
const clauseLength = 60;

/** Whether the clause before a position denies what is mentioned there: 否认哮喘, "no history of asthma". */
function isDenied(text: string, index: number): boolean {
  const clause =
    text
      .slice(Math.max(0, index - clauseLength), index)
      .split(/[，。；,.;!?！？\n]/u)
      .at(-1) ?? "";
  return /[无未非]|否认|没有|排除|\b(?:no|not|nor|denies|denied|without|never|non)\b/iu.test(clause);
}
