import { createRandom, type Random, randomInteger } from "../../src/lib/util/random.js";

interface Tongue {
  /** Most frequent first; the rest of the vocabulary is built from `roots` and `endings`. */
  readonly common: readonly string[];
  readonly roots: readonly string[];
  readonly endings: readonly string[];
  readonly blank: string;
  readonly stop: string;
  /** Sentences about an option that are not the answer; `?` is its letter. */
  readonly asides: readonly string[];
  /** How an answer gives its letter: the text before and after the running text. */
  readonly verdicts: readonly (readonly [before: string, behind: string])[];
}

const split = (words: string) => words.split(" ");
const medicalRoots = split(
  "cardio neuro hepato nefro gastro hemato dermo osteo artro bronco pneumo encefalo mielo angio flebo cisto colo entero rino oto oftalmo tiro adeno linfo mio",
);

const en: Tongue = {
  common: split(
    "the of and a in to with is for patient this most treatment by or was clinical on as A are that an be risk disease may which at from not therapy blood diagnosis symptoms acute The acid In days mg history examination pressure first normal cause chest pain fever infection",
  ),
  roots: [
    ...medicalRoots.map((root) => root.replace("nefro", "nephro").replace("flebo", "phlebo")),
    ...split("hyper hypo"),
  ],
  endings: split(
    "pathy itis osis genic logical plasty megaly scopy tropic lytic static trophy spasm sclerosis graphy penia toxic vascular genesis ectomy",
  ),
  blank: " ",
  stop: ". ",
  asides: [
    "Option ? is less likely because the onset was gradual. ",
    "(?) would be considered in chronic cases. ",
    "A raised ?-type marker argues against it. ",
  ],
  verdicts: [
    ["", "\n\nThe best answer is ?."],
    ["", "\n\n**Answer: ?**"],
    ["", "\n\nTherefore, the correct option is **?**, as explained above."],
    ["The correct answer is **? **.\n\n", ""],
    ["**?.** ", ""],
    ["", "\n\n<?>"],
    ["", "\n\n$\\boxed{?}$"],
    ["<think>", "</think>\nAnswer: ?"],
  ],
};

const pt: Tongue = {
  common: split(
    "de a o e que em da do com para uma não os é por paciente as se um tratamento mais A dos quadro na no ou clínico como ao pela risco O entre diagnóstico doença deve pressão exame dias aguda casos conduta sintomas uso à mg dor febre inicial",
  ),
  roots: medicalRoots,
  endings: split(
    "patia ite ose gênico lógica plastia megalia scopia trópico lítica estase trofia espasmo esclerose grafia penia tóxica vascular gênese ectomia",
  ),
  blank: " ",
  stop: ". ",
  asides: [
    "A alternativa ? não se aplica a este caso. ",
    "Já a opção (?) seria reservada a casos crônicos. ",
    "- **?)** Incorreta: não há sinais de gravidade.\n",
  ],
  verdicts: [
    ["", "\n\n**Resposta: ?**"],
    ["", "\n\nPortanto, a alternativa correta é a letra **?**."],
    ["", "\n\n## Resposta: **?) conduta expectante**"],
    ["A resposta correta é a **?) conduta expectante**.\n\n**Justificativa:** ", ""],
    ["? \n\n", ""],
    ["Gabarito: ?\n\n", ""],
  ],
};

const zh: Tongue = {
  common: split(
    "的 患者 为 是 不 和 可 在 治疗 有 与 或 应 诊断 临床 表现 者 该 常 疾病 症状 选项 检查 首选 症 病 主要 感染 出现 因此 用 等 如 急性 慢性 药物 血压 天 史 以 及 其 因 于 无 可见 提示 考虑 排除 明显 剂量",
  ),
  roots: Array.from("心肺肝肾脾胃肠脑血尿骨皮神淋甲胰胆膀胸腹颈肌"),
  endings: Array.from("炎痛热咳虚实症瘤栓梗塞张缩积液衰竭损伤变性管膜窦隔"),
  blank: "",
  stop: "。",
  asides: ["选项?描述的情况多见于慢性期。", "而（?）不符合本例特点。", "?项错误，该药禁用于肾功能不全者。"],
  verdicts: [
    ["", "\n\n答案：?"],
    ["", "\n\n因此，本题正确答案为**?**。"],
    ["", "\n\n综上所述，故选?。"],
    ["正确答案是 ?。\n\n解析：", ""],
    ["?. 该选项正确。\n\n", ""],
    ["答案：**?**\n\n", ""],
  ],
};

const TONGUES = [zh, en, pt];
const WORDS = 4000;
const SENTENCES = 30_000;

function vocabularyOf({ common, roots, endings }: Tongue, random: Random): string[] {
  const part = (parts: readonly string[]) => parts[randomInteger(random, parts.length)] as string;
  const rare = Array.from(
    { length: WORDS - common.length },
    () => (random() < 0.4 ? part(roots) : "") + part(roots) + part(endings),
  );
  return [...common, ...rare];
}

/** Approximate inverse of Zipf's distribution over `n` ranks: rank = n^u - 1 has density 1 / rank. */
const zipfRank = (random: Random, n: number) => Math.floor(n ** random()) % n;

function sentenceOf(tongue: Tongue, vocabulary: readonly string[], random: Random): string {
  if (random() < 0.05) return letterInto(tongue.asides[randomInteger(random, 3)] as string, random);
  const words = Array.from({ length: 6 + randomInteger(random, 16) }, () => {
    const chance = random();
    if (chance < 0.03) return String(randomInteger(random, 1000));
    const word = vocabulary[zipfRank(random, WORDS)] as string;
    return chance < 0.1 ? `${word}${tongue.blank === "" ? "，" : ","}` : word;
  });
  return words.join(tongue.blank) + tongue.stop;
}

const letterInto = (text: string, random: Random) =>
  text.replace("?", "ABCDE".charAt(randomInteger(random, 5)));

/**
 * A source of long answers to choice items: running text by Zipf's law in three languages, with the answer before or after
 * it, in the styles of real answers; four in a hundred name no option or go through all of them.
 *
 * @param least bytes of the shortest; lengths are spread evenly up to `most`, and a last sentence may exceed it
 */
export function longAnswers(seed: string, least: number, most: number): (letter: string) => string {
  const random = createRandom(seed);
  const pools = TONGUES.map((tongue) => {
    const vocabulary = vocabularyOf(tongue, random);
    return Array.from({ length: SENTENCES }, () => sentenceOf(tongue, vocabulary, random));
  });
  return (letter) => {
    const language = randomInteger(random, TONGUES.length);
    const { verdicts } = TONGUES[language] as Tongue;
    const pool = pools[language] as string[];
    const bytes = least + (most - least) * random();
    let body = "";
    for (let length = 0; length < bytes; ) {
      const sentence = pool[randomInteger(random, SENTENCES)] as string;
      body += random() < 0.15 ? `${sentence}\n\n` : sentence;
      length += Buffer.byteLength(sentence);
    }
    const chance = random();
    if (chance < 0.02) return body;
    if (chance < 0.04) return Array.from("ABCDE", (option) => `${option}) ${body.slice(0, 400)}`).join("\n");
    const [before, behind] = verdicts[randomInteger(random, verdicts.length)] as readonly [string, string];
    return before.replace("?", letter) + body + behind.replace("?", letter);
  };
}
