import { judgeKinds } from "../judge-kind.js";
import { count, flag, type Table, text } from "./column.js";
import { itemKey, responseKey } from "./keys.js";

/** Columns that tell versions of a judge apart. */
export const judgeVersion = {
  benchmark: itemKey.benchmark,
  judge: text("judge model"),
  rubric_version: text("rubric and its version"),
  prompt_hash: text("hash of rubric and prompt; '' where the source has none"),
};

/** What scoring decides about judges: whose verdicts count. */
export const judgedTables = {
  scored_verdicts: {
    grain: "one kind of verdict in one dataset of a run: the judge version whose verdicts the scores use",
    key: ["run_id", "dataset", "kind"],
    columns: {
      run_id: responseKey.run_id,
      benchmark: itemKey.benchmark,
      pool: itemKey.pool,
      dataset: itemKey.dataset,
      kind: text("kind of verdict", ["scale", "key_point", "criterion"]),
      judge: judgeVersion.judge,
      rubric_version: judgeVersion.rubric_version,
      prompt_hash: judgeVersion.prompt_hash,
      n_verdicts: count("verdicts, repetitions included"),
      n_answers: count("answers with a verdict"),
    },
  },
  judge_versions: {
    grain: "one judge version on one pool of items",
    key: ["benchmark", "pool", "judge", "rubric_version", "prompt_hash"],
    columns: {
      benchmark: itemKey.benchmark,
      pool: itemKey.pool,
      judge: judgeVersion.judge,
      judge_kind: text(
        "where verdicts come from: a model, the recorded verdicts of another judge, or a stub without medical knowledge",
        judgeKinds,
      ),
      rubric_version: judgeVersion.rubric_version,
      prompt_hash: judgeVersion.prompt_hash,
      of_record: flag("scores use verdicts of this version"),
      n_verdicts: count("verdicts, repetitions included"),
      n_failed: count("verdicts that could not be read"),
      n_cannot_rate: count("verdicts in which the judge could not rate"),
      n_answers: count("answers with a verdict"),
      n_runs: count("runs with a verdict"),
    },
  },
} as const satisfies Record<string, Table>;
