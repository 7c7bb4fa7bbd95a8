// Keys by where they are on the keyboard (event.code), so that they are the same on Persian and Arabic layouts. Single
// letters act outside of fields, and can be turned off.
import { $, editing, work } from "./page.js";
import { mode } from "./thread.js";
import { step } from "./list.js";
import { show } from "./bar.js";
import { rest } from "./focus.js";

const setting = "javab.letters";
const letters = () => localStorage[setting] !== "off";

const press = (act) => { const button = $(`[data-key=${act}]`); button?.click(); return Boolean(button); };

function close() {
  const box = $("#box-close");
  if (box?.matches(":popover-open")) $("[value=next]", box).click();
  else press("close");
}

const single = {
  KeyJ: () => step(1), KeyK: () => step(-1), KeyC: () => press("claim"), KeyR: () => mode("reply", true), KeyN: () => mode("note", true),
  KeyT: () => press("transfer"), KeyZ: () => press("snooze"), KeyE: close, KeyU: () => press("unread"),
};

function letter(event) {
  const open = $(".box:popover-open");
  if (event.shiftKey && event.code === "Slash" || event.key === "?") return $("#box-keys")?.togglePopover();
  if (event.code === "Slash") return $("#search")?.focus();
  if (open && event.code !== "KeyE") return false;
  return single[event.code] ? single[event.code]() : false;
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  if (event.ctrlKey || event.metaKey) {
    if (event.code === "KeyK") { event.preventDefault(); show(); }
    if (event.code === "Enter" && event.target.form && work()?.contains(event.target)) { event.preventDefault(); event.target.form.requestSubmit(); }
    return;
  }
  if (event.code === "Escape" && editing(event.target) && !$(".box:popover-open")) return rest();
  if (editing(event.target) || !letters()) return;
  if (letter(event) !== false) event.preventDefault();
}

export function start() {
  document.addEventListener("keydown", pressed);
  const tick = $("#letters");
  if (!tick) return;
  tick.checked = letters();
  tick.addEventListener("change", () => { localStorage[setting] = tick.checked ? "on" : "off"; });
}
