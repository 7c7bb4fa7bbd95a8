// Where the keyboard is. What a swap takes away gives the keyboard on: to what came in its place under the same id, else
// to the open chat, where single letters act.
let asked = ""; // id of what had the keyboard when something was asked for

const nowhere = () => !document.activeElement || document.activeElement === document.body;
const seen = (selector) => [...document.querySelectorAll(selector)].find((e) => e.checkVisibility());

/** rest puts the keyboard where nothing is typed. */
export function rest() {
  const place = seen("#lines") ?? seen(".row > a[aria-current]") ?? seen(".row > a");
  if (place) place.focus({ preventScroll: true });
  else document.activeElement.blur();
}

/** steady changes the page, and gives the keyboard a place when what had it is gone. */
export function steady(change) {
  const had = !nowhere();
  try {
    change();
  } finally {
    if (had && nowhere()) rest();
  }
}

/** settled is called when an answer stands in the page. */
export function settled() {
  if (nowhere()) document.getElementById(asked)?.focus({ preventScroll: true });
  if (nowhere()) rest();
}

export function start() {
  document.addEventListener("htmx:beforeRequest", () => { asked = document.activeElement?.id ?? ""; }, { capture: true });
  // A box that opens has the keyboard; the browser gives it back when the box closes.
  document.addEventListener("toggle", ({ target, newState }) => {
    if (newState !== "open" || !target.matches(".box") || target.contains(document.activeElement)) return;
    target.querySelector("select, textarea, input:not([type=hidden]), button, a[href]")?.focus();
  }, { capture: true });
}
