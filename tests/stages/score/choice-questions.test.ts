import { expect, it } from "vitest";
import { smallWorkspace } from "./small-benchmark.js";

const options = { A: "肺结核", B: "支气管扩张", C: "肺癌", D: "肺脓肿" };

it("reads answers with the question of their item: what is called wrong answers a question that asks for it", async () => {
  const raw = "A、B、D正确，错误的是C";
  const { select } = await smallWorkspace({
    datasets: {
      one: [{ metric: "choice", scorer: "choice", weight: 1 }],
      several: [{ metric: "set", scorer: "set", weight: 1 }],
    },
    items: [
      { dataset: "one", id: "wrong", question: "下列说法错误的是", options, gold: "C" },
      { dataset: "one", id: "right", question: "下列说法正确的是", options, gold: "C" },
      { dataset: "one", id: "bare", question: "下列说法错误的是", options, gold: "C" },
      { dataset: "several", id: "wrong", question: "下列说法错误的有", options, gold: ["C"] },
      { dataset: "several", id: "right", question: "下列说法正确的有", options, gold: ["A", "B", "D"] },
    ],
    answers: [
      { dataset: "one", id: "wrong", raw },
      { dataset: "one", id: "right", raw },
      { dataset: "one", id: "bare", raw: "C" },
      { dataset: "several", id: "wrong", raw },
      { dataset: "several", id: "right", raw: "A、B、D正确，C错误。" },
    ],
  });
  const rows = await select<Record<string, unknown>>(
    "SELECT dataset, item_id, value, answer, read_by FROM scores WHERE metric <> 'task' ORDER BY dataset, item_id",
  );
  expect(rows.map((row) => Object.values(row))).toEqual([
    ["one", "bare", 1, "C", "bare-letters"],
    ["one", "right", 0, "A,B,D", "called-correct"],
    ["one", "wrong", 1, "C", "closing-verdict"],
    ["several", "right", 1, "A,B,D", "called-correct"],
    ["several", "wrong", 1, "C", "closing-verdict"],
  ]);
});
