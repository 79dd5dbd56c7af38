const thousands = /^([+-]?)(\d{1,3}(?:,\d{3})+)(\.\d+)?$/u;
const plain = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/iu;

/** Minus signs and dashes that people and models type for "-". */
export const minusSigns = /[−–—﹣－]/gu;

/**
 * Reads a text that is a number and nothing else: sign, digits, decimal point, thousands commas, exponent, with
 * currency marks (元, ¥, ￥, RMB, 人民币) dropped; null for anything else, such as `120/80`, `12,34` or `3-5`.
 */
export function parsePlainNumber(text: string): number | null {
  const bare = text
    .normalize("NFKC")
    .replace(minusSigns, "-")
    .replace(/\s+/gu, "")
    .replace(/^(?:人民币|RMB|CNY|¥)/iu, "")
    .replace(/(?:元|RMB|CNY)$/iu, "");
  const number = thousands.test(bare) ? bare.replaceAll(",", "") : bare;
  if (!plain.test(number)) return null;
  const value = Number(number);
  return Number.isFinite(value) ? value : null;
}
