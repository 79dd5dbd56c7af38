// cspell:ignore safty alpa settngs scor theer foldr strit tinny judgd peple frst
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { createProgram } from "../../pipelines/commands/program.js";
import { reportError } from "../../pipelines/terminal/report-error.js";
import { temporaryFolder } from "../stages/ingest/workspace.js";
import { smallWorkspace } from "../stages/score/small-benchmark.js";

/** Wrong values of an option, and what the refusal says. */
interface Wrong {
  readonly values: readonly string[];
  readonly says: RegExp;
  /** What else is on the command line. Default: what the command needs. */
  readonly with?: readonly string[];
}

/** A folder with a file `there.txt` and a folder `folder`; filled in when the tests run. */
const place = { folder: "", workspace: "" };
const at = (text: string) => text.replace("@", place.folder).replace("%", place.workspace);

const wrong = (values: readonly string[], says: RegExp, more?: readonly string[]): Wrong => ({
  ...{ values, says },
  ...(more === undefined ? {} : { with: more }),
});
const empty = wrong(["", " "], /is empty/);
const readFile = [
  empty,
  wrong(["@/theer.txt"], /no file .*\n.*Did you mean ".*there\.txt"/),
  wrong(["@/nowhere/x.txt"], /no file/),
  wrong(["@/folder"], /is a folder, expected a file/),
];
const readPath = [empty, wrong(["@/foldr"], /no file or folder .*\n.*Did you mean ".*folder"/)];
const writtenFile = [
  empty,
  wrong(["@/folder"], /is a folder/),
  wrong(["@/foldr/x"], /no folder .*\n.*Did you mean ".*folder"/),
];
const writtenFolder = [empty, wrong(["@/there.txt"], /is a file, expected a folder/)];
const workspace = [
  empty,
  wrong(["@/foldr"], /no folder .*\n.*Did you mean ".*folder"/),
  wrong(["@/there.txt"], /is a file, expected a folder/),
];
const newWorkspace = [empty, wrong(["@/there.txt"], /is a file, expected a folder/)];
const number = (...outOfRange: readonly string[]) => [
  wrong(["x", "", " ", "1.5", "1e3", "0x10", "NaN", ...outOfRange], /expected a whole number/),
];
const share = (...more: readonly string[]) => [
  wrong(["x", "", "-0.1", "1.1", "95", "0x1", "NaN", ...more], /expected a number from 0 to 1/),
];
const dollars = [wrong(["x", "", "-1", "Infinity"], /expected an amount in US dollars/)];
const choice = wrong(["x", ""], /Allowed choices are/);
const url = [empty, wrong(["localhost:8000", "x", "ftp://x"], /is no address of a server/)];
const month = [
  empty,
  wrong(["2025-3", "2025", "march", "2025-13", "2025-00", "2025-03-01"], /expected a month such as 2025-03/),
];
/** Any text is possible, because it becomes a name or is a query. */
const anyText = [empty];

const asking = {
  "--base-url": url,
  "--concurrency": number("0", "-1"),
  "--requests-per-minute": number("0"),
  "--tokens-per-minute": number("0"),
  "--price-in": dollars,
  "--price-out": dollars,
  "--budget": dollars,
  "--max-requests": number("-1"),
  "--timeout-s": number("0"),
  "--format": [choice],
};
const gatePolicy = [
  empty,
  wrong(
    ["strit"],
    /no policy or file "strit"\n.*Did you mean "strict"\? Known policies: withhold, strict, warn/,
  ),
  wrong(["@/folder"], /is a folder/),
];
const rubric = [
  empty,
  wrong(["clinical5x"], /no rubric .*\n.*Did you mean "clinical-5"\? Known rubrics: /),
  wrong(["@/no.json"], /no file/),
];
const dataset = [empty, wrong(["judgd"], /no dataset "judgd"\n.*Did you mean "judged"\? Known datasets: /)];
const run = [empty, wrong(["alpha.llm.api.q"], /no run .*\n.*Did you mean "alpha.llm.api.p"\? Known runs: /)];
const stage = { "--workspace": workspace };

