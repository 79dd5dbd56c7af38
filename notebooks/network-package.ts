/** A package that an import takes from the network, or a file in it. */
export interface NetworkPackage {
  readonly name: string;
  /** Empty, or a path in the package that starts with a slash. */
  readonly path: string;
}

/**
 * The package behind `npm:d3@7`, `npm:d3-dsv/src/dsv.js` or an address of jsDelivr, without its version: the
 * installed one is used. Null for anything else.
 */
export function networkPackage(source: string): NetworkPackage | null {
  const match =
    /^(?:npm:\/?|https:\/\/cdn\.jsdelivr\.net\/npm\/)((?:@[^/@]+\/)?[^/@]+)(?:@[^/]*)?(\/.*)?$/.exec(source);
  if (match === null) return null;
  const [, name = "", path = ""] = match;
  return { name, path: path.replace(/\/?\+esm$/, "").replace(/\/$/, "") };
}
