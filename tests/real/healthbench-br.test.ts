import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { csvParse } from "d3-dsv";
import { expect, it } from "vitest";
import { scorerOf } from "../../src/lib/scorers/index.js";
import { label } from "../../src/lib/scorers/label.js";
import { describeShared } from "../shared.js";

/** True or false statements in Portuguese; one system answers "Resposta: Falso", the other explains first. */
describeShared("HealthBench-BR, raw responses", ["real", "recipes", "healthbench-br"], (folder) => {
  it.each([
    ["Maritaca_Sabiazinho_3", 621],
    ["GPT_4.1", 739],
  ])("%s has %d of 1,000 right, as published, and every answer is read", (system, published) => {
    const rows = csvParse(gunzipSync(readFileSync(join(folder, `${system}.csv.gz`))).toString("utf8"));
    const labels = [...new Set(rows.map(({ esperado }) => esperado as string))];
    const scores = rows.map(({ resposta_bruta = "", esperado }) =>
      label.score({ text: resposta_bruta, gold: esperado, options: null, labels }, {}),
    );
    expect(scorerOf("label").version).toBe(label.version);
    expect(scores.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(scores.filter(({ value }) => value === 1)).toHaveLength(published);
  });
});