/** Every argument of every command, and every option with a value. */
const commands: Readonly<Record<string, Readonly<Record<string, readonly Wrong[]>>>> = {
  ingest: {
    path: readPath,
    "--role": [choice, wrong(["questions"], /--role without a path/, [])],
    "--mapping": [...readFile, wrong(["@/there.txt"], /--mapping without a path/, [])],
    "--system": [empty, wrong(["x"], /--system without a path/, [])],
    "--board": [choice, wrong(["api"], /--board without a path/, [])],
    "--pool": [empty, wrong(["x"], /--pool without a path/, [])],
    "--catalogue": [
      ...readFile,
      wrong(["@/there.txt"], /--catalogue without a path/, []),
      wrong(["@/there.txt"], /--catalogue: not used for .*cycle.yaml/, ["@/cycle"]),
    ],
    "--replace": [wrong([], /--replace without a path/, [])],
    "--workspace": newWorkspace,
  },
  init: {
    path: readPath,
    "--out": [
      wrong(["", " "], /is empty/, ["@/sheet.csv"]),
      wrong(["@/there.txt"], /is a file, expected a folder/, ["@/sheet.csv"]),
    ],
    "--name": anyText,
    "--name-zh": anyText,
    "--id": anyText,
    "--pool": anyText,
    "--column": [empty, wrong(["item", "itm=item", "item=itm"], /--column/)],
    "--systems": [empty, wrong(["itm"], /no column "itm"\n.*Did you mean "item"/)],
    "--system": anyText,
    "--dataset": anyText,
    "--scale": [empty, wrong(["x", "10-0"], /--scale/)],
    "--grades": [empty, wrong(["peple"], /--grades/)],
    "--repeats": [empty, wrong(["frst"], /--repeats/)],
    "--blanks": [empty, wrong(["zero"], /--blanks is "zero", expected left-out or wrong/)],
    "--decimal": [empty, wrong([","], /--decimal is ",", expected comma or point/)],
    "--workspace": newWorkspace,
    "--first-option": [empty, wrong(["2", "x"], /--first-option/)],
  },
  run: {
    "--source": readPath,
    "--workspace": newWorkspace,
    "--out": writtenFolder,
    "--study": readFile,
    "--gate-policy": gatePolicy,
  },
  sources: {
    action: [choice],
    path: [wrong([""], /is empty/, ["remove"]), wrong(["nope"], /nope/, ["remove"])],
    "--workspace": workspace,
    "--role": [choice],
  },
  judges: {
    action: [choice],
    name: [wrong([""], /is empty/, ["pin"]), wrong(["jj"], /no judge "jj"/, ["pin"])],
    "--workspace": workspace,
  },
  simulate: {
    "--out": writtenFolder,
    "--size": [empty, wrong(["tinny", "responses=x"], /no size .*\n.*Known sizes: tiny, small, medium/)],
    "--seed": [wrong(["x", "", "1.5"], /expected a whole number/)],
    "--hard": [
      empty,
      wrong(["perfect-safty", "few-ratings,,x"], /no condition .*\n.*Known conditions: perfect-safety/),
    ],
    "--systems": [wrong(["0", "16", "-1", "x", ""], /from 1 to 15|expected a whole number/)],
  },
  judge: {
    ...asking,
    "--workspace": workspace,
    "--client": [choice],
    "--model": anyText,
    "--judge": [empty, wrong(["x", "x=", "=m@http://x", "x=m@y"], /--judge/)],
    "--judges": readFile,
    "--rubric": rubric,
    "--repeats": number("0"),
    "--shuffle-points": number("-1"),
    "--max-tokens": number("0"),
    "--run": run,
    "--dataset": dataset,
    "--batch-out": writtenFile,
    "--batch-in": readFile,
  },
  "judge-server": {
    "--port": number("-1", "65536"),
    "--latency-ms": number("-1"),
    "--script": readFile,
  },
  "rating-packet": {
    "--workspace": workspace,
    "--out": writtenFolder,
    "--packet": anyText,
    "--size": number("0"),
    "--raters": [wrong(["0", "-1", "1.5", ""], /--raters/)],
    "--overlap": share(),
    "--dataset": dataset,
    "--run": run,
    "--seed": number("-1"),
    "--rubric": rubric,
    "--criterion": [empty, wrong(["safty"], /no criterion "safty"/, ["--plan"])],
    "--kappa": share("1"),
    "--half-width": share("0"),
    "--disagreements": [wrong(["x", "", "0.5,-0.5", "0.5,x"], /--disagreements/)],
  },
  calibrate: {
    ...stage,
    "--target": share(),
    "--floor": share(),
    "--fdr": share("0", "1"),
    "--minimum-items": number("1"),
    "--epsilon": share(),
    "--false-alarms": share("0", "1"),
    "--baseline": [
      empty,
      wrong(["j | r/2", "Qwen | x"], /no judge version .*\n.*Known judge versions: j \| r\/1/),
    ],
    "--anchor": readFile,
    "--study": readFile,
  },
  "stress-judge": {
    ...asking,
    "--workspace": workspace,
    "--judge-client": [choice],
    "--model": anyText,
    "--rubric": rubric,
    "--dataset": dataset,
    "--seed": number("-1"),
    "--limit": number("0", "-1"),
    "--margin": share("1"),
    "--edits": writtenFile,
  },
  gate: { ...stage, "--gate-policy": gatePolicy },
  release: { ...stage, "--minimum-groups": number("-1"), "--gate-policy": gatePolicy },
  publish: {
    "--workspace": workspace,
    "--out": writtenFolder,
    "--serve": [wrong(["x", "65536", "-1", "1.5"], /takes a port from 0 to 65535/), empty],
  },
  sql: {
    query: anyText,
    "--workspace": workspace,
    "--file": readFile,
    "--parquet": writtenFile,
  },
  compare: {
    first: [empty, wrong(["alpa"], /no run or system "alpa"\n.*Did you mean "alpha"/)],
    second: [
      empty,
      wrong(["beta.llm.api.q"], /no run or system .*\n.*Did you mean "beta.llm.api.p"/, ["alpha"]),
    ],
    "--workspace": workspace,
    "--condition": [empty, wrong(["bse"], /no answers under condition "bse"\n.*Did you mean "base"/)],
    "--except": [empty, wrong(["settngs"], /no identity field "settngs"\n.*Did you mean "settings"/)],
  },
  "audit-items": {
    "--workspace": workspace,
    "--pool": [empty, wrong(["pp"], /no pool "pp"\n.*Known pools: /)],
    "--track": [empty, wrong(["lmm"], /no track "lmm"\n.*Did you mean "llm"/)],
    "--dataset": dataset,
    "--right-from": share("0"),
  },
  read: {
    file: readFile,
    "--languages": [empty, wrong(["enn", "en,xx", "en,"], /no language .*\n.*Known languages: /)],
    "--expected": readFile,
  },
  "roll-up": { file: readFile, "--catalogue": readFile },
  verify: { "--workspace": workspace },
  oracles: { path: readPath },
  score: {
    ...stage,
    "--judge": [empty, wrong(["jj"], /no judge "jj"\n.*Known judges with verdicts: j/)],
    "--as-of": month,
  },
  aggregate: { ...stage, "--seed": number("-1"), "--replicates": number("0", "99") },
  completion: { shell: [wrong(["", "sh"], /Allowed choices are bash, zsh, fish/)] },
  // Takes what somebody has typed so far, which may be empty or a part of a name.
  complete: { words: [] },
  help: { command: [wrong(["scor"], /unknown command 'scor'[\s\S]*Did you mean score/)] },
};

