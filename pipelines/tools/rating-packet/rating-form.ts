import { createHash } from "node:crypto";
import type { Rubric } from "../../../src/lib/catalogue/rubric.js";

/** A rubric of criteria on one scale, the only kind that people rate. */
export type ScaleRubric = Extract<Rubric, { readonly kind: "scale" }>;

export interface FormItem {
  readonly code: string;
  readonly question: string;
  readonly answer: string;
}

export interface FormContent {
  readonly packet: string;
  readonly rater: string;
  readonly rubric: Pick<ScaleRubric, "name" | "instructions" | "scale" | "criteria">;
  readonly items: readonly FormItem[];
}

/**
 * A rating form as one HTML file that needs no network and no server: it shows one answer at a time, keeps the state in
 * the browser where that is allowed, and exports the ratings as a JSON download. Questions and answers are untrusted text:
 * they are embedded as escaped JSON and shown as text, never as markup.
 */
export function ratingForm(content: FormContent): string {
  // "<" would end the script element, and U+2028 is a line end to old parsers.
  const draw = createHash("sha256").update(JSON.stringify(content.items)).digest("hex").slice(0, 16);
  const data = JSON.stringify({ ...content, draw }).replace(
    /[<\u2028\u2029]/g,
    (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `<!doctype html>
<html lang="zh">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<meta name="color-scheme" content="light dark">
<title>评分表 / Rating form</title>
<style>
body { font: 16px/1.55 system-ui, sans-serif; max-width: 52rem; margin: 0 auto; padding: 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: inherit; border-left: 3px solid #0b6e75; padding-left: 0.8rem; }
fieldset { border: 1px solid #9aa7ad; border-radius: 6px; margin: 0.8rem 0; }
fieldset label { display: block; padding: 0.15rem 0; }
button { font: inherit; padding: 0.5rem 1rem; margin: 0.3rem 0.3rem 0.3rem 0; }
nav { position: sticky; bottom: 0; background: Canvas; padding: 0.5rem 0; border-top: 1px solid #9aa7ad; }
</style>
<h1>评分表 / Rating form</h1>
<p id="instructions"></p>
<main id="item"></main>
<nav>
<button id="previous" type="button">上一条 / Previous</button>
<button id="next" type="button">下一条 / Next</button>
<button id="download" type="button">下载评分 / Download ratings</button>
<span id="progress" role="status"></span>
</nav>
<script type="application/json" id="content">${data}</script>
<script>
${script}
</script>
</html>
`;
}

const script = `"use strict";
const content = JSON.parse(document.getElementById("content").textContent);
const { items, rubric, packet, rater } = content;
// The codes are part of the key: another packet of the same name must not show this one's ratings.
const key = "rating-form/2/" + JSON.stringify([packet, rater, content.draw]);
const read = () => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
const ratings = read();
const keep = () => { try { localStorage.setItem(key, JSON.stringify(ratings)); } catch { /* private window: the download is all there is */ } };
let at = 0;
const make = (tag, text, attributes) => Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text }, attributes || {});
document.getElementById("instructions").textContent = rubric.instructions.zh + " / " + rubric.instructions.en;
function show() {
  const item = items[at];
  const main = document.getElementById("item");
  main.replaceChildren(make("h2", "问题 / Question"), make("pre", item.question), make("h2", "回答 / Answer"), make("pre", item.answer));
  for (const criterion of rubric.criteria) {
    const group = make("fieldset");
    group.append(make("legend", criterion.name.zh + " / " + criterion.name.en + ": " + criterion.asks.zh + " / " + criterion.asks.en));
    const given = ((ratings[item.code] || {})[criterion.id] || {}).value;
    const add = (value, text) => {
      const label = make("label");
      const input = make("input", undefined, { type: "radio", name: criterion.id, value: String(value), checked: given === value });
      input.addEventListener("change", () => { (ratings[item.code] ||= {})[criterion.id] = { value, rated_at: new Date().toISOString() }; keep(); count(); });
      label.append(input, " " + text);
      group.append(label);
    };
    for (let value = rubric.scale.max; value >= rubric.scale.min; value -= 1)
      add(value, value + "  " + criterion.anchors[value].zh + " / " + criterion.anchors[value].en);
    add("cannot rate", "无法评分 / Cannot rate");
    main.append(group);
  }
  count();
}
function count() {
  const done = items.filter(({ code }) => rubric.criteria.every(({ id }) => (ratings[code] || {})[id] !== undefined)).length;
  document.getElementById("progress").textContent = (at + 1) + " / " + items.length + " · 完成 / done " + done;
}
const go = (step) => { at = Math.min(items.length - 1, Math.max(0, at + step)); show(); scrollTo(0, 0); };
document.getElementById("previous").addEventListener("click", () => go(-1));
document.getElementById("next").addEventListener("click", () => go(1));
document.getElementById("download").addEventListener("click", () => {
  const rows = items.flatMap(({ code }) => Object.entries(ratings[code] || {}).map(([criterion, { value, rated_at }]) => (
    { code, rater, packet, criterion, value, rated_at })));
  const link = make("a", undefined, { href: URL.createObjectURL(new Blob([rows.map((row) => JSON.stringify(row)).join("\\n") + "\\n"], { type: "application/json" })), download: "ratings-" + rater + ".jsonl" });
  link.click();
});
show();`;
