// The open chat: its lines are read again when they change, what is written is kept on the server, and others are told
// who is here.
import { $, $$, ask, morph, post, way, word, work } from "./page.js";
import { tick } from "./clock.js";

const tab = crypto.randomUUID();
const browser = (localStorage["javab.browser"] ??= crypto.randomUUID());
let keeping, following, patience, typed = 0, told = "", stirred = Date.now();

export { browser };

const part = (name) => way(`/desk/part/${encodeURIComponent(work().dataset.chat)}?tab=${work().dataset.tab}&part=${name}`);

/** changed reads the lines again, and stays at the end if one was there. */
export async function changed(chats) {
  if (!work() || !chats.includes(work().dataset.chat)) return;
  const place = work(), chat = place.dataset.chat, html = await ask(part("talk"));
  if (work() !== place || place.dataset.chat !== chat) return changed(chats); // another page of it, or another chat, came meanwhile
  const lines = $("#lines"), atEnd = lines.scrollHeight - lines.scrollTop - lines.clientHeight < 80;
  if (!html) return location.assign(way(`/desk?tab=${work().dataset.tab}`)); // it went where this officer does not look
  morph($("#talk"), html);
  if (atEnd) end();
  tick();
  read();
  follow();
}

/** follow looks again after a while as long as a message is on its way: nobody signals that it has arrived. */
function follow() {
  clearTimeout(following);
  if (!work() || !$("#lines [data-sent=queued]")) return;
  following = setTimeout(() => changed([work()?.dataset.chat]), patience);
  patience = Math.min(patience * 2, 60_000);
}

/** here reads again who else is in the chat. */
export async function here(chats) {
  if (!work() || !chats.includes(work().dataset.chat)) return;
  const chat = work().dataset.chat, html = await ask(part("present"));
  if (html && work()?.dataset.chat === chat && $("#present")) morph($("#present"), html);
}

function end() {
  const lines = $("#lines");
  if (lines) lines.scrollTop = lines.scrollHeight;
}

/** read marks what stands in the page as read, if somebody sits before it. */
function read() {
  const last = $("#lines")?.dataset.last;
  if (work() && last > 0 && document.visibilityState === "visible" && Date.now() - stirred < 60_000) post(`${work().dataset.url}/seen`, { up_to: last }).catch(() => {}); // the next reading says it again
}

/** opened is called when another chat stands in the page. */
export function opened() {
  if (!work()) return;
  document.title = work().dataset.title;
  end();
  mode();
  read();
  beat();
  patience = 1500;
  follow();
}

/** mode shows the box of the chosen mode. */
export function mode(to, focus = false) {
  const chosen = to ? $(`#mode-${to}`) : $("#write input[name=mode]:checked");
  if (!chosen) return;
  chosen.checked = true;
  $("#write").dataset.mode = chosen.value;
  if (focus) $(`#write form[data-mode=${chosen.value}] textarea`)?.focus();
}

function beat(gone = false) {
  if (!work()) return;
  const writing = Date.now() - typed < 10_000 ? $("#write")?.dataset.mode ?? "" : "";
  told = writing;
  post(`${work().dataset.url}/beat`, { browser, tab_id: tab, writing, gone: gone ? "1" : "" }, gone).catch(() => {});
}

function input(box) {
  typed = Date.now();
  if (told !== $("#write").dataset.mode) beat();
  clearTimeout(keeping);
  keeping = setTimeout(() => keep(box.form), 800);
}

async function keep(form) {
  if (!form.isConnected) return;
  const said = $(".kept", form);
  try {
    const answer = await post(`${work().dataset.url}/draft`, { mode: form.dataset.mode, text: form.elements.text.value });
    said.textContent = word(answer.ok ? "desk.kept" : "desk.not_kept");
    const hints = $(".hinted", form);
    if (hints && answer.ok && form.isConnected) hints.innerHTML = answer.status === 200 ? await answer.text() : "";
  } catch {
    said.textContent = word("desk.not_kept");
    keeping = setTimeout(() => keep(form), 3000);
  }
}

/** mention offers the colleagues whose names begin with what stands behind an @. */
function mention(box) {
  const menu = $(".mention", box.form);
  const found = menu && /@([^@\n]{0,20})$/.exec(box.value.slice(0, box.selectionStart));
  if (!menu) return;
  let any = false;
  for (const item of menu.children) {
    item.hidden = !found || !item.textContent.toLocaleLowerCase().startsWith(found[1].toLocaleLowerCase());
    any ||= !item.hidden;
  }
  menu.hidden = !any;
}

function name(item) {
  const box = item.closest("form").elements.text, at = box.value.lastIndexOf("@", box.selectionStart - 1);
  box.setRangeText(`@${item.textContent} `, at, box.selectionStart, "end");
  item.parentElement.hidden = true;
  box.focus();
  input(box);
}

export function start() {
  document.addEventListener("input", ({ target }) => {
    if (!target.matches("#write textarea")) return;
    input(target);
    mention(target);
  });
  document.addEventListener("change", ({ target }) => target.matches("#write input[name=mode]") && mode(target.value, true));
  document.addEventListener("click", ({ target }) => target.closest(".mention li") && name(target.closest(".mention li")));
  document.addEventListener("htmx:beforeRequest", ({ target }) => {
    if (!target.matches("#write form")) return;
    clearTimeout(keeping);
    $(".kept", target).textContent = word("desk.sending");
    for (const button of $$("button", target)) button.disabled = true;
  });
  // Not answered, or answered with a sentence only: the form is still there.
  document.addEventListener("htmx:afterRequest", ({ target, detail }) => {
    if (detail.successful || !target.matches("#write form")) return;
    for (const button of $$("button", target)) button.disabled = false;
    keep(target);
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && (beat(), read()));
  addEventListener("pagehide", () => beat(true));
  document.addEventListener("htmx:beforeSwap", ({ target }) => ["work", "desk"].includes(target.id) && beat(true));
  for (const sign of ["pointermove", "keydown", "scroll"]) addEventListener(sign, () => { stirred = Date.now(); }, { passive: true, capture: true });
  addEventListener("hashchange", () => { for (const box of $$(".box:popover-open")) box.hidePopover(); });
  setInterval(beat, 15_000);
  opened();
}
