import { MultiBar, Presets } from "cli-progress";
import { shortDuration } from "../../src/lib/util/duration.js";
import { printable } from "./printable.js";
import { isQuiet } from "./quiet.js";

/** Progress of one long task: on a terminal a bar with the time left, elsewhere a line now and then. Nothing with `--quiet`. */
export interface Progress {
  step(done: number): void;
  /** Prints a line of its own, for a single step that takes long. */
  say(text: string): void;
  end(): void;
}

export interface ProgressOptions {
  readonly unit: string;
  readonly total: number;
  readonly stream?: NodeJS.WriteStream;
  /** Milliseconds before the first plain line. Default 3,000: short tasks print none. */
  readonly firstMs?: number;
  /** Milliseconds between plain lines. Default 10,000. */
  readonly everyMs?: number;
}

const silent: Progress = { step: () => {}, say: () => {}, end: () => {} };

export function startProgress(label: string, options: ProgressOptions): Progress {
  if (isQuiet()) return silent;
  const { stream = process.stderr } = options;
  // A terminal without cursor movements cannot show a bar.
  const hasBar = stream.isTTY && process.env["TERM"] !== "dumb";
  return hasBar ? barProgress(label, options, stream) : lineProgress(label, options, stream);
}

function barProgress(label: string, { unit, total }: ProgressOptions, stream: NodeJS.WriteStream): Progress {
  const bars = new MultiBar(
    {
      stream,
      format: `${label} {bar} {value}/{total} ${unit}, {eta_formatted} left`,
      clearOnComplete: true,
      hideCursor: true,
    },
    Presets.shades_classic,
  );
  const bar = bars.create(total, 0);
  return {
    step: (done) => bar.update(done),
    say: (text) => bars.log(`${label}: ${printable(text)}\n`),
    end: () => bars.stop(),
  };
}

/** A timer prints lines as well, a little later than a step would, so that one long step does not look like the end. */
function lineProgress(
  label: string,
  { unit, total, firstMs = 3000, everyMs = 10_000 }: ProgressOptions,
  stream: NodeJS.WriteStream,
): Progress {
  const start = performance.now();
  let next = start + firstMs;
  let done = 0;
  const show = (patienceMs = 0) => {
    const now = performance.now();
    if (now < next + patienceMs || done >= total) return;
    next = now + everyMs;
    const left =
      done === 0 ? "" : `, about ${shortDuration(((total - done) * (now - start)) / done / 1000)} left`;
    stream.write(`${label}: ${done} of ${total} ${unit}${left}\n`);
  };
  const timer = setInterval(() => show(1000), 1000);
  timer.unref();
  return {
    step: (steps) => {
      done = steps;
      show();
    },
    say: (text) => {
      stream.write(`${label}: ${printable(text)}\n`);
    },
    end: () => clearInterval(timer),
  };
}
