/**
 * `npm run notebooks`: serves the notebooks of this folder with live reload. `--build [FOLDER]` writes static pages
 * instead (default build/notebooks). Both work without a network; MEDBENCH_WORKSPACE names the workspace (default data).
 * The pages contain item text and are never published.
 */
import { readdirSync, readFileSync } from "node:fs";
import type { AddressInfo, Server } from "node:net";
import { join, relative, resolve } from "node:path";
import { config, observable } from "@observablehq/notebook-kit/vite";
import { build, createServer, type InlineConfig, mergeConfig } from "vite";
import { wholeNumber } from "../pipelines/terminal/arguments.js";
import { runScript, scriptCommand } from "../pipelines/terminal/run-script.js";
import { packageRoot } from "../pipelines/warehouse/package-root.js";
import { WorkbenchError } from "../src/lib/errors.js";
import { type OfflineOptions, offlineImports } from "./offline-imports.js";
import { runWarehouseCells } from "./warehouse-cells.js";

export interface NotebookOptions {
  readonly workspace: string;
  /** Where the notebooks are: a folder inside the checkout, whose packages they use. Default: this one. */
  readonly folder?: string;
}

/** Builds every notebook as a static page into `output` and returns the pages' names. */
export async function buildNotebooks(
  output: string,
  { workspace, folder = import.meta.dirname }: NotebookOptions,
): Promise<string[]> {
  const pages = notebooksIn(folder);
  const texts = pages.map((page) => readFileSync(join(folder, page), "utf8"));
  const browserEngine = texts.some((text) => /\bduckdb(client)?\b/i.test(text));
  try {
    await build(
      mergeConfig(sharedConfig(workspace, folder, { browserEngine }), {
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

export interface NotebookServer {
  /** Addresses of the pages. */
  readonly pages: readonly string[];
  close(): Promise<void>;
}

/** Serves the notebooks on this machine, and reloads a page when its file changes. */
export async function serveNotebooks(
  port: number,
  { workspace, folder = import.meta.dirname }: NotebookOptions,
): Promise<NotebookServer> {
  const server = await createServer(
    mergeConfig(sharedConfig(workspace, folder, { browserEngine: true }), {
      server: { host: "127.0.0.1", port, fs: { allow: [packageRoot] } },
    } satisfies InlineConfig),
  );
  await server.listen();
  const { port: actual } = (server.httpServer as Server).address() as AddressInfo;
  const address = `http://127.0.0.1:${actual}`;
  return {
    pages: notebooksIn(folder).map((page) => `${address}/${page}`),
    close: () => server.close(),
  };
}

function notebooksIn(folder: string): string[] {
  return readdirSync(folder).filter((file) => file.endsWith(".html"));
}

/** Vite wraps errors from plugins; the message for the user is inside. */
function workbenchErrorIn(error: unknown): WorkbenchError | null {
  if (error instanceof WorkbenchError) return error;
  if (!(error instanceof Error)) return null;
  const inner = [error.cause, ...("errors" in error && Array.isArray(error.errors) ? error.errors : [])];
  return inner.map(workbenchErrorIn).find((found) => found !== null) ?? null;
}

function sharedConfig(workspace: string, folder: string, { browserEngine }: OfflineOptions): InlineConfig {
  const kit: InlineConfig = config();
  return mergeConfig(withoutNetworkAliases(kit), {
    root: folder,
    configFile: false,
    // Two servers must not bundle into one folder at the same time.
    ...(folder === import.meta.dirname ? {} : { cacheDir: join(folder, ".vite") }),
    // Vite would bundle it when it serves, past the plugins.
    optimizeDeps: {
      exclude: ["observable:runtime", "@observablehq/notebook-kit"],
      // The engine in the browser has an apache-arrow of its own.
      include: ["@duckdb/duckdb-wasm", "@duckdb/duckdb-wasm > apache-arrow"],
    },
    logLevel: "warn",
    plugins: [
      offlineImports({ browserEngine }),
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

/** Notebook Kit sends `npm:` and `jsr:` imports to the network; here `offlineImports` looks for them. */
function withoutNetworkAliases(kit: InlineConfig): InlineConfig {
  const aliases = (kit.resolve?.alias ?? []) as { find: string | RegExp; replacement: string }[];
  return {
    ...kit,
    resolve: {
      alias: [...aliases.filter(({ find }) => !/npm|jsr/.test(String(find)))],
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
  const { pages } = await serveNotebooks(values.port, { workspace });
  process.stdout.write(`${pages.join("\n")}\n`);
});
