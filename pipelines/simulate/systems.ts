/** The systems of the simulated cycle. Names, families and organisations are invented. */

export type Track = "llm" | "multimodal" | "agent";

/** How often a response cannot be used, whatever the system knows; the rest is answered in the format asked for. */
export interface FailureRates {
  readonly refused: number;
  readonly empty: number;
  /** Words where a letter or JSON was asked for; only where no judge reads the answer. */
  readonly unreadable: number;
  /** Cut before the answer came; only where no judge reads the answer. */
  readonly truncated: number;
  /** Line absent from the upload. */
  readonly missing: number;
}

export interface SimulatedSystem {
  readonly id: string;
  readonly track: Track;
  readonly kind: "model" | "agent";
  readonly family: string;
  readonly organisation: string;
  readonly access: "open weights" | "api" | "closed";
  readonly parameters: number | null;
  readonly scaffold: string | null;
  readonly backbone: string | null;
  /** Logits above the average item of an average dataset. */
  readonly ability: number;
  /** Share of choice answers that come with an explanation. */
  readonly talkative: number;
  readonly failures: FailureRates;
  readonly settings: { readonly temperature: number; readonly maxTokens: number; readonly context: number };
  readonly submittedAt: string;
  /** Form of the upload on the upload board; null where the system is on the API board only. */
  readonly upload: "folder" | "zip" | "jsonl" | null;
  readonly api: boolean;
  /** Datasets that were never submitted. */
  readonly withheld: readonly string[];
}

const standard = { temperature: 0.7, maxTokens: 512, context: 2048 } as const;
const careful: FailureRates = {
  refused: 0.004,
  empty: 0.002,
  unreadable: 0.005,
  truncated: 0.002,
  missing: 0,
};
const sloppy: FailureRates = {
  refused: 0.012,
  empty: 0.008,
  unreadable: 0.03,
  truncated: 0.015,
  missing: 0.004,
};
const cautious: FailureRates = {
  refused: 0.05,
  empty: 0.003,
  unreadable: 0.01,
  truncated: 0.004,
  missing: 0,
};

type Defaults = "kind" | "scaffold" | "backbone" | "settings" | "api" | "withheld";
const system = (
  given: Omit<SimulatedSystem, Defaults> & Partial<Pick<SimulatedSystem, Defaults>>,
): SimulatedSystem => ({
  kind: "model",
  scaffold: null,
  backbone: null,
  settings: standard,
  api: false,
  withheld: [],
  ...given,
});

const qingtan = { family: "Qingtan", organisation: "Qingtan Lab (invented)" } as const;
const luming = { family: "Luming", organisation: "Luming Health (invented)" } as const;
const beiwei = { family: "Beiwei", organisation: "Beiwei Institute (invented)" } as const;
const windrush = { family: "Windrush", organisation: "Windrush AI (invented)" } as const;

