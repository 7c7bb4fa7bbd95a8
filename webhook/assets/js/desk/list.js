// The list: rows change in place; new ones come in only while the pointer is elsewhere, so that nothing moves under it.
import { $, $$, ask, count, list, morph, work } from "./page.js";
import { tick } from "./clock.js";

const waiting = new Set(); // chats that the list does not show yet
let pointed = false;

const selected = () => work()?.dataset.chat ?? "";
const row = (chat) => document.getElementById(`row-${chat}`);

/** changed is told which chats have changed. */
export async function changed(chats) {
  if (!list()) return;
  const known = chats.filter(row), fresh = chats.filter((chat) => !row(chat));
  if (!pointed && (fresh.length || known.length > 5)) return refresh();
  for (const chat of known) await one(chat);
  for (const chat of fresh) waiting.add(chat);
  news();
}

async function one(chat) {
  const tab = list().dataset.tab, current = chat === selected() ? "&current=1" : "";
  const html = await ask(`/desk/row/${encodeURIComponent(chat)}?tab=${tab}${current}`);
  const old = row(chat);
  if (html && old) morph(old, html);
  else if (!html && !pointed) old?.remove();
  else if (!html) old?.classList.add("gone");
  tick();
}

function news() {
  const button = $("[data-do=news]");
  if (!button) return;
  button.hidden = waiting.size === 0;
  button.textContent = count("desk.news", waiting.size);
}

/** refresh reads the whole list again. */
export async function refresh() {
  if (!list()) return;
  waiting.clear();
  const html = await ask(`/desk/list?tab=${list().dataset.tab}&chat=${encodeURIComponent(selected())}`);
  if (html) morph(list(), html);
  tick();
}

/** step opens the next (1) or the previous (-1) chat. */
export function step(by) {
  const links = $$(".row > a"), at = links.findIndex((a) => a.hasAttribute("aria-current"));
  const to = links[at < 0 ? 0 : at + by];
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
