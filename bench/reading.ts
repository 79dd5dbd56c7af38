import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choiceReadingQuery } from "../pipelines/warehouse/choice-reader-sql.js";
import { type Engine, withEngine } from "../pipelines/warehouse/engine.js";
import { literal } from "../pipelines/warehouse/sql.js";

export interface BenchResult {
  readonly name: string;
  readonly ratio: number;
  readonly limit: number;
}

const ROWS = 1_000_000;
const ROUNDS = 5;

/** Sentences that long answers are made of: no verdicts, but capitals, letters in brackets and quotes as in real ones. */
const SENTENCES = [
  "患者老年男性，反复胸痛#年，@，加重一周，心电图示ST段压低，肌钙蛋白轻度升高，考虑非ST段抬高型心肌梗死。",
  "该选项所述的治疗适用于早期患者，但对肾功能不全（eGFR 低于 30）者应减量，并监测血钾（#.#）与肌酐（#），@。",
  "结合《指南》推荐，“首选”药物为β受体阻滞剂，其次为钙通道阻滞剂，维生素B12缺乏者另行补充，@，剂量#毫克。",
  "The patient (# kg) presents with @ and fatigue (#.#), a normocytic anaemia and a raised C-reactive protein, which makes (B) less plausible.",
  "Guidelines advise against routine imaging here; hepatitis B serology and a chest film should be obtained first; @ scored #.",
  "A paciente apresenta dor abdominal há # dias, @, sem sinais de alarme, PA 120x80 mmHg e FC 72 bpm, afebril.",
  "As demais condutas atrasariam o tratamento; a ultrassonografia tem baixa sensibilidade nesse contexto clínico (@, #%).",
  "Die Laborwerte zeigen eine leichte Leukozytose (#.#, @); eine Bildgebung ist zunächst nicht erforderlich.",
];

/** Fill `@` in the sentences as numbers fill `#`, so that the texts compress about as well as real ones. */
const FINDINGS = [
  "伴恶心呕吐",
  "无发热",
  "双下肺湿啰音",
  "腹软无压痛",
  "肝脾肋下未及",
  "尿蛋白阳性",
  "血糖升高",
  "口服二甲双胍控制欠佳",
  "既往高血压病史",
  "否认药物过敏",
  "orthopnoea",
  "bilateral ankle oedema",
  "night sweats",
  "a systolic murmur",
  "weight loss of 6 kg",
  "photophobia",
  "pleuritic pain",
  "recent travel",
  "icterícia",
  "edema de membros inferiores",
  "perda de peso",
  "sopro sistólico",
  "tosse seca",
  "hipertensão prévia",
  "Dyspnoe",
  "Fieber",
  "Nachtschweiß",
  "Gewichtsverlust",
];

/** How a long answer gives its letter: what stands before and behind the running text, `?` for the letter. */
const STYLES: readonly (readonly [before: string, behind: string])[] = [
  ["", "\n\n因此，本题答案为：**?**。"],
  ["", "\n\n综上所述，故选?。"],
  ["", "\n\nThe best answer is ?."],
  ["", "\n\n**Resposta correta: ?**"],
  ["", "\n\nDaher lautet die richtige Antwort: ?"],
  ["", "\n\n<?>"],
  ["", "\n\n$\\boxed{?}$"],
  ["?. 该选项正确。\n\n", ""],
  ["**?) 冠状动脉造影**\n\n", ""],
  ["A alternativa correta é a **?) cateterismo**.\n\n**Justificativa:**\n", ""],
  ["正确答案是 ?。\n\n解析：", ""],
  ["<think>", "</think>\n答案：?"],
];

/** CPU of reading a million responses, 80 % bare letters and 20 % long answers, against a bare scan of their texts. */
export async function readingBench(): Promise<BenchResult[]> {
  const folder = await mkdtemp(join(tmpdir(), "medbench-bench-"));
  try {
    return await withEngine(
      async (engine) => {
        const file = literal(join(folder, "responses.parquet"));
        await writeResponses(engine, file);
        const scan = `SELECT sum(strlen(raw)) FROM ${file}`;
        const reading = choiceReadingQuery(file, { text: "raw", letters: "'ABCDE'" });
        const read = `SELECT count(*) FILTER (choice_answer = gold), count(DISTINCT choice_read_by), count(*) FILTER (choice_needs_reader) FROM (${reading})`;
        const ratios: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          const base = await cpuMicros(engine, scan);
          ratios.push((await cpuMicros(engine, read)) / base);
        }
        ratios.sort((a, b) => a - b);
        return [
          {
            name: "reading choices in SQL / bare scan (CPU, 1 M responses, 80 % bare letters)",
            ratio: ratios[Math.floor(ROUNDS / 2)] ?? Number.NaN,
            limit: 2.5,
          },
        ];
      },
      { memoryLimit: "1GB" },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Rows follow from their number alone (`hash`), so every run measures the same texts. */
async function writeResponses(engine: Engine, file: string): Promise<void> {
  const list = (texts: readonly string[]) => `[${texts.map(literal).join(", ")}]`;
  const styles = STYLES.map(([before, behind]) => `{before: ${literal(before)}, behind: ${literal(behind)}}`);
  await engine.run(`COPY (
    SELECT i, gold, CASE WHEN long THEN replace(style.before, '?', gold)
        || array_to_string(list_transform(range((12 + hash(i * 100 - 4) % 14)::INTEGER), lambda j: replace(replace(sentences[(1 + hash(i * 100 + j) % ${SENTENCES.length})::INTEGER], '#', (hash(j * 7 + i) % 997)::VARCHAR), '@', words[(1 + hash(i * 31 + j) % len(words))::INTEGER])), ' ')
        || replace(style.behind, '?', gold) ELSE gold END AS raw
    FROM (
      SELECT i, i % 5 = 0 AS long, chr(65 + (hash(i * 100 - 1) % 5)::INTEGER) AS gold,
        [${styles.join(", ")}][(1 + hash(i * 100 - 2) % ${STYLES.length})::INTEGER] AS style, ${list(SENTENCES)} AS sentences, ${list(FINDINGS)} AS words
      FROM range(${ROWS}) numbers(i)
    )
  ) TO ${file} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 20480)`);
}

async function cpuMicros(engine: Engine, sql: string): Promise<number> {
  const before = process.cpuUsage();
  await engine.rows(sql);
  const { user, system } = process.cpuUsage(before);
  return user + system;
}