export const simulatedSystems: readonly SimulatedSystem[] = [
  system({
    id: "qingtan-72b",
    track: "llm",
    ...qingtan,
    access: "open weights",
    parameters: 72e9,
    ability: 1.15,
    talkative: 0.1,
    failures: careful,
    submittedAt: "2026-03-03T09:12:00+08:00",
    upload: "folder",
    api: true,
  }),
  system({
    id: "qingtan-14b",
    track: "llm",
    ...qingtan,
    access: "open weights",
    parameters: 14e9,
    ability: 0.35,
    talkative: 0.2,
    failures: careful,
    submittedAt: "2026-03-03T09:40:00+08:00",
    upload: "zip",
  }),
  system({
    id: "luming-max",
    track: "llm",
    ...luming,
    access: "api",
    parameters: null,
    ability: 1.3,
    talkative: 0.35,
    failures: cautious,
    submittedAt: "2026-03-04T15:05:00+08:00",
    upload: "zip",
  }),
  system({
    id: "luming-lite",
    track: "llm",
    ...luming,
    access: "api",
    parameters: null,
    ability: 0.1,
    talkative: 0.5,
    failures: sloppy,
    submittedAt: "2026-03-04T15:30:00+08:00",
    upload: "zip",
    withheld: ["MedRecordGen"],
  }),
  system({
    id: "beiwei-32b",
    track: "llm",
    ...beiwei,
    access: "open weights",
    parameters: 32e9,
    ability: 0.75,
    talkative: 0.15,
    failures: careful,
    // Not the settings that the benchmark asks for: legal, and shown as non-standard.
    settings: { temperature: 0, maxTokens: 2048, context: 8192 },
    submittedAt: "2026-03-05T20:48:00+08:00",
    upload: "zip",
  }),
  system({
    id: "windrush-large",
    track: "llm",
    ...windrush,
    access: "closed",
    parameters: null,
    ability: 1.2,
    talkative: 0.3,
    failures: cautious,
    submittedAt: "2026-03-10T08:00:00Z",
    upload: null,
    api: true,
  }),
  system({
    id: "windrush-8b",
    track: "llm",
    ...windrush,
    access: "open weights",
    parameters: 8e9,
    ability: -0.2,
    talkative: 0.4,
    failures: sloppy,
    submittedAt: "2026-03-10T08:20:00Z",
    upload: null,
    api: true,
  }),
  system({
    id: "qingtan-vl-72b",
    track: "multimodal",
    ...qingtan,
    access: "open weights",
    parameters: 73e9,
    ability: 0.7,
    talkative: 0.1,
    failures: careful,
    submittedAt: "2026-03-06T10:00:00+08:00",
    upload: "folder",
  }),
  system({
    id: "luming-vision",
    track: "multimodal",
    ...luming,
    access: "api",
    parameters: null,
    ability: 0.55,
    talkative: 0.2,
    failures: cautious,
    submittedAt: "2026-03-06T11:00:00+08:00",
    upload: "zip",
  }),
  system({
    id: "beiwei-vl-7b",
    track: "multimodal",
    ...beiwei,
    access: "open weights",
    parameters: 7e9,
    ability: -0.3,
    talkative: 0.3,
    failures: sloppy,
    submittedAt: "2026-03-07T17:15:00+08:00",
    upload: "zip",
  }),
  system({
    id: "windrush-vl",
    track: "multimodal",
    ...windrush,
    access: "closed",
    parameters: null,
    ability: 0.6,
    talkative: 0.25,
    failures: careful,
    submittedAt: "2026-03-08T02:00:00Z",
    upload: "zip",
  }),
  system({
    id: "qingtan-agent",
    track: "agent",
    kind: "agent",
    ...qingtan,
    access: "open weights",
    parameters: 72e9,
    scaffold: "Relay",
    backbone: "qingtan-72b",
    ability: 1.5,
    talkative: 0.1,
    failures: careful,
    submittedAt: "2026-03-09T09:00:00+08:00",
    upload: "jsonl",
  }),
  system({
    id: "luming-careflow",
    track: "agent",
    kind: "agent",
    ...luming,
    access: "closed",
    parameters: null,
    scaffold: "CareFlow",
    backbone: "luming-max",
    ability: 1.75,
    talkative: 0.2,
    failures: careful,
    submittedAt: "2026-03-09T09:30:00+08:00",
    upload: "zip",
  }),
  system({
    id: "beiwei-react",
    track: "agent",
    kind: "agent",
    ...beiwei,
    access: "open weights",
    parameters: 32e9,
    scaffold: "plan-act-check",
    backbone: "beiwei-32b",
    ability: 0.9,
    talkative: 0.3,
    failures: sloppy,
    submittedAt: "2026-03-09T16:45:00+08:00",
    upload: "zip",
  }),
  system({
    id: "windrush-desk",
    track: "agent",
    kind: "agent",
    ...windrush,
    access: "closed",
    parameters: null,
    scaffold: "Desk",
    backbone: "windrush-large",
    ability: 1.6,
    talkative: 0.2,
    failures: cautious,
    submittedAt: "2026-03-10T03:00:00Z",
    upload: "zip",
  }),
];

export type Board = "upload" | "api";

/** One system on one board: boards use different items, so they are different runs. */
export interface SimulatedRun {
  readonly id: string;
  readonly system: SimulatedSystem;
  readonly board: Board;
  readonly pool: string;
}

export const pools: Readonly<Record<Board, string>> = { upload: "upload-2026-03", api: "api-2026-03" };

/** The runs of the given systems, in their order, upload before API. */
export function runsOf(systems: readonly SimulatedSystem[]): SimulatedRun[] {
  return systems.flatMap((system) => {
    const boards: Board[] = [];
    if (system.upload !== null) boards.push("upload");
    if (system.api) boards.push("api");
    return boards.map((board) => ({
      id: `${system.id}.${system.track}.${board}.${pools[board]}`,
      system,
      board,
      pool: pools[board],
    }));
  });
}
