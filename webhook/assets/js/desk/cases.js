// Cases: the list and the case that are shown are read again when something of them has changed. What somebody fills in
// stays: only what has no form in it takes its new place.
import { $, $$, ask, morph } from "./page.js";

const list = () => $("#cases");
const file = () => $("#case");

/** shown reports whether the page shows cases. */
export const shown = () => Boolean(list() || file());
/** live reports whether their reader hears of what changes. */
export const live = () => Boolean($("#cases[data-live], #case[data-live]"));

const calm = 3000; // between two readings of a list
let before = 0, soon = 0;

/** refresh reads again what is shown. */
export function refresh() {
  soon ||= setTimeout(async () => {
    [soon, before] = [0, Date.now()];
    if (file()) await part();
    else if (list()) await rows();
  }, Math.max(0, before + calm - Date.now()));
}

/** changed is told which chats have changed: a case is read again when its chat has. */
export function changed(chats) {
  if (!chats.length) return;
  if (list() || chats.includes(file()?.dataset.chat)) refresh();
}

async function part() {
  const html = await ask(file().dataset.here);
  const page = html && new DOMParser().parseFromString(html, "text/html");
  if (page) for (const fresh of $$("#case-head, #timeline, #promise", page)) morph(document.getElementById(fresh.id), fresh.outerHTML);
}

async function rows() {
  if ($("#case-rows :checked") || document.activeElement?.closest?.(".filters, .bulk")) return; // somebody is at work in it
  const html = await ask(`${list().dataset.here}&rows=${$$("#case-rows > tr").length}`);
  const fresh = html && $("#cases", new DOMParser().parseFromString(html, "text/html"));
  if (fresh && list()) morph(list(), fresh.outerHTML);
}
