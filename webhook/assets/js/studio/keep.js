// The draft: kept on the server a moment after the last key, and at once by Ctrl S. While the server is away it is kept in
// this browser, and sent when it is back. A draft that was changed elsewhere meanwhile is shown beside this one.
import { $, word } from "../desk/page.js";
import { lang } from "./graph.js";

const patience = 1500; // after the last key
let soon, busy, sent, on, theirs;

const page = () => $("#studio");
const place = () => `javab.studio.draft.${page().dataset.who}.${page().dataset.flow}`;
const say = (id) => { $("#kept").textContent = id ? word(id) : ""; };

/** changed is told each text that is written. One that is again as the server has it is kept nowhere else: the next page
would take up what was undone here. */
export function changed(text) {
  if (text === sent) { delete localStorage[place()]; return say(""); }
  localStorage[place()] = JSON.stringify({ rev: page().dataset.rev, text });
  say("studio.unsaved");
  clearTimeout(soon);
  soon = setTimeout(now, patience);
}

/** now keeps what is written; it returns when that is done, or cannot be done. */
export async function now() {
  clearTimeout(soon);
  await busy;
  const text = on.text();
  if (text === sent || theirs || !page().hasAttribute("data-edits")) return;
  busy = save(text);
  await busy;
}

async function save(text) {
  say("studio.saving");
  try {
    const answer = await fetch(`${page().dataset.url}/save`, { method: "POST", body: new URLSearchParams({ text, rev: page().dataset.rev, lang: lang() }) });
    if (answer.redirected || answer.status === 401) return location.reload();
    const told = await answer.json();
    if (answer.status === 409) return clash(told);
    if (!answer.ok) { $("#said").textContent = told.said; return say("studio.unsaved"); }
    taken(text, told);
  } catch {
    say(navigator.onLine ? "studio.kept.browser" : "studio.offline");
    soon = setTimeout(now, 3000);
  }
}

/** stands says how the text is on the server. */
function stands(text, { rev, standing, drafted }) {
  sent = text;
  page().dataset.rev = rev;
  $("#standing").textContent = standing;
  $("#standing").classList.toggle("warn", drafted);
  if ($("#discard")) $("#discard").hidden = !drafted;
}

/** taken notes that the server has a text. */
function taken(text, told) {
  stands(text, told);
  $("#said").textContent = "";
  if (on.text() !== text) return changed(on.text());
  delete localStorage[place()];
  say("studio.saved");
  on.show(told);
}

function clash(told) {
  theirs = told;
  say("studio.elsewhere");
  $("#clash-said").textContent = told.said;
  $("#clash-lines").innerHTML = told.diff;
  $("#box-clash").showPopover();
}

/** mine keeps what is written here, over what was kept elsewhere. */
export function mine() {
  page().dataset.rev = theirs.rev;
  theirs = null;
  $("#box-clash").hidePopover();
  now();
}

/** takes what was kept elsewhere in the place of what is written here; that can be undone. */
function other() {
  const { text } = theirs;
  stands(text, theirs);
  theirs = null;
  $("#box-clash").hidePopover();
  on.replace(text);
  delete localStorage[place()];
  say("studio.saved");
}
export { other as theirs };

/** restore takes up what this browser has kept and the server never got. */
function restore() {
  const left = localStorage[place()];
  if (!left) return;
  const { rev, text } = JSON.parse(left);
  if (text === sent) { delete localStorage[place()]; return; }
  page().dataset.rev = rev; // when the server has another one meanwhile, both are shown
  on.replace(text);
}

export function start(acts) {
  on = acts;
  sent = on.text();
  if (page().hasAttribute("data-edits")) restore();
  addEventListener("online", now);
  addEventListener("beforeunload", (event) => { if (on.text() !== sent && !localStorage[place()]) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && now());
}
