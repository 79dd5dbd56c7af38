/**
 * `npm run notebooks`: serves the notebooks of this folder with live reload. `--build [FOLDER]` writes static pages
 * instead (default build/notebooks). Both work without a network; MEDBENCH_WORKSPACE names the workspace (default data).
 * The pages contain item text and are never published.
 */
import { readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { config, observable } from "@observablehq/notebook-kit/vite";
import { build, createServer, type InlineConfig, mergeConfig } from "vite";
import { wholeNumber } from "../pipelines/terminal/arguments.js";
import { runScript, scriptCommand } from "../pipelines/terminal/run-script.js";
import { WorkbenchError } from "../src/lib/errors.js";
import { offlineImports } from "./offline-imports.js";
import { runWarehouseCells } from "./warehouse-cells.js";

const folder = import.meta.dirname;

export interface NotebookOptions {
  readonly workspace: string;
}

/** Builds every notebook as a static page into `output` and returns the pages' names. */
export async function buildNotebooks(output: string, { workspace }: NotebookOptions): Promise<string[]> {
  const pages = readdirSync(folder).filter((file) => file.endsWith(".html"));
  try {
    await build(
      mergeConfig(sharedConfig(workspace), {
        build: {
          outDir: resolve(output),
          emptyOutDir: true,
          chunkSizeWarningLimit: 4000,
          rolldownOptions: {
            input: pages.map((page) => join(folder, page)),
            checks: { bundlerTimings: false },
          },
        },
      } satisfies InlineConfig),
    );
  } catch (error) {
    throw workbenchErrorIn(error) ?? error;
  }
  return pages;
}

/** Vite wraps errors from plugins; the message for the user is inside. */
function workbenchErrorIn(error: unknown): WorkbenchError | null {
  if (error instanceof WorkbenchError) return error;
  if (!(error instanceof Error)) return null;
  const inner = [error.cause, ...("errors" in error && Array.isArray(error.errors) ? error.errors : [])];
  return inner.map(workbenchErrorIn).find((found) => found !== null) ?? null;
}

function sharedConfig(workspace: string): InlineConfig {
  const kit: InlineConfig = config();
  return mergeConfig(withoutNetworkAliases(kit), {
    root: folder,
    configFile: false,
    logLevel: "warn",
    plugins: [
      offlineImports(),
      observable({
        // Without it a browser requests an icon that does not exist.
        transformTemplate: (template) =>
          template.replace("</head>", '<link rel="icon" href="data:,"></head>'),
        transformNotebook: (notebook, { filename }) =>
          runWarehouseCells(notebook, relative(folder, filename), workspace),
      }),
    ],
  } satisfies InlineConfig);
}

/** Notebook Kit sends `npm:` and `jsr:` imports to the network; here `npm:d3` is the installed d3. */
function withoutNetworkAliases(kit: InlineConfig): InlineConfig {
  const aliases = (kit.resolve?.alias ?? []) as { find: string | RegExp; replacement: string }[];
  return {
    ...kit,
    resolve: {
      alias: [
        ...aliases.filter(({ find }) => !/npm|jsr/.test(String(find))),
        { find: /^npm:(.*)$/, replacement: "$1" },
      ],
    },
  };
}

await runScript(import.meta.url, async () => {
  const command = scriptCommand(
    "notebooks",
    "Serves the notebooks over the warehouse of MEDBENCH_WORKSPACE (default: data).",
  )
    .argument("[folder]", "folder for the pages of --build", "build/notebooks")
    .option("--build", "write the pages instead of serving them")
    .option("--port <n>", "port on this machine", wholeNumber(), 5173)
    .parse();
  const values = command.opts<{ build?: true; port: number }>();
  const workspace = process.env["MEDBENCH_WORKSPACE"] ?? "data";
  if (values.build) {
    const [output] = command.processedArgs as [string];
    const pages = await buildNotebooks(output, { workspace });
    process.stdout.write(`${pages.map((page) => join(output, page)).join("\n")}\n`);
    return;
  }
  const server = await createServer(
    mergeConfig(sharedConfig(workspace), {
      server: { host: "127.0.0.1", port: values.port, fs: { allow: [resolve(folder, "..")] } },
    } satisfies InlineConfig),
  );
  await server.listen();
  for (const page of readdirSync(folder).filter((file) => file.endsWith(".html"))) {
    process.stdout.write(`http://127.0.0.1:${server.config.server.port}/${page}\n`);
  }
});
