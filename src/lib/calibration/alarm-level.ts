import { InputError } from "../errors.js";

/** Options of `alarmLevel`. */
export interface AlarmLevelOptions {
  /** Chance of any alarm on any of the charts, ever, if nothing drifts; in (0, 1). Default 0.05. */
  readonly falseAlarmRate?: number;
  /** Charts that share this chance: those that are watched together. Default 1. */
  readonly charts?: number;
}

/** A quarter of the rate goes to the first look, four fifths to the first twelve, the rest to all later ones. */
const pace = 3;

/**
 * Significance level of one look at one chart of a panel: an equal share of the false-alarm rate for each chart, spent over
 * its looks as rate * 3 / ((look + 2) (look + 3)). The levels of all looks, however many there will be, add up to the rate, so the
 * chance of any false alarm on the whole panel never exceeds it (Bonferroni: looks that share a baseline may depend on each
 * other), and a look's level does not change when later ones are added.
 *
 * @param look 1 for the first comparison with the baseline, 2 for the next, ...
 * @throws InputError if the rate is outside (0, 1), or a look or the number of charts is not a positive integer
 * @see Foster & Stine (2008), doi:10.1111/j.1467-9868.2007.00643.x, for spending a level on a sequence without an end
 * @example alarmLevel(1) // 0.05 / 4
 */
export function alarmLevel(
  look: number,
  { falseAlarmRate = 0.05, charts = 1 }: AlarmLevelOptions = {},
): number {
  const whole = (n: number) => Number.isInteger(n) && n >= 1;
  if (!(falseAlarmRate > 0 && falseAlarmRate < 1) || !whole(look) || !whole(charts)) {
    throw new InputError(
      `alarmLevel: falseAlarmRate must be in (0, 1), look and charts integers >= 1; got ${falseAlarmRate}, ${look} and ${charts}`,
    );
  }
  return ((falseAlarmRate / charts) * pace) / ((look + pace - 1) * (look + pace));
}
