/** Simulated systems and their runs. */

export type Track = "llm" | "multimodal" | "agent";

/** How often a response cannot be used, whatever the system knows; the other answers are in the requested format. */
export interface FailureRates {
  readonly refused: number;
  readonly empty: number;
  /** Prose instead of the requested letter or JSON; only if no judge reads the answer. */
  readonly unreadable: number;
  /** Cut off before the answer; only if no judge reads the answer. */
  readonly truncated: number;
  /** Line missing from the upload. */
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
  /** Form of the upload on the upload board; null if the system is on the API board only. */
  readonly upload: "folder" | "zip" | "jsonl" | null;
  readonly api: boolean;
  /** Datasets that were never submitted. */
  readonly withheld: readonly string[];
}

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