/** Arguments and options that a command needs for a wrong one to be looked at. */
const needed: Readonly<Record<string, readonly string[]>> = {
  ingest: ["@/there.txt"],
  init: ["@/sheet.csv", "--yes", "--force", "--out", "@/init"],
  simulate: ["--out", "@/new"],
  judge: ["--dry-run"],
  "judge-server": ["--stub"],
  compare: ["alpha", "beta"],
  read: ["@/there.txt"],
  "roll-up": ["@/there.txt"],
  oracles: ["@/folder"],
};

/** The command line with a wrong value for one argument or option; `more` replaces what the command needs. */
function lineOf(
  command: string,
  name: string,
  value: string | null,
  more: readonly string[] | undefined,
): string[] {
  const known = createProgram().commands.find((one) => one.name() === command);
  const hasWorkspace = known?.options.some(({ long }) => long === "--workspace") && name !== "--workspace";
  const place = hasWorkspace ? ["--workspace", "%"] : [];
  const given = value === null ? [] : [value];
  if (!name.startsWith("--")) return [command, ...(more ?? []), ...given, ...place].map(at);
  const base = more ?? needed[command] ?? [];
  // A variadic option takes everything behind it.
  return [command, ...(base.includes(name) ? [] : base), ...place, name, ...given].map(at);
}

