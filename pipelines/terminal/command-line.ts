import { basename, dirname } from "node:path";

/** Where the user works, as given to the command. */
export interface Places {
  readonly workspace: string;
  /** Folder of the report. */
  readonly out: string;
}

const defaults: Places = { workspace: "data", out: "dist" };

/** A command that a user can copy: with the options for the places that are not the defaults. */
export function commandLine(
  words: readonly string[],
  places: Partial<Places> = {},
  program = programName(),
): string {
  const options = (["workspace", "out"] as const).flatMap((name) => {
    const place = places[name];
    return place === undefined || place === defaults[name] ? [] : [`--${name}`, place];
  });
  return [program, ...[...words, ...options].map((word) => shellWord(word))].join(" ");
}

/** A word as a shell reads it: quoted if it needs to be. Double quotes work everywhere; few characters stay special in them. */
export function shellWord(word: string, platform = process.platform): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/["$`\\!]/.test(word)) return `"${word}"`;
  return platform === "win32" ? `"${word.replaceAll('"', '""')}"` : `'${word.replaceAll("'", "'\\''")}'`;
}

/** How the user can start the program: by its name where that was found on the path, through npx otherwise. */
function programName(script = process.argv[1] ?? ""): string {
  const isOnPath = basename(script) === "medbench" && basename(dirname(script)) !== ".bin";
  return isOnPath ? "medbench" : "npx medbench";
}
