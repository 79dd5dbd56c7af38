import { InputError } from "../../src/lib/errors.js";

/** Parser of an option that takes a whole number, for commander. */
export function wholeNumber(option: string, least = 0): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InputError(
      `${option} is ${JSON.stringify(text)}, expected a whole number of at least ${least}`,
    );
  };
}
