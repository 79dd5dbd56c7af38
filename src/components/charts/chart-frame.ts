import type { Words } from "../words.js";

export interface FrameOptions {
  /** What the chart shows, for those who cannot see it; the table beside it holds the values. */
  readonly label: string;
  /** Marks that the arrow keys step through. */
  readonly stops: string;
  readonly words: Words;
}

/**
 * Makes a chart reachable: one stop of the Tab key with a label, arrow keys that move the pointer's tip from mark to
 * mark, and a polite announcement of what the tip says.
 */
export function frameChart<Chart extends SVGElement | HTMLElement>(
  chart: Chart,
  { label, stops, words }: FrameOptions,
): Chart {
  const svg = chart instanceof SVGElement ? chart : chart.querySelector<SVGElement>("svg:last-of-type");
  if (svg === null) return chart;
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-label", `${label} ${words.controls.chartKeys}`);
  svg.setAttribute("tabindex", "0");
  let current = -1;
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[(event as KeyboardEvent).key];
    if (step === undefined) return;
    const marks = svg.querySelectorAll(stops);
    if (marks.length === 0) return;
    event.preventDefault();
    current = (current + step + marks.length) % marks.length;
    pointAt(svg, marks[current] as Element, words);
  });
  svg.addEventListener("blur", () =>
    svg.dispatchEvent(new PointerEvent("pointerleave", { pointerType: "mouse" })),
  );
  return chart;
}

function pointAt(svg: SVGElement, mark: Element, words: Words): void {
  const { left, top, width, height } = mark.getBoundingClientRect();
  svg.dispatchEvent(
    new PointerEvent("pointermove", {
      clientX: left + width / 2,
      clientY: top + height / 2,
      pointerType: "mouse",
      bubbles: true,
    }),
  );
  // In charts with several panels Plot draws the tip with the next frame.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      // Plot parts the lines of a tip by zero-width spaces.
      const tip = svg.querySelector('[aria-label="tip"]')?.textContent ?? "";
      const lines = tip.split("\u200b").filter((line) => line !== "");
      if (lines.length > 0) announce(lines.join(words.language.semicolon));
    }),
  );
}

function announce(text: string): void {
  let region = document.getElementById("mb-announcements");
  if (region === null) {
    region = document.createElement("div");
    region.id = "mb-announcements";
    region.setAttribute("aria-live", "polite");
    region.className = "mb-visually-hidden";
    document.body.append(region);
  }
  region.textContent = text;
}
