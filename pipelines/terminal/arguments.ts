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

/** Of either sign. */
export const integer: ArgumentParser = (text) => {
  const value = numberOf(text);
  if (Number.isSafeInteger(value)) return value;
  throw new InvalidArgumentError("expected a whole number.");
};

/** From 0 to 1, both included. */
export const share: ArgumentParser = (text) => {
  const value = numberOf(text);
  if (value >= 0 && value <= 1) return value;
  throw new InvalidArgumentError("expected a number from 0 to 1.");
};

export const dollars: ArgumentParser = (text) => {
  const value = numberOf(text);
  if (Number.isFinite(value) && value >= 0) return value;
  throw new InvalidArgumentError("expected an amount in US dollars such as 0.4.");
};

/** `Number` takes an empty text for 0. */
function numberOf(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}