async function exitOf(args: readonly string[]): Promise<{ code: number; said: string }> {
  let said = "";
  const write = (text: string | Uint8Array) => {
    said += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stderr, "write").mockImplementation(write),
    vi.spyOn(process.stdout, "write").mockImplementation(() => true),
  ];
  const program = createProgram();
  for (const command of [program, ...program.commands])
    command.configureOutput({ writeErr: write, writeOut: () => {} });
  try {
    await program.parseAsync(args, { from: "user" });
    return { code: 0, said };
  } catch (error) {
    return { code: reportError(error), said };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

beforeAll(async () => {
  place.folder = temporaryFolder();
  writeFileSync(join(place.folder, "there.txt"), "{}\n");
  writeFileSync(join(place.folder, "sheet.csv"), "system,item,score\nalpha,1,1\nbeta,1,0\n");
  for (const folder of ["folder", "cycle"]) mkdirSync(join(place.folder, folder));
  writeFileSync(
    join(place.folder, "cycle", "cycle.yaml"),
    "schema: medbench-cycle/1\nsources: [{path: x.jsonl, role: questions}]\n",
  );
  const items = ["1", "2"].map((id) => ({ dataset: "judged", id, gold: "-" }));
  const { workspace: made } = await smallWorkspace({
    datasets: { judged: [{ metric: "judge", scorer: "judge", weight: 1 }] },
    items,
    answers: ["alpha", "beta"].flatMap((system) =>
      items.map(({ dataset, id }) => ({ system, dataset, id, raw: "x" })),
    ),
    verdicts: ["alpha", "beta"].flatMap((system) =>
      items.map(({ dataset, id }) => ({ system, dataset, id, criterion: "overall", value: 4, highest: 5 })),
    ),
  });
  place.workspace = made;
});

/** Without options that take no value. */
const namesOf = (entries: Readonly<Record<string, unknown>>) =>
  Object.keys(entries)
    .filter((name) => name !== "--replace")
    .sort();

describe("what the user gives to a command", () => {
  it("has an entry here, so that a new argument or option is checked, or said to take any text", () => {
    const found = Object.fromEntries(
      createProgram().commands.map((command) => [
        command.name(),
        [
          ...command.registeredArguments.map((argument) => argument.name()),
          ...command.options.filter((option) => !option.isBoolean()).map(({ long, flags }) => long ?? flags),
        ].sort(),
      ]),
    );
    const listed = Object.fromEntries(
      Object.entries(commands).map(([name, entries]) => [name, namesOf(entries)]),
    );
    expect(listed).toEqual(found);
  });

  const cases = Object.entries(commands).flatMap(([command, entries]) =>
    Object.entries(entries).flatMap(([name, refused]) =>
      refused.length === 0 ? [] : [{ command, name, refused }],
    ),
  );

  it.each(cases)(
    "is refused with exit code 2 where $name of $command is wrong",
    async ({ command, name, refused }) => {
      for (const { values, says, with: more } of refused)
        for (const value of values.length === 0 ? [null] : values) {
          const { code, said } = await exitOf(lineOf(command, name, value, more));
          expect(said, String(value)).toMatch(says);
          expect(code, String(value)).toBe(2);
        }
    },
  );
});
