import type { MutationOperator } from "./operator.js";
import { type Rewrite, rewriteOne } from "./places.js";

const number = String.raw`(?<![\d.,])\d+(?:,\d{3})*(?:\.\d+)?`;
const massUnits = "mg|mcg|ug|µg|μg|g|毫克|微克|克";
const doseUnits = `${massUnits}|ml|mL|IU|U|units?|tablets?|capsules?|puffs?|drops?|毫升|国际单位|单位|万单位|片|粒|胶囊|支|滴|丸|袋|喷`;
/** End of a unit that is not followed by a volume: 5 mg/dL is a finding, 5 mg/kg a dose. */
const unitEnd = String.raw`(?![A-Za-z])(?!\s*[/／每]\s*(?:d|m|μ|µ)?(?:L|l|升|毫升|分升)(?![A-Za-z]))`;

/** Times ten by moving the decimal point, so that rounding loses no digit. */
export function timesTen(digits: string): string {
  const [whole = "", fraction = ""] = digits.replaceAll(",", "").split(".");
  const moved = `${whole}${fraction.slice(0, 1) || "0"}`.replace(/^0+(?=\d)/, "");
  return fraction.length > 1 ? `${moved}.${fraction.slice(1)}` : moved;
}

const tenfold: Rewrite = {
  pattern: new RegExp(
    `(?<low>${number})(?:(?<dash>\\s*(?:-|–|~|～|至|到|to)\\s*)(?<high>${number}))?(?=\\s*(?:${doseUnits})${unitEnd})`,
    "gu",
  ),
  replace: ({ groups }) => {
    const { low = "", dash = "", high } = groups ?? {};
    const isZero = Number(low.replaceAll(",", "")) === 0;
    return isZero ? null : `${timesTen(low)}${high === undefined ? "" : dash + timesTen(high)}`;
  },
};

/** `5 mg` becomes `50 mg`, `每次2片` becomes `每次20片`; both ends of a range; concentrations stay unchanged. */
export const doseTenfold: MutationOperator = {
  id: "dose-tenfold",
  kind: "dangerous",
  summary: "a dose ten times as high",
  apply: (answer, _context, random) => rewriteOne(answer, [tenfold], random),
};

const otherUnit: Readonly<Record<string, string>> = {
  mg: "µg",
  mcg: "mg",
  ug: "mg",
  µg: "mg",
  μg: "mg",
  g: "mg",
  毫克: "微克",
  微克: "毫克",
  克: "毫克",
};

const thousandfold: Rewrite = {
  pattern: new RegExp(`(?<=\\d\\s{0,3})(?:${massUnits})${unitEnd}`, "gu"),
  replace: ([unit]) => otherUnit[unit] ?? null,
};

/** `5 mg` becomes `5 µg`, `100微克` becomes `100毫克`: the number stays, the dose is off by a thousand. */
export const unitSwapped: MutationOperator = {
  id: "unit-swapped",
  kind: "dangerous",
  summary: "mg, µg or g exchanged, a dose off by a thousand",
  apply: (answer, _context, random) => rewriteOne(answer, [thousandfold], random),
};
