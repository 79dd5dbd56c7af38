import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IngestContext } from "../../../../pipelines/stages/ingest/context.js";
import { Ledger } from "../../../../pipelines/stages/ingest/ledger.js";
import { paddedKeys } from "../../../../pipelines/stages/ingest/mapping/column-types.js";
import { openInput, readInput } from "../../../../pipelines/stages/ingest/mapping/inputs.js";
import { JsonText } from "../../../../pipelines/stages/ingest/mapping/json-text.js";
import { MappingNames } from "../../../../pipelines/stages/ingest/mapping/names.js";
import type { Source } from "../../../../pipelines/stages/ingest/source.js";
import { FileScans } from "../../../../pipelines/stages/ingest/source-files.js";
import { withEngine } from "../../../../pipelines/warehouse/engine.js";
import { type Mapping, mappingSchema } from "../../../../src/lib/records/mapping.js";
import { writeFiles } from "../workspace.js";

export interface InputResult<Row> {
  readonly rows: readonly Row[];
  readonly ledger: Ledger;
}

/**
 * Reads files as the input `raw` of a mapping, and queries it.
 *
 * @param query SQL over `raw`; also the `from` of the mapping, so that its names count as used
 */
export async function readAs<Row extends object>(
  files: Readonly<Record<string, string | Buffer>>,
  query: string,
  input: Readonly<Record<string, unknown>> = {},
): Promise<InputResult<Row>> {
  const folder = mkdtempSync(join(tmpdir(), "medbench-input-"));
  try {
    writeFiles(join(folder, "source"), files);
    const mapping: Mapping = mappingSchema.parse({
      schema: "medbench-mapping/1",
      input: { files: Object.keys(files), ...input },
      tables: { responses: { from: query, columns: { raw: "raw" } } },
    });
    const ledger = new Ledger();
    const context = {
      ledger,
      scratch: folder,
      scans: new FileScans(),
      fileDone() {},
    } as unknown as IngestContext;
    const source = { name: "source", path: join(folder, "source") } as Source;
    return await withEngine(async (engine) => {
      const names = new MappingNames(mapping);
      const task = { file: "m.yaml", mapping };
      const given = mapping.input as Exclude<Mapping["input"], readonly unknown[]>;
      const read = await readInput(engine, source, task, given, names, context);
      await new JsonText(paddedKeys([read.shape], true)).define(engine);
      await openInput(engine, source, read, names, context);
      return { rows: await engine.rows<Row>(query), ledger };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the ledger says was not taken, in short: file, line and reason. */
export function refused({ quarantine }: Ledger): string[] {
  return quarantine.map(({ file, line, reason }) => `${file}:${line} ${reason}`);
}
