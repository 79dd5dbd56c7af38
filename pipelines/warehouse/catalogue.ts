import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Catalogue, catalogueSchema } from "../../src/lib/catalogue/schema.js";
import { InputError } from "../../src/lib/errors.js";
import { packageRoot } from "./package-root.js";
import type { Version } from "./versioned-folder.js";
import { parseRecord, readJsonOrYaml } from "./written-record.js";

const shipped = join(packageRoot, "src", "lib", "catalogue", "data");

export const defaultBenchmark = "medbench-v4";

/** A catalogue that comes with the workbench, by its id. */
export async function builtInCatalogue(id: string = defaultBenchmark): Promise<Catalogue> {
  const known = await builtInIds();
  if (!known.includes(id)) {
    throw new InputError(`benchmark ${JSON.stringify(id)} is not built in; built in: ${known.join(", ")}`, {
      hint: "Give the benchmark's own catalogue file: `catalogue: my-benchmark.yaml` in cycle.yaml, or `medbench ingest PATH --catalogue FILE`.",
    });
  }
  return readOwnCatalogue(join(shipped, `${id}.json`));
}

export async function builtInIds(): Promise<string[]> {
  const ids: string[] = [];
  for (const name of (await readdir(shipped)).filter((file) => file.endsWith(".json")).sort()) {
    const { schema } = JSON.parse(await readFile(join(shipped, name), "utf8")) as { schema?: unknown };
    if (schema === "medbench-catalogue/1") ids.push(name.slice(0, -".json".length));
  }
  return ids;
}

/**
 * Reads and checks a catalogue file, JSON or YAML.
 *
 * @throws InputError naming the file, the path inside it and what is expected
 */
export async function readCatalogue(file: string): Promise<Catalogue> {
  return checkedCatalogue(await readJsonOrYaml(file), file);
}

/** A catalogue that this program wrote or ships: JSON without repeated keys. */
async function readOwnCatalogue(file: string): Promise<Catalogue> {
  return checkedCatalogue(JSON.parse(await readFile(file, "utf8")), file);
}

function checkedCatalogue(content: unknown, file: string): Catalogue {
  const catalogue = parseRecord(
    catalogueSchema,
    content,
    file,
    "`medbench init` writes a complete catalogue, and docs/catalogue.md and docs/scorers.md show",
  );
  checkReferences(catalogue, file);
  return catalogue;
}

/**
 * The catalogue with which a warehouse was ingested, otherwise the built-in one.
 *
 * @throws InputError if there is none, with how to get one
 */
export async function catalogueOf(version: Version | null, benchmark: string): Promise<Catalogue> {
  const kept = version === null ? null : join(version.folder, cataloguePath(benchmark));
  if (kept !== null && existsSync(kept)) return readOwnCatalogue(kept);
  if (version === null || (await builtInIds()).includes(benchmark)) return builtInCatalogue(benchmark);
  throw new InputError(
    `benchmark ${JSON.stringify(benchmark)} has no catalogue in this workspace, so nothing says how its answers are scored`,
    {
      hint: "Write one with `medbench init FILES` (docs/catalogue.md has the format), and give it to the data: medbench ingest FILES --mapping MAPPING --catalogue CATALOGUE.",
    },
  );
}

/** Catalogues of benchmarks by id, and the benchmarks that have none, which no stage can score. */
export interface KnownCatalogues {
  readonly catalogues: ReadonlyMap<string, Catalogue>;
  readonly without: readonly string[];
}

/**
 * The catalogues of several benchmarks. A benchmark without one is left out, so that it does not stop the others.
 *
 * @throws InputError if none of them has a catalogue, with how to get one
 */
export async function cataloguesOf(
  version: Version | null,
  benchmarks: Iterable<string>,
): Promise<KnownCatalogues> {
  const catalogues = new Map<string, Catalogue>();
  const without: string[] = [];
  for (const benchmark of new Set(benchmarks)) {
    if (version === null || (await hasCatalogue(version, benchmark)))
      catalogues.set(benchmark, await catalogueOf(version, benchmark));
    else without.push(benchmark);
  }
  const [first] = without;
  if (catalogues.size === 0 && first !== undefined) await catalogueOf(version, first);
  return { catalogues, without };
}

/** What to tell the user about benchmarks that are left out. */
export function leftOutNotes({ without }: Pick<KnownCatalogues, "without">): string[] {
  return without.map(
    (benchmark) =>
      `benchmark ${JSON.stringify(benchmark)} has no catalogue, so it is left out; to include it, write one with \`medbench init FILES\` and ingest its files again with --mapping MAPPING --catalogue CATALOGUE`,
  );
}

/** Whether `catalogueOf` finds one. */
export async function hasCatalogue(version: Version, benchmark: string): Promise<boolean> {
  return (
    existsSync(join(version.folder, cataloguePath(benchmark))) || (await builtInIds()).includes(benchmark)
  );
}

/** The catalogues that a warehouse was ingested with, in the order of their files. */
export function keptCatalogues(version: Version | null): Promise<Catalogue[]> {
  const files = (version?.manifest.files ?? []).filter(({ file }) => file.startsWith("catalogue/"));
  return Promise.all(files.map(({ file }) => readOwnCatalogue(join((version as Version).folder, file))));
}

/** Where a warehouse keeps the catalogue of a benchmark, inside its version. */
export function cataloguePath(benchmark: string): string {
  return `catalogue/${encodeURIComponent(benchmark)}.json`;
}

function checkReferences(catalogue: Catalogue, file: string): void {
  const tracks = new Set(catalogue.tracks.map(({ id }) => id));
  const dimensions = new Map(catalogue.dimensions.map((dimension) => [dimension.id, dimension.track]));
  const listed = (names: Iterable<string>) => [...names].join(", ") || "none";
  const refuse = (problem: string, hint: string): never => {
    throw new InputError(`${file}: ${problem}`, { hint });
  };
  for (const { id, track } of catalogue.dimensions)
    if (!tracks.has(track))
      refuse(
        `dimension ${id} is of track ${JSON.stringify(track)}, which is not listed`,
        `Tracks: ${listed(tracks)}.`,
      );
  for (const id of catalogue.safetyDimensions)
    if (!dimensions.has(id))
      refuse(
        `safetyDimensions names ${JSON.stringify(id)}, which is no dimension`,
        `Dimensions: ${listed(dimensions.keys())}.`,
      );
  const seen = new Set<string>();
  for (const { id, track, dimension, files, scoring } of catalogue.datasets) {
    const problem = seen.has(id)
      ? "is listed twice"
      : !dimensions.has(dimension)
        ? `names dimension ${JSON.stringify(dimension)}, which is not listed`
        : dimensions.get(dimension) !== track
          ? `is of track ${track}, but its dimension ${dimension} is of track ${dimensions.get(dimension)}`
          : null;
    if (problem !== null)
      refuse(`dataset ${id} ${problem}`, "Datasets point to dimensions by id, and both name the same track.");
    const parts = new Set(files.map(({ part }) => part));
    for (const { from, until, components } of scoring) {
      if (from !== null && until !== null && from > until)
        refuse(
          `dataset ${id} has a metric from ${from} until ${until}`,
          "Give the first month and the last month in force.",
        );
      for (const { part, metric } of components ?? [])
        if (part !== undefined && !parts.has(part))
          refuse(
            `dataset ${id}: component ${metric} is limited to part ${JSON.stringify(part)}, which none of its files has`,
            `Parts of its files: ${listed(parts)}.`,
          );
    }
    seen.add(id);
  }
}
