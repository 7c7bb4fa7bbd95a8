// The command bar: what can be done with the open chat, and the chats of the list by name.
import { $, $$ } from "./page.js";

const letters = { claim: "C", transfer: "T", snooze: "Z", close: "E", unread: "U" };
let items = [], at = 0;

export function show() {
  const box = $("#box-bar");
  if (!box || box.matches(":popover-open")) return;
  box.showPopover();
  const input = $("input", box);
  input.value = "";
  input.focus();
  fill("");
}

/** found are the acts that the page offers now and the chats of the list, as {label, key, go}. */
function found(words) {
  const acts = $$("[data-key]").map((button) => ({
    label: button.querySelector("span")?.textContent || button.getAttribute("aria-label") || button.textContent,
    key: letters[button.dataset.key], go: () => button.click(),
  }));
  const chats = $$(".row > a").map((a) => ({ label: $(".who bdi", a).textContent, more: $(".last", a).textContent, go: () => a.click() }));
  const sought = words.trim().toLocaleLowerCase();
  return [...acts, ...chats].filter((item) => `${item.label} ${item.more ?? ""}`.toLocaleLowerCase().includes(sought)).slice(0, 12);
}

function fill(words) {
  items = found(words);
  at = 0;
  const box = $("#bar-list");
  box.replaceChildren(...items.map((item, i) => {
    const line = document.createElement("li");
    line.setAttribute("role", "option");
    line.id = `bar-${i}`;
    const label = document.createElement("bdi");
    label.textContent = item.label.trim();
    const wrap = document.createElement("span");
    wrap.append(label);
    line.append(wrap);
    if (item.more) { const more = document.createElement("small"); more.dir = "auto"; more.textContent = item.more; line.append(more); }
    if (item.key) { const key = document.createElement("kbd"); key.textContent = item.key; line.append(key); }
    line.addEventListener("click", () => go(i));
    return line;
  }));
  $("#box-bar .none").hidden = items.length > 0;
  choose(0);
}

function choose(i) {
  at = Math.max(0, Math.min(i, items.length - 1));
  for (const [n, line] of [...$("#bar-list").children].entries()) line.setAttribute("aria-selected", String(n === at));
  $("#box-bar input").setAttribute("aria-activedescendant", items.length ? `bar-${at}` : "");
  $(`#bar-${at}`)?.scrollIntoView({ block: "nearest" });
}

function go(i) {
  $("#box-bar").hidePopover();
  items[i]?.go();
}

export function start() {
  const input = $("#box-bar input");
  if (!input) return;
  input.addEventListener("input", () => fill(input.value));
  input.addEventListener("keydown", (event) => {
    if (event.code === "ArrowDown" || event.code === "ArrowUp") { event.preventDefault(); choose(at + (event.code === "ArrowDown" ? 1 : -1)); }
    if (event.code === "Enter") { event.preventDefault(); go(at); }
  });
  document.addEventListener("click", (event) => event.target.closest("[data-do=bar]") && show());
}
