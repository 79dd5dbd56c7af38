import { CheckError } from "../../src/lib/errors.js";
import { ModelCallError } from "./call-error.js";
import type { RunCounts } from "./run-options.js";

const again = "Then run the same command again: it continues where it stopped.";

/** The server did not reply in all attempts that it gets. */
export function stillFailing(
  { message, hint, failure, retryAfterMs, cause }: ModelCallError,
  calls: number,
  { hasReplied }: { readonly hasReplied: boolean },
): ModelCallError {
  const times = calls === 1 ? "" : ` (${calls} times in a row)`;
  const pauses = retryAfterMs === null ? "" : ", although medbench waited as long as the server asked";
  const since = hasReplied ? "; it had replied before" : "";
  return new ModelCallError(`${message}${times}${pauses}${since}`, {
    scope: "all",
    failure,
    mayBePaid: false,
    hint: `${hint === undefined ? "" : `${hint} `}${again}`,
    cause,
  });
}

export function tooLongWait({ message, hint }: ModelCallError, retryAfterMs: number): ModelCallError {
  return new ModelCallError(
    `${message}; the server asks to wait ${Math.ceil(retryAfterMs / 60_000)} minutes`,
    {
      scope: "all",
      mayBePaid: false,
      hint: `Run the command again after that; it continues where it stopped.${hint === undefined ? "" : ` ${hint}`}`,
    },
  );
}

/** The server replies, but never in the form that was asked for. */
export function noVerdict(name: string, { lastProblem }: RunCounts): ModelCallError {
  return new ModelCallError(`${name}: no reply so far has the form that was asked for (${lastProblem})`, {
    scope: "all",
    mayBePaid: false,
    hint: "Look at the replies in the journal. Another --format, more --max-tokens or a model that follows instructions may help.",
  });
}

/**
 * Checks that a run that had something to ask got at least one answer.
 *
 * @throws CheckError that says why nothing was answered
 */
export function requireAnswers(name: string, counts: RunCounts): void {
  const { distinct, known, answered, calls, unreadable, unanswered, overBudget, lastProblem } = counts;
  const toAsk = distinct - known;
  if (answered > 0 || toAsk === 0) return;
  if (calls === 0 && overBudget > 0) {
    throw new CheckError(`${name}: nothing was asked: the budget does not allow another request`, {
      hint: `${overBudget} requests wait. Raise --budget or --max-requests.`,
    });
  }
  if (calls === 0) {
    if (known > 0) return;
    throw new CheckError(
      `${name}: nothing was asked: every reply to the remaining ${unreadable} requests was unreadable in earlier runs`,
      { hint: "A request is asked three times. Another model or another --format is another request." },
    );
  }
  const why = lastProblem === null ? "" : `: ${lastProblem}`;
  const ends = [
    unanswered > 0 && `${unanswered} without a reply`,
    unreadable > 0 && `${unreadable} with replies of the wrong form`,
    overBudget > 0 && `${overBudget} not asked within the budget`,
  ].filter(Boolean);
  throw new CheckError(`${name}: none of ${toAsk} requests was answered (${ends.join(", ")})${why}`, {
    hint: again.replace("Then run", "Correct the cause, then run"),
  });
}
