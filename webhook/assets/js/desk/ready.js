// The ready replies of the reply box. A "/" at the beginning of the box opens them, whatever key it comes from, and what
// follows searches; the button opens them too. The chosen one stands in the box, to be read and changed before it is sent.
import { $, $$, ask, work } from "./page.js";

const left = /\{(?:name|officer|unit|case|due)\}/; // what the server could not fill in, and will not send
let asking, found, at = 0, dismissed = false;

const panel = () => $("#ready");
const box = () => $("#write .reply textarea");
const offers = () => $$("#ready-list .offer");

/** sought is what somebody searches for; undefined when the box holds a text of his own. */
const sought = () => /^\/([^\n]*)$/.exec(box()?.value ?? "")?.[1];

function choose(i) {
  const list = offers();
  at = Math.max(0, Math.min(i, list.length - 1));
  for (const [n, offer] of list.entries()) {
    offer.id = `offer-${n}`;
    offer.setAttribute("aria-selected", String(n === at));
  }
  if (list.length) box().setAttribute("aria-activedescendant", `offer-${at}`);
  list[at]?.scrollIntoView({ block: "nearest" });
}

function open(yes) {
  if (!panel() || panel().open === yes) return;
  panel().open = yes;
  if (yes) return;
  box().removeAttribute("aria-activedescendant");
  if (box().value === "/") box().value = "";
}

const busy = () => $("#ready-list")?.ariaBusy === "true";

/** seek shows what the server finds; an answer that comes too late is dropped. Until it comes the list is busy. */
function seek(words) {
  clearTimeout(asking);
  $("#ready-list").ariaBusy = "true";
  const late = () => words !== (sought() ?? "");
  found = new Promise((done) => {
    asking = setTimeout(async () => {
      try {
        const html = await ask(`${panel().dataset.url}?tab=${work().dataset.tab}&q=${encodeURIComponent(words)}`);
        if (html === null || late()) return;
        $("#ready-list").innerHTML = html;
        choose(0);
      } finally {
        if (!late() && panel()) $("#ready-list").ariaBusy = "false";
        done();
      }
    }, 120);
  });
}

function typed() {
  const words = sought();
  if (words === undefined) {
    dismissed = false;
    return open(false);
  }
  if (dismissed) return;
  open(true);
  seek(words);
}

function pick(offer) {
  const field = box(), text = $(".theirs", offer).textContent;
  if (sought() !== undefined) field.value = "";
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.form.elements.ready.value = offer.dataset.ref;
  open(false);
  field.focus();
  const gap = left.exec(field.value);
  if (gap) field.setSelectionRange(gap.index, gap.index + gap[0].length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** act does what a key means in the open list, and reports whether it means anything. */
function act({ code, target }) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[code];
  if (code === "Escape") {
    dismissed = sought() !== undefined;
    open(false);
    box().focus();
  } else if (step && offers().length) {
    choose(at + step);
    if (target !== box()) offers()[at].focus();
  } else if (code === "Enter" && target === box() && sought() !== undefined && offers()[at]) {
    pick(offers()[at]);
  } else return false;
  return true;
}

/** pressed hears the keys of the open list. In a busy list they wait: a quick hand means what it has searched for. */
function pressed(event) {
  if (!panel()?.open || !(event.target === box() || panel().contains(event.target)) || event.isComposing) return;
  if (event.code === "Enter" && (event.ctrlKey || event.metaKey)) return;
  const waits = busy() && ["ArrowDown", "ArrowUp", "Enter"].includes(event.code);
  if (waits) found.then(() => panel()?.open && act(event));
  if (waits || act(event)) event.preventDefault();
}

export function start() {
  document.addEventListener("input", ({ target }) => target === box() && typed());
  document.addEventListener("keydown", pressed, { capture: true });
  document.addEventListener("click", (event) => {
    const chosen = event.target.closest("#write [data-choose]");
    const offer = chosen ? offers().find(({ dataset }) => dataset.ref === chosen.dataset.choose) : event.target.closest("#ready-list .offer");
    if (offer) { event.preventDefault(); pick(offer); }
    else if (panel()?.open && !event.target.closest("#ready, #write .reply textarea")) open(false);
  });
  // Opened by its button: an empty box becomes the search.
  document.addEventListener("toggle", ({ target }) => {
    if (target !== panel() || !target.open) return;
    if (sought() === undefined && !box().value) { box().value = "/"; dismissed = false; box().focus(); }
    choose(0);
    if (sought() === undefined && $("#ready-list .none")) seek("");
  }, { capture: true });
}
