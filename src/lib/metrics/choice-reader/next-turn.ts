const ROLES =
  "(?:Question|QUESTION|question|Q|User|USER|user|Human|HUMAN|human|Assistant|ASSISTANT|assistant|Instruction|Student|Patient|Pergunta|Usuário|Pregunta|Usuario|Frage|Nutzer|问题|问|下一题|用户|助手|人类)";

/**
 * Source of a pattern, in JavaScript and RE2, for a line that opens another question or another speaker's turn
 * ("Question: …", "### Human: …"). What a model goes on to write there is not its answer.
 */
export const OPENS_TURN = `\\n[ #*>-]{0,6}${ROLES}[ ]?[0-9]{0,3}[*]{0,2}[ ]?[:：]`;

const opensTurn = new RegExp(OPENS_TURN, "gu");

/** Turns after which no earlier answer is looked for: a response of many is a dialogue. */
const MOST = 3;

/** What stands before each of the first turns that another question or speaker opens, the shortest first. */
export function earlierTurns(text: string): string[] {
  if (!text.includes("\n")) return [];
  const pieces: string[] = [];
  for (const { index } of text.matchAll(opensTurn)) {
    const before = text.slice(0, index);
    if (before.trim() !== "") pieces.push(before);
    if (pieces.length === MOST) break;
  }
  return pieces;
}
