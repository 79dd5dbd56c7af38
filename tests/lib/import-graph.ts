import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

const root = join(import.meta.dirname, "..", "..");

/** All files below a folder, as paths from the checkout's root. */
export function filesBelow(folder: string, extension: RegExp): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .map((file) => posix.join(folder, file.replaceAll("\\", "/")))
    .filter((file) => extension.test(file) && !/node_modules|\/\./.test(file))
    .sort();
}

/**
 * Files of the project that a set of entry files runs, followed through imports (dynamic ones too). An index file only
 * passes names on: what it exports is reached by name, so that importing one function does not reach all its neighbors.
 *
 * @param notThrough files that are not followed
 */
export function reachedFrom(entries: readonly string[], notThrough: RegExp): ReadonlySet<string> {
  const reached = new Set<string>();
  const visit = (file: string): void => {
    if (reached.has(file) || notThrough.test(file)) return;
    reached.add(file);
    for (const { target, names } of importsOf(file)) follow(target, names);
  };
  const follow = (target: string, names: readonly string[] | "all"): void => {
    if (!isIndex(target)) {
      visit(target);
      return;
    }
    reached.add(target);
    for (const { target: next, names: passed, as } of exportsOf(target)) {
      const wanted =
        names === "all"
          ? passed
          : passed === "all"
            ? names
            : passed.filter((_, i) => names.includes(as[i] ?? ""));
      if (wanted === "all" || wanted.length > 0) follow(next, wanted);
    }
  };
  for (const entry of entries) visit(entry);
  return reached;
}

const isIndex = (file: string) => /(^|\/)index\.ts$/.test(file) && exportsOf(file).length > 0;

interface Reference {
  readonly target: string;
  /** Names taken from the target. */
  readonly names: readonly string[] | "all";
}

/** Imports of values; types run nothing. */
function importsOf(file: string): Reference[] {
  const found: Reference[] = [];
  const add = (specifier: string, names: Reference["names"]) => {
    const target = resolve(file, specifier);
    if (target !== null) found.push({ target, names });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const clause = node.importClause;
      const bindings = clause?.namedBindings;
      if (clause?.phaseModifier === ts.SyntaxKind.TypeKeyword) return;
      if (bindings !== undefined && ts.isNamedImports(bindings)) {
        const names = bindings.elements
          .filter(({ isTypeOnly }) => !isTypeOnly)
          .map(({ propertyName, name }) => (propertyName ?? name).text);
        if (names.length > 0) add(node.moduleSpecifier.text, names);
      } else add(node.moduleSpecifier.text, "all");
    } else if (
      ts.isExportDeclaration(node) &&
      node.moduleSpecifier !== undefined &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      if (!node.isTypeOnly) add(node.moduleSpecifier.text, "all");
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [specifier] = node.arguments;
      if (specifier !== undefined && ts.isStringLiteral(specifier)) add(specifier.text, "all");
    }
    ts.forEachChild(node, visit);
  };
  for (const code of codeOf(file)) visit(ts.createSourceFile("x.ts", code, ts.ScriptTarget.Latest));
  return found;
}

interface PassedOn extends Reference {
  /** The same names as the index file exports them. */
  readonly as: readonly string[];
}

/** What an index file passes on; empty for a file that only happens to have the name. */
function exportsOf(file: string): PassedOn[] {
  const source = ts.createSourceFile("x.ts", codeOf(file).join("\n"), ts.ScriptTarget.Latest);
  return source.statements.flatMap((node): PassedOn[] => {
    if (!ts.isExportDeclaration(node) || node.isTypeOnly) return [];
    const specifier = node.moduleSpecifier;
    const target =
      specifier !== undefined && ts.isStringLiteral(specifier) ? resolve(file, specifier.text) : null;
    if (target === null) return [];
    if (node.exportClause === undefined) return [{ target, names: "all", as: [] }];
    if (!ts.isNamedExports(node.exportClause)) return [];
    const values = node.exportClause.elements.filter(({ isTypeOnly }) => !isTypeOnly);
    return [
      {
        target,
        names: values.map(({ propertyName, name }) => (propertyName ?? name).text),
        as: values.map(({ name }) => name.text),
      },
    ];
  });
}

/** The scripts of a module, a page (js and ts blocks, expressions aside) or a notebook (module cells). */
function codeOf(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  if (file.endsWith(".md"))
    return [...text.matchAll(/^```(?:js|ts)[^\n]*\n(.*?)^```/gms)].map(([, code]) => code ?? "");
  if (file.endsWith(".html"))
    return [...text.matchAll(/<script[^>]*type="(?:module|text\/x-typescript)"[^>]*>(.*?)<\/script>/gs)].map(
      ([, code]) => code ?? "",
    );
  return [text];
}

function resolve(file: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  const path = posix.join(posix.dirname(file), specifier);
  const candidates = [path.replace(/\.js$/, ".ts"), path];
  return candidates.find((candidate) => candidate.endsWith("s") && existsSync(join(root, candidate))) ?? null;
}

/** Whether a file runs anything: one that only declares types does not. */
export function hasCode(file: string): boolean {
  const { outputText } = ts.transpileModule(codeOf(file).join("\n"), {
    compilerOptions: { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, removeComments: true },
  });
  return outputText.trim() !== "export {};";
}
