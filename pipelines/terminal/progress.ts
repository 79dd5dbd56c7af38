import { MultiBar, Presets } from "cli-progress";

/** Progress of one long task: on a terminal a bar with the time left, elsewhere a plain line at each tenth. */
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
  /** Prints no plain lines for tasks that finish within this many milliseconds. Default 1,000. */
  readonly quietMs?: number;
}

export function startProgress(
  label: string,
  { unit, total, stream = process.stderr, quietMs = 1000 }: ProgressOptions,
): Progress {
  return stream.isTTY
    ? barProgress(label, unit, total, stream)
    : lineProgress(label, { unit, total, stream, quietMs });
}

function barProgress(label: string, unit: string, total: number, stream: NodeJS.WriteStream): Progress {
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
    say: (text) => bars.log(`${label}: ${text}\n`),
    end: () => bars.stop(),
  };
}

function lineProgress(label: string, { unit, total, stream, quietMs }: Required<ProgressOptions>): Progress {
  const start = performance.now();
  let lastTenth = 0;
  return {
    step: (done) => {
      const tenth = total === 0 ? 10 : Math.floor((done / total) * 10);
      if (tenth <= lastTenth || tenth >= 10 || performance.now() - start < quietMs) return;
      lastTenth = tenth;
      stream.write(`${label}: ${done} of ${total} ${unit}\n`);
    },
    say: (text) => {
      stream.write(`${label}: ${text}\n`);
    },
    end: () => {},
  };
}
