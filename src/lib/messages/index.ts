// Reasons and subjects that tables store as codes, and their sentences in English and Chinese

export type { Message, MessageCode, ParametersOf } from "./codes.js";
export { readMessage } from "./message.js";
export { type Language, renderMessage, renderStored } from "./render.js";
