import type { MutationOperator } from "./operator.js";
import { inCaseOf, type Rewrite, rewriteOne } from "./places.js";

const opposite: Readonly<Record<string, string>> = { 左: "右", 右: "左", left: "right", right: "left" };

/** 左右 means "about"; before these characters 左 or 右 is part of a drug's name (左氧氟沙星, 右美托咪定). */
const chinese: Rewrite = {
  pattern: /左(?!右|氧|旋|甲状腺素|西|卡|乙拉|炔|舒|布|羟)|(?<!左)右(?!美|旋|佐|丙|雷|酮|兰|芬|苯|哌)/gu,
  replace: ([side]) => opposite[side] ?? null,
};

const bodyParts =
  "upper|lower|side|sided|arm|leg|hand|foot|feet|palm|eye|ear|lung|kidney|breast|ovary|testis|testicle|hip|knee|ankle|shoulder|elbow|wrist|thigh|calf|groin|flank|chest|abdomen|lobe|hemisphere|ventricle|ventricular|atrium|atrial|bundle|coronary|iliac|femoral|renal|carotid|subclavian|jugular|pleural|temporal|frontal|parietal|occipital|main|middle|heart|limb|hemi\\w+|adrenal|ureter|ureteral|inguinal|facial|mandible|maxilla|cheek";

/** Only before a part of the body: "right away" and "left untreated" name no side. */
const english: Rewrite = {
  pattern: new RegExp(`\\b(?:left|right)(?=[ -](?:${bodyParts})s?\\b)`, "giu"),
  replace: ([side]) => inCaseOf(side, opposite[side.toLowerCase()] ?? ""),
};

/** `左肺` becomes `右肺`, "right kidney" becomes "left kidney", in one place. */
export const sideSwapped: MutationOperator = {
  id: "side-swapped",
  kind: "dangerous",
  summary: "left and right exchanged in one place",
  apply: (answer, _context, random) => rewriteOne(answer, [chinese, english], random),
};
