// The picture of the script: drawn by the server, moved and enlarged here, kept in step with the cursor.
import { $, $$ } from "../desk/page.js";

let zoom = 0, natural, on, shown, drawn = false, line;

const canvas = () => $("#graph");
const svg = () => $("svg", canvas());

/** lang is the language in which the boxes speak. */
export const lang = () => $("[data-speech][aria-pressed=true]")?.dataset.speech ?? document.documentElement.lang;

function size(to) {
  if (!svg()) return;
  zoom = Math.max(0.15, Math.min(3, to));
  svg().style.inlineSize = `${Math.round(natural.width * zoom)}px`;
  svg().style.blockSize = `${Math.round(natural.height * zoom)}px`;
}

function fit() {
  const { clientWidth, clientHeight } = canvas();
  size(Math.min(1, (clientWidth - 24) / natural.width, (clientHeight - 24) / natural.height));
}

/** show puts another picture in the place of the one before; none leaves that one, dimmed. */
export function show(picture) {
  stale(!picture);
  if (!picture || shown === (shown = picture)) return;
  canvas().innerHTML = picture;
  const { width, height } = svg().viewBox.baseVal;
  natural = { width, height };
  size(zoom || 1);
  if (!drawn) first();
  drawn = true;
}

/** first opens the picture on the first step. */
function first() {
  const box = $(`[data-step="${CSS.escape(svg().dataset.first ?? "")}"]`, canvas()) ?? $("[data-step]", canvas());
  box?.scrollIntoView({ block: "nearest", inline: "center", behavior: "instant" });
}

const room = 16; // px around a box that is well in sight

/** centre brings a box into the middle of the picture, unless all of it is in sight. */
function centre(box, behavior = "auto") {
  const at = box.getBoundingClientRect(), seen = canvas().getBoundingClientRect();
  if (at.left >= seen.left + room && at.right <= seen.right - room && at.top >= seen.top + room && at.bottom <= seen.bottom - room) return;
  canvas().scrollBy({ left: (at.left + at.right - seen.left - seen.right) / 2, top: (at.top + at.bottom - seen.top - seen.bottom) / 2, behavior });
}

/** opened shows the step of the cursor when the picture comes into sight: nothing can be scrolled before. */
export function opened() {
  const box = $(".g-current", canvas());
  if (box) centre(box, "instant");
  else if (drawn) first();
}

/** stale says that the picture is not that of the present text. */
export function stale(yes) {
  canvas().classList.toggle("dim", yes);
  $(".picture .stale").hidden = !yes || !drawn;
}

/** at outlines the step of a line, and brings it into sight when the cursor has gone to another one. */
export function at(to) {
  const box = $$("[data-line]", canvas()).find((one) => Number(one.dataset.line) === to);
  for (const other of $$(".g-current", canvas())) if (other !== box) { other.classList.remove("g-current"); other.removeAttribute("aria-current"); }
  if (!box) return;
  box.classList.add("g-current");
  box.setAttribute("aria-current", "true");
  if (line !== to) centre(box);
  line = to;
}

function pressed(event) {
  const box = event.target.closest("[data-line]");
  if (!box || (event.type === "keydown" && event.code !== "Enter" && event.code !== "Space")) return;
  event.preventDefault();
  line = Number(box.dataset.line);
  on.go(line);
}

export function start(acts) {
  on = acts;
  canvas().addEventListener("click", pressed);
  canvas().addEventListener("keydown", pressed);
  canvas().addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    size(zoom * (event.deltaY < 0 ? 1.1 : 1 / 1.1));
  }, { passive: false });
  for (const button of $$("[data-zoom]")) {
    button.addEventListener("click", () => ({ in: () => size(zoom * 1.25), out: () => size(zoom / 1.25), fit }[button.dataset.zoom])());
  }
  for (const button of $$("[data-speech]")) {
    button.addEventListener("click", () => {
      for (const other of $$("[data-speech]")) other.setAttribute("aria-pressed", String(other === button));
      on.again();
    });
  }
}
