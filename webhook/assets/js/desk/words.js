// What is typed while an act is on its way is in no answer yet: it outlives the swap, and is kept as if just written.
import { $, $$ } from "./page.js";
import { mode } from "./thread.js";

const asked = new WeakMap(); // by request: what stood in the boxes when it left, and which form it sent
let typed = [];

const forms = () => $$("#write form");
const words = (form) => form.elements.text.value;
const space = /^\s+/;

/** since are the boxes whose words have changed since a request left. */
const since = ({ boxes, sent }, done) => forms().filter((form) => boxes.has(form) && boxes.get(form) !== words(form)).map((form) => {
  const box = form.elements.text;
  return {
    action: form.getAttribute("action"), value: box.value, sent: done && form === sent ? boxes.get(form) : "", ready: form === sent ? undefined : form.elements.ready?.value,
    from: box.selectionStart, to: box.selectionEnd, had: box === document.activeElement,
  };
});

/** back puts words into the box that came in the place of theirs. What was sent of them is not written twice. */
function back({ action, value, sent, ready, from, to, had }) {
  const form = forms().find((one) => one.getAttribute("action") === action), box = form?.elements.text;
  if (!box) return;
  const gone = sent && value.startsWith(sent) ? sent.length + (space.exec(value.slice(sent.length))?.[0].length ?? 0) : 0;
  box.value = value.slice(gone);
  if (ready !== undefined && form.elements.ready) form.elements.ready.value = ready;
  if (had) {
    mode(form.dataset.mode, true);
    box.setSelectionRange(Math.max(0, from - gone), Math.max(0, to - gone));
  }
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

export function start() {
  document.addEventListener("htmx:beforeRequest", ({ target, detail }) => {
    if (detail.requestConfig.verb === "post") asked.set(detail.xhr, { boxes: new Map(forms().map((form) => [form, words(form)])), sent: target });
  });
  document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
    const then = target.id === "work" && asked.get(detail.xhr);
    typed = then ? since(then, detail.xhr.status < 400) : [];
  });
  document.addEventListener("htmx:afterSwap", () => { typed.splice(0).forEach(back); });
}
