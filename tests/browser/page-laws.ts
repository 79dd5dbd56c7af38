import type { Page } from "playwright-core";
import { forWhatHangsMs } from "./browser.js";

/** What every page of the report must satisfy at any width and in any color scheme; one sentence per breach. */
export async function layoutBreaches(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const breaches: string[] = [];
    const describe = (element: Element): string =>
      `<${element.tagName.toLowerCase()}${element.id === "" ? "" : ` id="${element.id}"`}${
        element.getAttribute("class") === null ? "" : ` class="${element.getAttribute("class")}"`
      }>`;
    const isVisible = (element: Element): boolean => {
      const box = element.getBoundingClientRect();
      return box.width > 0 && box.height > 0 && getComputedStyle(element).visibility === "visible";
    };

    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width) {
      const widest = Array.from(document.body.querySelectorAll("*"))
        .filter(isVisible)
        .reduce((a, b) => (b.getBoundingClientRect().right > a.getBoundingClientRect().right ? b : a));
      breaches.push(
        `the page is ${document.documentElement.scrollWidth} px wide in a window of ${width} px; ${describe(widest)} sticks out`,
      );
    }

    const hasName = (element: Element): boolean => {
      const labels = (element.getAttribute("aria-labelledby") ?? "").split(/\s+/).filter((id) => id !== "");
      return (
        (element.getAttribute("aria-label") ?? "").trim() !== "" ||
        labels.some((id) => (document.getElementById(id)?.textContent ?? "").trim() !== "") ||
        Array.from(element.children).some(
          (child) => child.tagName.toLowerCase() === "title" && (child.textContent ?? "").trim() !== "",
        )
      );
    };
    for (const chart of document.querySelectorAll("main svg, main canvas")) {
      const { width: w, height: h } = chart.getBoundingClientRect();
      // Smaller drawings are icons, legend swatches and sparklines inside a labeled row.
      if (w < 120 || h < 60 || !isVisible(chart) || chart.closest("[aria-hidden=true]") !== null) continue;
      const image = chart.closest("[role=img]");
      if (!hasName(chart) && (image === null || !hasName(image))) {
        breaches.push(
          `the chart ${describe(chart)} (${Math.round(w)} x ${Math.round(h)} px) has no accessible name`,
        );
      }
    }
    for (const table of document.querySelectorAll("main table")) {
      if (!isVisible(table)) continue;
      if ((table.querySelector("caption")?.textContent ?? "").trim() === "" && !hasName(table)) {
        breaches.push(
          `the table ${describe(table)} "${table.textContent?.trim().slice(0, 40)}" has no caption`,
        );
      }
    }
    return breaches;
  });
}

/** Whether the page comes to show a chart that is large enough to be read; a chart is drawn a little after its cell has ended. */
export async function drawsChart(page: Page): Promise<boolean> {
  const isDrawn = () =>
    Array.from(document.querySelectorAll("main svg, main canvas")).some((chart) => {
      const { width, height } = chart.getBoundingClientRect();
      return width >= 120 && height >= 60;
    });
  return page.waitForFunction(isDrawn, undefined, { timeout: forWhatHangsMs }).then(
    () => true,
    () => false,
  );
}

/** Controls of the page's main part that the Tab key does not reach, one sentence each. */
export async function unreachableControls(page: Page): Promise<string[]> {
  const controls = await page.evaluate(() => {
    const found = Array.from(document.querySelectorAll("main :is(button, input, select, textarea, summary)"));
    // The Tab key stops once in a group of radio buttons; the arrow keys go on from there.
    const groups = new Set<string>();
    return found.filter((control) => {
      if (control.matches(":disabled, [type=hidden]") || !(control as HTMLElement).checkVisibility())
        return false;
      if (!(control instanceof HTMLInputElement) || control.type !== "radio") return markControl(control);
      const first = !groups.has(control.name);
      groups.add(control.name);
      return first && markControl(control);
    }).length;

    function markControl(control: Element): boolean {
      control.setAttribute("data-control", "waiting");
      return true;
    }
  });
  const mostStops = 40 + 4 * controls + (await page.locator("a[href], [tabindex]").count());
  for (let stop = 0; stop < mostStops; stop++) {
    await page.keyboard.press("Tab");
    const left = await page.evaluate(() => {
      const active = document.activeElement;
      active?.setAttribute("data-control", "reached");
      if (active instanceof HTMLInputElement && active.type === "radio") {
        for (const radio of document.getElementsByName(active.name))
          radio.setAttribute("data-control", "reached");
      }
      return document.querySelectorAll("[data-control=waiting]").length;
    });
    if (left === 0) break;
  }
  return page.evaluate(() =>
    Array.from(
      document.querySelectorAll("[data-control=waiting]"),
      (control) => `the Tab key does not reach ${control.outerHTML.slice(0, 120)}`,
    ),
  );
}
