// How many wait stands in the title of the tab. That one more waits is told by the browser and by a sound where somebody
// has switched that on, in this browser; leave is asked only then. Of several tabs one rings.
import { $, count, lang, list, number, word, work } from "./page.js";

const wanted = (what) => localStorage[`javab.${what}`] === "on";
const allowed = () => "Notification" in window && Notification.permission === "granted";
let before, prefix = "", sound;

/** title puts how many wait before the name of the page. */
export function title() {
  const name = work()?.dataset.title ?? (document.title.startsWith(prefix) ? document.title.slice(prefix.length) : document.title);
  const waiting = Number(list()?.dataset.waiting);
  prefix = waiting > 0 ? `(${number(waiting)}) ` : "";
  document.title = prefix + name;
}

/** look is called when the list has been read; own says that it changed by what somebody has just done himself. */
export function look(own = false) {
  const now = Number(list()?.dataset.waiting);
  if (now > before && !own) ring(now);
  before = now;
  title();
}

function ring(waiting) {
  if (!navigator.locks) return tell(waiting);
  navigator.locks.request("javab-bell", { ifAvailable: true }, async (first) => {
    if (!first) return;
    tell(waiting);
    await new Promise((done) => setTimeout(done, 2000));
  });
}

function tell(waiting) {
  if (wanted("sound")) chime();
  if (!wanted("note") || !allowed() || document.hasFocus()) return;
  const note = new Notification(word("desk.bell.new"), { body: count("desk.bell.waiting", waiting), tag: "javab-waiting", lang });
  note.addEventListener("click", () => { window.focus(); note.close(); });
}

/** chime plays two soft tones. */
function chime() {
  sound ??= new AudioContext();
  sound.resume();
  for (const [i, pitch] of [784, 1047].entries()) {
    const tone = sound.createOscillator(), loud = sound.createGain(), from = sound.currentTime + i * 0.16;
    tone.frequency.value = pitch;
    loud.gain.setValueAtTime(0, from);
    loud.gain.linearRampToValueAtTime(0.15, from + 0.02);
    loud.gain.exponentialRampToValueAtTime(0.001, from + 0.45);
    tone.connect(loud).connect(sound.destination);
    tone.start(from);
    tone.stop(from + 0.5);
  }
}

async function switched({ target }) {
  const what = target.name;
  if (what === "note" && target.checked && !allowed()) {
    const leave = "Notification" in window ? await Notification.requestPermission() : "denied";
    target.checked = leave === "granted";
    $("#box-bell .refused").hidden = target.checked;
  }
  localStorage[`javab.${what}`] = target.checked ? "on" : "off";
  if (what === "sound" && target.checked) chime();
}

export function start() {
  for (const what of ["note", "sound"]) {
    const tick = $(`#box-bell [name=${what}]`);
    if (!tick) continue;
    tick.checked = wanted(what) && (what !== "note" || allowed());
    tick.addEventListener("change", switched);
  }
  look();
}
