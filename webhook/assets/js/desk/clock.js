// The clocks: due times come from the server and are counted here. A word says what a colour says.
import { $$, count, minutes, word } from "./page.js";

const soon = 5 * 60_000;

// The page tells what time it is where it comes from: computers are wrong now and then, and a training has a time of its own.
const told = Number(document.documentElement.dataset.now);
const ahead = told ? told - Date.now() : 0;

export function tick() {
  const now = Date.now() + ahead;
  for (const clock of $$("[data-due]")) show(clock, Number(clock.dataset.due) - now);
}

function show(clock, left) {
  const closed = clock.dataset.opens;
  const look = closed ? "shut" : left < 0 ? "past" : left <= soon ? "soon" : "good";
  if (clock.dataset.look !== look) clock.dataset.look = look;
  const text = closed ? word("desk.opens", { At: closed }) : left < 0 ? late(-left) : remains(left);
  const shown = clock.lastElementChild;
  if (shown.textContent !== text) shown.textContent = text;
}

function late(by) {
  const m = Math.floor(by / 60_000);
  if (m < 60) return count("desk.late.minutes", Math.max(m, 1));
  return m < 48 * 60 ? count("desk.late.hours", Math.floor(m / 60)) : count("desk.late.days", Math.floor(m / 1440));
}

function remains(left) {
  const s = Math.floor(left / 1000);
  if (s < 3600) return minutes(Math.floor(s / 60), s % 60);
  return s < 48 * 3600 ? count("desk.left.hours", Math.floor(s / 3600)) : count("desk.left.days", Math.floor(s / 86_400));
}

export function start() {
  tick();
  setInterval(tick, 1000);
}
