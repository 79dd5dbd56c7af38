import * as Plot from "@observablehq/plot";
import { fitLabel, labelWidth } from "./label-width.js";

export interface RowLabels {
  /** Narrow charts carry the names above the rows instead of beside them. */
  readonly stacked: boolean;
  readonly marginLeft: number;
  /** Pixels by which marks move down to leave room for a name above them. */
  readonly dy: number;
  /** For the y scale: room above the first and below the last row. */
  readonly insets: { readonly insetTop: number; readonly insetBottom: number };
  readonly mark: Plot.Markish;
}

/** Names of a chart's rows, placed where the width allows. `fx` names the facet that carries them. */
export function rowLabels(
  names: ReadonlyMap<string, string>,
  width: number,
  { fx, stackBelow = 520 }: { readonly fx?: string | undefined; readonly stackBelow?: number } = {},
): RowLabels {
  const keys = [...names.keys()];
  const stacked = width < stackBelow;
  const longest = Math.max(70, ...[...names.values()].map(labelWidth)) + 16;
  const marginLeft = stacked ? 8 : Math.min(longest, Math.max(230, width / 4));
  const facet = fx === undefined ? {} : { fx: () => fx };
  const text = (room: number) => (key: string) => fitLabel(names.get(key) ?? key, room);
  return {
    stacked,
    marginLeft,
    dy: stacked ? 8 : 0,
    insets: { insetTop: stacked ? 6 : 0, insetBottom: stacked ? 8 : 0 },
    mark: stacked
      ? Plot.text(keys, {
          ...facet,
          y: (key: string) => key,
          text: text(width - 24),
          frameAnchor: "left",
          textAnchor: "start",
          dy: -10,
          fontWeight: 500,
        })
      : Plot.axisY(keys, { ...facet, tickSize: 0, label: null, tickFormat: text(marginLeft - 14) }),
  };
}
