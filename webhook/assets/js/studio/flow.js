// The page of a script: editor, picture, trial and problems, kept in step with one another. A list and a dialogue are text
// alone: they have editor and problems.
import { $, $$, word } from "../desk/page.js";
import * as editor from "./editor.js";
import * as graph from "./graph.js";
import * as keep from "./keep.js";
import * as problems from "./problems.js";
import * as publish from "./publish.js";
import * as split from "./split.js";
import * as trial from "./trial.js";
import { learn } from "./complete.js";
import { steps, within } from "./steps.js";

let view, checking, asked = 0;
const page = () => $("#studio");
const alone = () => page().hasAttribute("data-alone");
const lineOf = (state) => state.doc.lineAt(state.selection.main.head).number;

/** here is the step in which the cursor stands. */
const here = () => within(steps(editor.text(view)), lineOf(view.state));

/** check asks the server what is wrong with what is written, a moment after the last key. */
async function check() {
  const number = ++asked, text = editor.text(view);
  try {
    const answer = await fetch(`${page().dataset.url}/check`, { method: "POST", body: new URLSearchParams({ text, lang: graph.lang() }) });
    if (answer.status === 401 || answer.redirected) return location.reload();
    if (number === asked && answer.ok) show(await answer.json());
    else if (!answer.ok) stale();
  } catch {
    stale();
  }
}

const stale = () => alone() || graph.stale(true);

/** show puts what the server says of the text into the page. */
function show({ problems: found, graph: picture }) {
  problems.show(found);
  editor.mark(view, found.filter(({ file }) => !file));
  if (alone()) return;
  graph.show(picture);
  graph.at(here()?.line);
  if (!found.some(({ severity }) => severity === "error")) trial.changed();
}

function changed() {
  keep.changed(editor.text(view));
  clearTimeout(checking);
  checking = setTimeout(check, 300);
}

/** to shows a part of the page, where only one fits. */
function to(part) {
  page().dataset.show = part;
  for (const button of $$("[data-view]")) button.setAttribute("aria-pressed", String(button.dataset.view === part));
  if (part === "graph") graph.opened();
}

function go(line, column) {
  to("write");
  editor.go(view, line, column);
}

async function diff() {
  await keep.now();
  const answer = await fetch(`${page().dataset.url}/diff`);
  if (!answer.ok) return;
  $("#diff").innerHTML = await answer.text();
  const box = $("#box-diff");
  if (!box.matches(":popover-open")) box.showPopover();
}

/** block puts one of the palette below the step of the cursor, or below the last one above it that has a name. What is written
meanwhile is not lost: the block is put into that. */
async function block(name) {
  const text = editor.text(view), after = within(steps(text).filter(({ id }) => id), lineOf(view.state))?.id ?? "";
  $("#box-blocks").hidePopover();
  try {
    const answer = await fetch(`${page().dataset.url}/insert`, { method: "POST", body: new URLSearchParams({ text, after, block: name }) });
    if (answer.redirected || answer.status === 401) return location.reload();
    const told = await answer.json();
    if (editor.text(view) !== text) return block(name);
    $("#said").textContent = answer.ok ? "" : told.said;
    if (!answer.ok) return;
    editor.replace(view, told.text);
    go(steps(told.text).find(({ id }) => id === told.step).line);
  } catch {
    $("#said").textContent = word("studio.failed");
  }
}

const acts = {
  save: () => keep.now(), diff, next: () => problems.next(lineOf(view.state)), publish: () => publish.open(),
  mine: () => keep.mine(), theirs: () => keep.theirs(),
};

/** pressed are the keys of the studio, by where they are on the keyboard: the same on Persian and Arabic layouts. */
function pressed(event) {
  const held = event.ctrlKey || event.metaKey;
  const act = held && event.shiftKey && event.code === "KeyD" ? diff : held && event.code === "KeyS" && !event.shiftKey ? acts.save
    : held && event.code === "Enter" && !alone() ? trial.again : event.code === "F8" && !held ? acts.next : null;
  if (!act || event.isComposing || event.altKey) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

/** beside starts what a script has beside its text. */
function beside() {
  split.start();
  graph.start({ go: (line) => go(line), again: check });
  trial.start({ text: () => editor.text(view), here: () => here()?.id, go: (id) => { const step = steps(editor.text(view)).find((one) => one.id === id); if (step) go(step.line); } });
  learn("/studio/vocabulary").catch(() => {}); // without it nothing is offered, and all else works
}

export function start() {
  const edits = page().hasAttribute("data-edits"), field = $("#text");
  const kind = !alone() ? "script" : page().dataset.flow.endsWith(".yaml") ? "list" : "dialogue";
  const moved = () => alone() || graph.at(here()?.line);
  problems.start({ go, fix: (fix) => editor.take(view, fix) });
  view = editor.open(field, { kind, label: field.getAttribute("aria-label"), readOnly: !edits, keys: [], on: { changed, moved } });
  keep.start({ text: () => editor.text(view), replace: (text) => editor.replace(view, text), show });
  if (!alone()) beside();
  if (edits) publish.start({ save: keep.now });
  document.addEventListener("keydown", pressed, { capture: true });
  document.addEventListener("click", ({ target }) => {
    const act = target.closest("[data-do]"), part = target.closest("[data-view]"), piece = target.closest("[data-block]");
    if (act) acts[act.dataset.do]?.();
    if (part) to(part.dataset.view);
    if (piece) block(piece.dataset.block);
  });
  const step = location.hash.slice(1);
  if (step && !alone()) go(steps(editor.text(view)).find(({ id }) => id === step)?.line ?? 1);
  check();
}
