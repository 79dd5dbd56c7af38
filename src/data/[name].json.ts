import { parseArgs } from "node:util";
import { readRelease } from "./release-folder.js";

// data/overall_scores.json is the released table of that name; the four documents lie beside the tables.
const documents = ["release", "catalogue", "taxonomy", "dictionary"];

const { name } = parseArgs({ options: { name: { type: "string" } } }).values;
if (name === undefined) throw new Error("data loader: --name is missing");
process.stdout.write(readRelease(documents.includes(name) ? `${name}.json` : `tables/${name}.json`));
