import { dictionaryChinese } from "./dictionary-chinese.js";

/** 数据字典英文文字的中文；没有译文的原样返回。 */
export function tableTextInChinese(text: string): string {
  return Object.hasOwn(dictionaryChinese, text) ? (dictionaryChinese[text] as string) : text;
}
