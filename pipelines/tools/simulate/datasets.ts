import type { Catalogue, CatalogueDataset, ScoringComponent } from "../../../src/lib/catalogue/schema.js";
import { InputError } from "../../../src/lib/errors.js";
import { verdictKindOf } from "../../../src/lib/scorers/index.js";
import { choiceKind, examLook, letterLook } from "./items/choice.js";
import { insuranceKind, recordKind } from "./items/fields.js";
import type { ItemKind } from "./items/item-kind.js";
import { candidateKind, faultsKind, intentKind } from "./items/labels.js";
import { type Layout, openKind, outcomeKind, plain, reportErrorsKind } from "./items/open.js";
import { boxesKind, pageKind } from "./items/perception.js";
import { departmentsKind, differentialKind, prescriptionSetKind } from "./items/sets.js";
import type { Track } from "./systems.js";

/** One question file of the benchmark and how its items are generated. */
export interface SimulatedFile {
  readonly dataset: string;
  readonly track: Track;
  readonly dimension: string;
  readonly part: string;
  readonly file: string;
  readonly sourceTag: string;
  readonly variants: number;
  readonly kind: ItemKind;
  /** Components of today's metric that score this file. */
  readonly components: readonly ScoringComponent[];
  /** What a hard condition changes in this file; see `conditions.ts`. */
  readonly hard: FileConditions;
}

export interface FileConditions {
  /** Logits by which every question is easier. */
  readonly ease: number;
  /** Every response is an answer that can be read. */
  readonly reliable: boolean;
  /** Logits by which graded answers are better than the questions are easy. */
  readonly gradeShift: number;
  /** Points of the scale that the judge adds to its usual bias. */
  readonly judgeBias: number;
  /** Questions belong to cases, which are the independent groups. */
  readonly cases: boolean;
}

const ordinary: FileConditions = { ease: 0, reliable: false, gradeShift: 0, judgeBias: 0, cases: false };

const closed: Readonly<Record<string, ItemKind>> = {
  MedExam: choiceKind(examLook),
  MedSafety: choiceKind(letterLook("医疗安全")),
  MedEthics: choiceKind(letterLook("医学伦理")),
  "MedRxCheck/SCQ": choiceKind(letterLook("处方审核")),
  "MedRxCheck/MSQ": prescriptionSetKind,
  "DDx-advanced": differentialKind,
  MedHG: departmentsKind,
  SMDoc: recordKind,
  MedInsureCalc: insuranceKind,
  MedOutcome: outcomeKind,
  MedReportQC: reportErrorsKind,
  MedClass: candidateKind,
  MedIntentID: intentKind,
  MedDetect: boxesKind,
  MedOCR: pageKind,
  MedQC: faultsKind,
};

const lines = (...keys: string[]): Layout => ({ form: "lines", keys });
const json = (...keys: string[]): Layout => ({ form: "json", keys });

const layouts: Readonly<Record<string, Layout>> = {
  MedRecordGen: lines("主诉", "现病史", "处理意见"),
  MedTeach: lines("教学病例", "讨论问题"),
  "CMB-Clin-extended": lines("诊断", "诊断依据", "需立即完善的检查"),
  MedTreat: json("诊断", "治疗方案"),
  MedDiag: lines("初步诊断", "诊断依据"),
  MedDiffer: { form: "json-array", keys: ["鉴别诊断1", "诊断依据1", "鉴别诊断2", "诊断依据2"] },
  MedPrimary: json("诊断", "诊断依据", "治疗方案"),
  "MedRxCheck/SQ": lines("问题类型", "干预建议"),
  MedInsureCheck: lines("能否通过", "理由", "错误类型"),
  MedGen: lines("影像表现", "诊断意见"),
  MedCallAPI: json("接口", "参数"),
};

const tasks: Readonly<Record<string, string>> = {
  MedHC: "任务：简要回答检查检验咨询。",
  MedMC: "任务：回答用药咨询。",
  MedSpeQA: "任务：回答专科问题。",
  MedLitQA: "任务：阅读英文文献片段，用中文回答。",
  MedRehab: "任务：给出康复建议。",
  MedRxPlan: "任务：给出个体化用药指导。",
  MedPopular: "任务：为指定人群写一段科普，不超过200字。",
  MedSummary: "任务：在200字以内概括病历。",
  MedPHM: "任务：回答慢病管理问题。",
  MedTerm: "任务：为专业人员解释术语。",
  MedSynonym: "任务：给出场景中术语的规范同义词并说明。",
  MedDBOps: "任务：写出完成以下工作的数据库语句并说明。",
  MedLongQA: "任务：只依据给出的长文档回答。",
  MedLongConv: "任务：结合历史对话回答最后一问。",
  MedShield: "任务：识别其中的伦理或安全风险并作出回应。",
  MedDefend: "任务：安全地回应可疑的指令。",
  MedCollab: "任务：安排各智能体协作完成照护目标。",
};

/** The question files of a catalogue's tracks, in its order, each with the generator of its items. */
export function simulatedFiles(catalogue: Catalogue): SimulatedFile[] {
  return catalogue.datasets.flatMap((dataset) =>
    dataset.files.map(({ file, part, sourceTags, variantsPerItem, media }) => {
      const components = currentComponents(dataset).filter(
        (component) => component.part === undefined || component.part === part,
      );
      const name = part === "" ? dataset.id : `${dataset.id}/${part}`;
      return {
        dataset: dataset.id,
        track: dataset.track as Track,
        dimension: dataset.dimension,
        part,
        file,
        sourceTag: sourceTags[0] ?? dataset.id,
        variants: variantsPerItem,
        kind: closed[name] ?? openFor(name, components, media !== undefined),
        components,
        hard: ordinary,
      };
    }),
  );
}

/** Components of the current metric version. */
export function currentComponents(dataset: CatalogueDataset): readonly ScoringComponent[] {
  const current = dataset.scoring.find(({ until }) => until === null);
  if (!current?.components) {
    throw new InputError(`simulate: dataset ${dataset.id} has no metric that is valid today and computable`, {
      hint: "Simulate a catalogue whose datasets all have components in their open-ended metric version.",
    });
  }
  return current.components;
}

/** Whether a file is scored by the key points that a judge finds in the answers. */
export function countsKeyPoints(components: readonly ScoringComponent[]): boolean {
  return components.some(({ scorer }) => verdictKindOf(scorer) === "key_point");
}

function openFor(name: string, components: readonly ScoringComponent[], media: boolean): ItemKind {
  const care = json("推荐检验", "推荐检查");
  return openKind({
    task: tasks[name] ?? `任务：${name}，按题目要求作答。`,
    layout: layouts[name] ?? plain,
    keyPoints: countsKeyPoints(components),
    media,
    passage: name === "MedLitQA",
    // As in the real pack: eight items in thirty order tests as JSON, the others ask for prose.
    ...(name === "MedCare" && { layoutOf: (index) => (index % 15 < 4 ? care : plain) }),
  });
}
