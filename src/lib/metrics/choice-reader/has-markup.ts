export const hasBox = (text: string) => text.includes("boxed");
export const hasAngle = (text: string) => text.includes("<");
/** A quotation mark before a colon, as in JSON. */
export const hasField = (text: string) => (text.includes('"') || text.includes("'")) && FIELD.test(text);
const FIELD = /["'] ?:/u;

/** Whether LaTeX's box, a tag or a field of JSON may announce a letter. */
export const hasMarkup = (text: string) => hasBox(text) || hasAngle(text) || hasField(text);
