// The list: rows change in place; new ones come in only while the pointer is elsewhere, so that nothing moves under it.
import { $, $$, ask, count, list, morph, way, work } from "./page.js";
import { tick } from "./clock.js";
import { look } from "./bell.js";
import { steady } from "./focus.js";

const waiting = new Set(); // chats that the list does not show yet
let pointed = false;

const selected = () => work()?.dataset.chat ?? "";
const row = (chat) => document.getElementById(`row-${chat}`);

/** changed is told which chats have changed, and which of them somebody holds: the queue has them no more. */
export async function changed(chats, taken) {
  if (!list()) return;
  const left = list().dataset.tab === "waiting" ? taken : [];
  for (const chat of left) leave(chat);
  const here = chats.filter((chat) => !left.includes(chat));
  const known = here.filter(row), fresh = here.filter((chat) => !row(chat));
  for (const chat of fresh) waiting.add(chat);
  if (fresh.length || known.length > 5) later();
  if (still()) news();
  if (still() || known.length <= 5) for (const chat of known) await one(chat);
}

const still = () => pointed && document.visibilityState === "visible";

const calm = 5000; // between two readings of the whole list: at a full desk something changes in it every second
let before = 0, soon = 0;

/** later reads the list again: at once, or when the last time is a while ago. */
function later() {
  soon ||= setTimeout(async () => {
    [soon, before] = [0, Date.now()];
    if (still()) counts(await read());
    else await refresh();
  }, Math.max(0, before + calm - Date.now()));
}

async function one(chat) {
  const tab = list().dataset.tab, current = chat === selected() ? "&current=1" : "";
  const html = await ask(way(`/desk/row/${encodeURIComponent(chat)}?tab=${tab}${current}`));
  const old = row(chat);
  if (html && old) morph(old, html);
  else if (!html) leave(chat);
  tick();
}

/** leave takes a row out of the list, or only marks it while the pointer is over the list. */
function leave(chat) {
  const old = row(chat);
  if (!old) return;
  if (pointed) old.classList.add("gone");
  else steady(() => old.remove());
  later();
}

function news() {
  const button = $("[data-do=news]");
  if (!button) return;
  button.hidden = waiting.size === 0;
  button.textContent = count("desk.news", waiting.size);
}

/** read asks for the list with as many rows as it shows. */
const read = () => ask(way(`/desk/list?tab=${list().dataset.tab}&chat=${encodeURIComponent(selected())}&rows=${$$(".row").length}`));

/** counts brings the tabs up to date while the rows stay where they are. */
function counts(html) {
  const page = html && new DOMParser().parseFromString(html, "text/html");
  if (!page || !list()) return;
  list().dataset.waiting = $("#list", page).dataset.waiting;
  morph($(".tabs", list()), $(".tabs", page).outerHTML);
  look();
}

/** refresh reads the whole list again; own says that it is because of what somebody has just done himself. */
export async function refresh(own = false) {
  if (!list()) return;
  waiting.clear();
  const html = await read();
  if (html && list()) morph(list(), html);
  tick();
  look(own);
}

/** step opens the next (1) or the previous (-1) chat. */
export function step(by) {
  const links = $$(".row > a"), at = links.findIndex((a) => a.hasAttribute("aria-current"));
  const to = links[at < 0 ? 0 : at + by];
  to?.focus({ preventScroll: true });
  to?.click();
  to?.scrollIntoView({ block: "nearest" });
}

/** mark shows which chat is open. */
export function mark() {
  for (const a of $$(".row > a")) {
    if (a.parentElement.dataset.chat === selected()) a.setAttribute("aria-current", "true");
    else a.removeAttribute("aria-current");
  }
}

export function start() {
  document.addEventListener("pointerover", (event) => {
    const over = Boolean(event.target.closest?.("#rows")) && event.pointerType !== "touch";
    if (pointed && !over && waiting.size) refresh();
    pointed = over;
  });
  document.addEventListener("click", (event) => event.target.closest("[data-do=news]") && refresh());
}
