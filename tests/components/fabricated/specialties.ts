import type { TaxonomyDocument } from "../../../src/components/documents.js";
import type { ReleasedRow } from "../../../src/lib/records/released-tables.js";

const specialtyNames = [
  "Cardiology 心血管内科",
  "Respiratory medicine 呼吸内科",
  "Gastroenterology 消化内科",
  "Neurology 神经内科",
  "Nephrology 肾脏内科",
  "Endocrinology 内分泌科",
  "Haematology 血液内科",
  "Rheumatology 风湿免疫科",
  "Infectious diseases 感染科",
  "General surgery 普通外科",
  "Orthopaedics 骨科",
  "Neurosurgery 神经外科",
  "Urology 泌尿外科",
  "Thoracic surgery 胸外科",
  "Obstetrics and gynaecology 妇产科",
  "Paediatrics 儿科",
  "Ophthalmology 眼科",
  "Ear, nose and throat 耳鼻咽喉科",
  "Stomatology 口腔科",
  "Dermatology 皮肤科",
  "Psychiatry 精神科",
  "Oncology 肿瘤科",
  "Emergency medicine 急诊医学科",
  "Traditional Chinese medicine 中医科",
];

/** Sizes from none to large, so that empty and thin cells are there. */
export function specialtySize(code: string): number {
  const [primary = 0, secondary = 0] = code.split(".").map(Number);
  return secondary === 0 ? ((primary * 37) % 120) + 8 : (primary * 7 + secondary * 11) % 48;
}

export const taxonomy: TaxonomyDocument = specialtyNames.flatMap(taxonomyOf);

export const coverage: readonly ReleasedRow<"specialty_coverage">[] = [
  ...taxonomy.map(({ code, level }) => ({
    benchmark: "medbench-v4",
    pool: "upload-2026-03",
    level,
    specialty: code,
    n_items: specialtySize(code),
    n_groups: specialtySize(code),
    n_datasets: Math.min(36, Math.ceil(specialtySize(code) / 4)),
  })),
  {
    benchmark: "medbench-v4",
    pool: "upload-2026-03",
    level: "primary",
    specialty: "",
    n_items: 212,
    n_groups: 212,
    n_datasets: 22,
  },
];

function taxonomyOf(text: string, index: number): TaxonomyDocument[number][] {
  const zh = text.slice(text.lastIndexOf(" ") + 1);
  const en = text.slice(0, text.lastIndexOf(" "));
  const code = String(index + 1).padStart(2, "0");
  return [
    { code, level: "primary" as const, parent: null, name: { en, zh } },
    ...[1, 2, 3].map((number) => ({
      code: `${code}.0${number}`,
      level: "secondary" as const,
      parent: code,
      name: { en: `${en}, subspecialty ${number}`, zh: `${zh}亚专科${number}` },
    })),
  ];
}
