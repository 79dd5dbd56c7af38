const namespace = "http://www.w3.org/2000/svg";
let patterns = 0;

/** Adds a diagonal hatch to a chart and returns the fill that uses it; hatching says "few items" everywhere. */
export function hatchFill(): { readonly fill: string; readonly addTo: (chart: Element) => void } {
  patterns += 1;
  const id = `mb-hatch-${patterns}`;
  return {
    fill: `url(#${id})`,
    addTo(chart) {
      const svg = chart instanceof SVGElement ? chart : chart.querySelector("svg:last-of-type");
      const pattern = document.createElementNS(namespace, "pattern");
      for (const [name, value] of Object.entries({
        id,
        width: "6",
        height: "6",
        patternUnits: "userSpaceOnUse",
        patternTransform: "rotate(45)",
      })) {
        pattern.setAttribute(name, value);
      }
      const line = document.createElementNS(namespace, "line");
      for (const [name, value] of Object.entries({ x1: "0", y1: "0", x2: "0", y2: "6" }))
        line.setAttribute(name, value);
      line.setAttribute("class", "mb-hatch");
      pattern.append(line);
      const definitions = document.createElementNS(namespace, "defs");
      definitions.append(pattern);
      svg?.prepend(definitions);
    },
  };
}
