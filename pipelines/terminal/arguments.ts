import { InvalidArgumentError } from "commander";

/** Parsers of options for commander, which puts the option's name before what they say. */
type ArgumentParser = (text: string) => number;

export function wholeNumber(least = 0): ArgumentParser {
  return (text) => {
    const value = numberOf(text);
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`expected a whole number of at least ${least}.`);
  };
}

/** Of either sign, written in digits. */
export const integer: ArgumentParser = (text) => {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("expected a whole number.");
};

/** From 0 to 1, both included but where one end would mean nothing. */
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

/** `Number` takes an empty text for 0. */
function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
