import { createHash } from "node:crypto";
import type { Rubric } from "../../../src/lib/catalogue/rubric.js";

/** A rubric of criteria on one scale, the only kind that people rate. */
export type ScaleRubric = Extract<Rubric, { readonly kind: "scale" }>;

export interface FormItem {
  readonly code: string;
  readonly question: string;
  /** What the judge is shown as the reference; null if there is none. */
  readonly reference: string | null;
  readonly answer: string;
}

export interface FormContent {
  readonly packet: string;
  readonly rater: string;
  readonly rubric: Pick<ScaleRubric, "name" | "instructions" | "scale" | "criteria">;
  readonly items: readonly FormItem[];
}

/**
 * A rating form as one HTML file that needs no network and no server. It shows one answer at a time with all that the judge sees,
 * keeps the state in the browser where that is allowed, opens at the first answer that is not complete, and exports the ratings as
 * a JSON download, which it can also open again. Questions and answers are untrusted text: they are embedded as escaped
 * JSON and shown as text, never as markup.
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
fieldset.open { border-color: #b3541e; border-width: 2px; }
textarea { font: inherit; box-sizing: border-box; width: 100%; min-height: 4rem; }
button { font: inherit; padding: 0.4rem 0.8rem; }
input[type="file"] { font: inherit; max-width: 100%; }
dialog { max-width: 30rem; border: 1px solid #9aa7ad; border-radius: 6px; }
nav { position: sticky; bottom: 0; background: Canvas; padding: 0.5rem 0; border-top: 1px solid #9aa7ad; }
nav, dialog form { display: flex; flex-wrap: wrap; gap: 0.4rem; align-items: center; }
#progress { flex-basis: 100%; }
@media (max-width: 40rem) { nav button { padding: 0.3rem 0.4rem; font-size: 0.85rem; } }
</style>
<h1>评分表 / Rating form</h1>
<p id="instructions"></p>
<main id="item"></main>
<nav>
<span id="progress" role="status"></span>
<button id="previous" type="button">上一条 / Previous</button>
<button id="next" type="button">下一条 / Next</button>
<button id="next-open" type="button">下一条未完成 / Next open</button>
<button id="download" type="button">下载评分 / Download ratings</button>
</nav>
<p><label>打开已下载的评分 / Open downloaded ratings: <input id="restore" type="file" accept=".jsonl,application/json"></label></p>
<dialog id="incomplete" aria-labelledby="incomplete-text">
<p id="incomplete-text"></p>
<form method="dialog">
<button id="go-open" type="button" autofocus>去未完成的 / Go to the first open one</button>
<button id="download-anyway" type="button">仍然下载 / Download anyway</button>
<button id="cancel" type="button">取消 / Cancel</button>
</form>
</dialog>
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
const byId = (id) => document.getElementById(id);
// The codes are part of the key: another packet of the same name must not show this one's ratings.
const key = "rating-form/3/" + JSON.stringify([packet, rater, content.draw]);
const read = () => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
// Per code: { grades: { criterion: { value, rated_at } }, remark }.
const ratings = read();
let isKept = true;
const keep = () => {
  // A private window keeps nothing: the download is all there is.
  try { localStorage.setItem(key, JSON.stringify(ratings)); isKept = true; } catch { isKept = false; }
};
const of = (code) => ratings[code] || { grades: {}, remark: "" };
const edit = (code) => (ratings[code] ||= { grades: {}, remark: "" });
const openCriteria = ({ code }) => rubric.criteria.filter(({ id }) => of(code).grades[id] === undefined);
const firstOpen = (from) => {
  for (let step = 0; step < items.length; step += 1) {
    const index = (from + step) % items.length;
    if (openCriteria(items[index]).length > 0) return index;
  }
  return -1;
};
const make = (tag, text, attributes) => Object.assign(document.createElement(tag), text === undefined ? {} : { textContent: text }, attributes || {});
byId("instructions").textContent = rubric.instructions.zh + " / " + rubric.instructions.en;
let at = Math.max(0, firstOpen(0));
function show() {
  const item = items[at];
  const main = byId("item");
  main.replaceChildren(make("h2", "问题 / Question"), make("pre", item.question));
  if (item.reference !== null) main.append(make("h2", "参考答案 / Reference"), make("pre", item.reference, { id: "reference" }));
  main.append(make("h2", "回答 / Answer"), make("pre", item.answer, { id: "answer" }));
  for (const criterion of rubric.criteria) {
    const group = make("fieldset");
    group.append(make("legend", criterion.name.zh + " / " + criterion.name.en + ": " + criterion.asks.zh + " / " + criterion.asks.en));
    const given = (of(item.code).grades[criterion.id] || {}).value;
    const add = (value, text) => {
      const label = make("label");
      const input = make("input", undefined, { type: "radio", name: criterion.id, value: String(value), checked: given === value });
      input.addEventListener("change", () => {
        edit(item.code).grades[criterion.id] = { value, rated_at: new Date().toISOString() };
        group.classList.remove("open");
        keep();
        count();
      });
      label.append(input, " " + text);
      group.append(label);
    };
    for (let value = rubric.scale.max; value >= rubric.scale.min; value -= 1)
      add(value, value + "  " + criterion.anchors[value].zh + " / " + criterion.anchors[value].en);
    add("cannot rate", "无法评分 / Cannot rate");
    main.append(group);
  }
  const label = make("label", "备注（可不填）/ Remark (optional)");
  const remark = make("textarea", undefined, { id: "remark", value: of(item.code).remark });
  remark.addEventListener("input", () => { edit(item.code).remark = remark.value; keep(); });
  label.append(remark);
  main.append(label);
  count();
}
function count() {
  const done = items.filter((item) => openCriteria(item).length === 0).length;
  byId("progress").textContent = (at + 1) + " / " + items.length + " · 完成 / done " + done;
  byId("next-open").disabled = done === items.length;
}
function goTo(index) {
  at = Math.min(items.length - 1, Math.max(0, index));
  show();
  scrollTo(0, 0);
}
function goToOpen(from) {
  const index = firstOpen(from);
  if (index < 0) return;
  goTo(index);
  const open = new Set(openCriteria(items[at]).map(({ id }) => id));
  for (const input of document.querySelectorAll("fieldset input"))
    if (open.has(input.name)) input.closest("fieldset").classList.add("open");
  document.querySelector("fieldset.open input").focus();
}
function download() {
  const rows = items.flatMap(({ code }) => {
    const { grades, remark } = of(code);
    const note = remark.trim() === "" ? {} : { remark };
    const rated = Object.entries(grades).map(([criterion, { value, rated_at }]) => ({ code, rater, packet, criterion, value, rated_at, ...note }));
    return rated.length > 0 || remark.trim() === "" ? rated : [{ code, rater, packet, ...note }];
  });
  const text = rows.map((row) => JSON.stringify(row) + "\\n").join("");
  make("a", undefined, { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: "ratings-" + rater + ".jsonl" }).click();
  isKept = true;
}
/** Takes the rows of a download of this form; grades given here later stay. */
function restore(text) {
  let taken = 0, left = 0;
  const codes = new Set(items.map(({ code }) => code));
  for (const line of text.split("\\n").filter((each) => each.trim() !== "")) {
    let row = null;
    try { row = JSON.parse(line); } catch { /* counted below */ }
    if (row === null || row.packet !== packet || row.rater !== rater || !codes.has(row.code)) { left += 1; continue; }
    const own = edit(row.code);
    const known = own.grades[row.criterion];
    if (row.criterion !== undefined && (known === undefined || known.rated_at < row.rated_at)) own.grades[row.criterion] = { value: row.value, rated_at: row.rated_at };
    if (own.remark === "" && typeof row.remark === "string") own.remark = row.remark;
    taken += 1;
  }
  keep();
  goTo(Math.max(0, firstOpen(0)));
  byId("progress").textContent += " · 读入 / read " + taken + (left === 0 ? "" : " · 不属于本表 / not of this form " + left);
}
byId("previous").addEventListener("click", () => goTo(at - 1));
byId("next").addEventListener("click", () => goTo(at + 1));
byId("next-open").addEventListener("click", () => goToOpen(at + 1));
byId("download").addEventListener("click", () => {
  const open = items.filter((item) => openCriteria(item).length > 0).length;
  if (open === 0) { download(); return; }
  byId("incomplete-text").textContent = "还有 " + open + " 条回答没有评完（共 " + items.length + " 条）。/ " + open + " of " + items.length + " answers are not complete.";
  byId("incomplete").showModal();
});
byId("go-open").addEventListener("click", () => { byId("incomplete").close(); goToOpen(0); });
byId("download-anyway").addEventListener("click", () => { byId("incomplete").close(); download(); });
byId("cancel").addEventListener("click", () => byId("incomplete").close());
byId("restore").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file !== undefined) restore(await file.text());
  event.target.value = "";
});
addEventListener("beforeunload", (event) => { if (!isKept) event.preventDefault(); });
show();`;
