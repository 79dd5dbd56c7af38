import type { Catalogue, CatalogueDataset } from "../../../src/lib/catalogue/schema.js";
import type { QuarantineReason } from "../../../src/lib/records/tables.js";

type CatalogueFile = CatalogueDataset["files"][number];

/** A file of a dataset: what an item file or an answer line belongs to. */
export interface DatasetFile {
  readonly dataset: string;
  /** File of a dataset that has several, else ''. */
  readonly part: string;
  readonly track: string;
  readonly dimension: string;
  readonly language: string;
  readonly answerType: string;
  readonly variants: number;
  /** Values of `other.source` that are this file's, lower case. */
  readonly tags: ReadonlySet<string>;
  readonly tagList: readonly string[];
}

/**
 * Finds the dataset of a file or a line. Names and tags are looked up in the catalogue's table, never split:
 * `CTR-QC` is MedReportQC, and `MedRxCheck_V4` is one of the three files of MedRxCheck.
 */
export class CatalogueIndex {
  readonly catalogue: Catalogue;
  readonly datasets: ReadonlyMap<string, CatalogueDataset>;
  readonly #byStem = new Map<string, DatasetFile>();
  readonly #byTag = new Map<string, DatasetFile>();

  constructor(catalogue: Catalogue) {
    this.catalogue = catalogue;
    this.datasets = new Map(catalogue.datasets.map((dataset) => [dataset.id, dataset]));
    for (const dataset of catalogue.datasets) {
      const files = dataset.files.length > 0 ? dataset.files : [wholeDataset(dataset)];
      for (const file of files) this.#add(dataset, file);
    }
  }

  get benchmark(): string {
    return this.catalogue.id;
  }

  #add(dataset: CatalogueDataset, file: CatalogueFile): void {
    const stem = file.file.replace(/\.jsonl$/, "");
    const tags = [...new Set([...file.sourceTags, stem])];
    const found: DatasetFile = {
      dataset: dataset.id,
      part: file.part,
      track: dataset.track,
      dimension: dataset.dimension,
      language: dataset.language,
      answerType: file.answerType ?? dataset.answerType,
      variants: file.variantsPerItem,
      tags: new Set(tags.map((tag) => tag.toLowerCase())),
      tagList: tags,
    };
    this.#byStem.set(stem.toLowerCase(), found);
    for (const tag of found.tags) this.#byTag.set(tag, found);
  }

  /** All files of all datasets. */
  places(): DatasetFile[] {
    return [...this.#byStem.values()];
  }

  /** By the name of a file, with or without folders and ending. */
  byFileName(path: string): DatasetFile | null {
    const name = path.split(/[\\/]/).at(-1) as string;
    return this.#byStem.get(name.replace(/\.(jsonl|json)(\.gz)?$/i, "").toLowerCase()) ?? null;
  }

  byTag(tag: string): DatasetFile | null {
    return this.#byTag.get(tag.toLowerCase()) ?? null;
  }

  /**
   * Dataset of a line: its tag decides; a line without a tag belongs to the file's dataset.
   *
   * @param ofFile the dataset that the file is named after, if any
   */
  ofLine(
    tag: string | null,
    ofFile: DatasetFile | null,
  ): DatasetFile | { reason: QuarantineReason; detail: string } {
    if (tag === null) {
      return (
        ofFile ?? {
          reason: "unknown_dataset",
          detail: 'neither the file name nor "other.source" names a dataset',
        }
      );
    }
    if (ofFile?.tags.has(tag.toLowerCase())) return ofFile;
    const found = this.byTag(tag);
    if (found === null) {
      return {
        reason: "unknown_dataset",
        detail: `"other.source" is ${JSON.stringify(tag.slice(0, 60))}, which the catalogue does not list`,
      };
    }
    if (ofFile !== null) {
      return {
        reason: "wrong_dataset",
        detail: `"other.source" is ${JSON.stringify(tag)} of ${found.dataset} in a file of ${ofFile.dataset}`,
      };
    }
    return found;
  }
}

function wholeDataset(dataset: CatalogueDataset): CatalogueFile {
  return { file: `${dataset.id}.jsonl`, part: "", sourceTags: [dataset.id], variantsPerItem: 1 };
}

/** Item id inside the dataset; a dataset of several files prefixes the file's part. */
export function itemIdOf({ part }: Pick<DatasetFile, "part">, id: string): string {
  return part === "" ? id : `${part}/${id}`;
}
