// The lines between the panes: dragged by the pointer, moved by the arrow keys. Where they stand is remembered in this
// browser, as the size of the pane that each belongs to.
import { $$ } from "../desk/page.js";

const kept = (line) => `javab.studio.${line.dataset.split}`;
const rtl = () => document.documentElement.dir === "rtl";
const across = (line) => line.getAttribute("aria-orientation") === "vertical";

/** pane is what a line makes larger or smaller: the one before it, or the one behind it. */
const pane = (line) => line.dataset.of === "next" ? line.nextElementSibling : line.previousElementSibling;

function size(line, to) {
  const least = Number(line.getAttribute("aria-valuemin")), most = Number(line.getAttribute("aria-valuemax"));
  const px = Math.round(Math.max(least, Math.min(most, to)));
  line.parentElement.style.setProperty(`--${line.dataset.split}`, `${px}px`);
  line.setAttribute("aria-valuenow", px);
  return px;
}

const now = (line) => { const { width, height } = pane(line).getBoundingClientRect(); return across(line) ? width : height; };

/** sign is +1 where the pane grows as the pointer's coordinate does. */
const sign = (line) => (line.dataset.of === "next" ? -1 : 1) * (across(line) && rtl() ? -1 : 1);

function drag(line, event) {
  const from = across(line) ? event.clientX : event.clientY, was = now(line);
  line.setPointerCapture(event.pointerId);
  line.classList.add("dragged");
  const move = (e) => size(line, was + sign(line) * ((across(line) ? e.clientX : e.clientY) - from));
  const end = () => {
    line.removeEventListener("pointermove", move);
    line.classList.remove("dragged");
    localStorage[kept(line)] = line.getAttribute("aria-valuenow");
  };
  line.addEventListener("pointermove", move);
  line.addEventListener("lostpointercapture", end, { once: true });
}

function press(line, event) {
  const [less, more] = across(line) ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  if (event.code !== less && event.code !== more) return;
  event.preventDefault();
  localStorage[kept(line)] = size(line, now(line) + sign(line) * (event.code === more ? 24 : -24));
}

export function start() {
  for (const line of $$("[data-split]")) {
    const last = Number(localStorage[kept(line)]);
    if (last) size(line, last);
    else line.setAttribute("aria-valuenow", Math.round(now(line)));
    line.addEventListener("pointerdown", (event) => { event.preventDefault(); drag(line, event); });
    line.addEventListener("keydown", (event) => press(line, event));
  }
}
