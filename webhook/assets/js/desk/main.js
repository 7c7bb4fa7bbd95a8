// The first module of the desk and of the live board.
import { $, ask, morph } from "./page.js";
import * as approvals from "./approvals.js";
import * as attach from "./attach.js";
import * as bar from "./bar.js";
import * as bell from "./bell.js";
import * as cases from "./cases.js";
import * as clock from "./clock.js";
import * as focus from "./focus.js";
import * as keys from "./keys.js";
import * as list from "./list.js";
import * as ready from "./ready.js";
import * as thread from "./thread.js";
import * as words from "./words.js";
import { listen } from "./events.js";

const floor = () => $("#floor");
const board = async () => { const html = floor() && (await ask("/board/live/part")); if (html) morph(floor(), html); };
const all = () => { list.refresh(); thread.changed([$("#work")?.dataset.chat]); if (cases.shown()) cases.refresh(); board(); if (approvals.shown()) approvals.refresh(); };

// What could not be read leaves the page as it is, under a strip that offers to try again.
const trouble = (shown) => { const strip = $("#trouble"); if (strip) strip.hidden = !shown; };
addEventListener("unhandledrejection", () => trouble(true));
document.addEventListener("click", ({ target }) => { if (target.closest("[data-do=retry]")) { trouble(false); all(); } });

clock.start();
if ($("#list")) for (const module of [list, focus, thread, words, attach, keys, bar, ready, bell]) module.start();

document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (target.id !== "desk" && !target.closest?.("#work")) return;
  clock.tick();
  list.mark();
  thread.opened();
  bell.title();
  focus.settled();
});
// What somebody did himself shows in his list at once, not with the next signal.
document.addEventListener("htmx:afterRequest", ({ detail }) => detail.requestConfig.verb === "post" && list.refresh(true));
// Offline nothing is sent: the words stay in their box.
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!document.body.classList.contains("offline") || event.detail.requestConfig.verb !== "post") return;
  event.preventDefault();
  event.stopPropagation();
}, { capture: true });
// An act without an answer puts nothing into the page; the keyboard has its place all the same, when the buttons are back.
function unanswered() {
  trouble(true);
  if ($("#list")) queueMicrotask(focus.settled);
}
// An answer that is not ours, from something between us and the server, takes no page's place.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status < 500 || detail.xhr.getResponseHeader("HX-Retarget")) return;
  detail.shouldSwap = false;
  unanswered();
});
document.addEventListener("htmx:sendError", unanswered);

const reads = () => $("#list") || floor() || approvals.shown() || cases.shown();
if (reads()) setInterval(() => document.visibilityState === "visible" && all(), 60_000); // a signal may be lost
if (reads() && (!cases.shown() || cases.live())) {
  listen(thread.browser, {
    news: ({ open = [], here = [], chats = [], taken = [], queues, cases: worked = [], approvals: moved }) => {
      if (queues) all();
      if (moved) approvals.refresh();
      if (open.length) thread.changed(open);
      if (here.length) thread.here(here);
      if (cases.shown()) cases.changed([...chats, ...worked]);
      if (chats.length) { list.changed(chats, taken); board(); }
    },
    back: all,
  });
}
