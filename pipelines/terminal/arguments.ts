import { InvalidArgumentError } from "commander";

/** Parsers of option values for commander, which puts the option's name before their messages. */
type ArgumentParser = (text: string) => number;

export function wholeNumber(least = 0, most = Number.MAX_SAFE_INTEGER): ArgumentParser {
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
    const range = most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of at least ${least}`;
    throw new InvalidArgumentError(`expected a whole number ${range}.`);
  };
}

/** A whole number of either sign, in digits. */
export const integer: ArgumentParser = (text) => {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number.");
};

/** A number from 0 to 1; an end that makes no sense can be excluded. */
export function share({ zero = true, one = true } = {}): ArgumentParser {
  return (text) => {
    const value = numberOf(text);
    if (value >= 0 && value <= 1 && (zero || value > 0) && (one || value < 1)) return value;
    const ends = [...(zero ? [] : ["above 0"]), ...(one ? [] : ["below 1"])];
    throw new InvalidArgumentError(`expected a number from 0 to 1${ends.map((end) => `, ${end}`).join("")}.`);
  };
}

export const dollars: ArgumentParser = (text) => {
  const value = numberOf(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError("expected an amount in US dollars such as 0.4.");
};

/** `Number` reads an empty string as 0, and knows other bases. */
function numberOf(text: string): number {
  return /^-?(\d+\.?\d*|\.\d+)(e-?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;
}
