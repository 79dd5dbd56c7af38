import { editBetween } from "./edit.js";
import type { MutationOperator } from "./operator.js";
import { isJsonShaped } from "./places.js";

/** Adds spaces after punctuation, or a line break at the end if there is no punctuation. */
export const whiteSpaceAdded: MutationOperator = {
  id: "white-space-added",
  kind: "harmless",
  summary: "more blanks after punctuation",
  apply: (answer) => {
    if (answer.trim() === "") return null;
    const spaced = answer.replace(/(?<=[，。；、：！？])(?=[^\s"”」』）)])|(?<=[.,;:!?] )(?=\S)/gu, " ");
    return editBetween(answer, spaced === answer ? `${answer}\n` : spaced);
  },
};

const widthGap = 0xfee0;
/** Full-width forms of ASCII except quotes and backslash, which would change a JSON string. */
const fullWidth = /[\uff01\uff03-\uff06\uff08-\uff3b\uff3d-\uff5e]/gu;
const asciiDigit = /\d/gu;

const shift = (by: number) => (character: string) => String.fromCharCode(character.charCodeAt(0) + by);

/**
 * Full-width marks and letters become ASCII; if there are none, ASCII digits become full-width. The texts stay equal
 * under Unicode's NFKC.
 */
export const widthChanged: MutationOperator = {
  id: "width-changed",
  kind: "harmless",
  summary: "full-width characters written half-width, or digits the other way round",
  apply: (answer) => {
    const narrow = answer.replace(fullWidth, shift(-widthGap));
    if (narrow !== answer) return editBetween(answer, narrow);
    // An unquoted JSON number must stay ASCII to remain a number.
    const wide = isJsonShaped(answer) ? answer : answer.replace(asciiDigit, shift(widthGap));
    return editBetween(answer, wide);
  },
};
