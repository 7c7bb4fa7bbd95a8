// The trial: what stands in the editor, played on the server in the memory of one request. The page keeps what was done
// and sends all of it each time, so that a change of the text is tried with the same conversation.
import { $, $$, number, word } from "../desk/page.js";
import { variables } from "./steps.js";

let on, acts = [], playing = 0;

const lang = () => $("[data-trial-lang][aria-pressed=true]").dataset.trialLang;
const rtl = (code) => code === "fa" || code === "ar";
const asked = () => JSON.stringify({ lang: lang(), acts });

function element(name, look, text) {
  const made = document.createElement(name);
  if (look) made.className = look;
  if (text !== undefined) made.textContent = text;
  return made;
}

/** play sends everything that was done, and shows how it went; what cannot be played is taken back when it was done last. */
async function play(last) {
  const number = ++playing;
  $("#talk").setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${$("#studio").dataset.url}/trial`, { method: "POST", body: new URLSearchParams({ text: on.text(), trial: asked() }) });
    if (answer.redirected || answer.status === 401) return location.reload();
    const told = await answer.json();
    if (number !== playing) return;
    if (answer.ok) show(told);
    else fail(told.said, last);
  } catch {
    fail(word("studio.failed"), last);
  } finally {
    if (number === playing) $("#talk").removeAttribute("aria-busy");
  }
}

function fail(said, last) {
  if (last) acts.pop();
  $("#talk .said")?.remove();
  const line = element("p", "said", said);
  line.setAttribute("role", "alert");
  $("#talk").append(line);
  line.scrollIntoView({ block: "nearest" });
}

function show(told) {
  $("#talk").replaceChildren(...told.lines.map(bubble).filter(Boolean));
  if ($("#keep")) $("#keep").disabled = !acts.length;
  behind(told);
  newest();
}

/** newest brings the end of the talk into sight. */
const newest = () => { $("#talk").scrollTop = $("#talk").scrollHeight; };

/** bubble is one thing that was said or done; what was only arranged is not shown among it. */
function bubble({ who, act, text, flow, step, keys, live }) {
  if (who === "stage") return null;
  const said = who === "bot" || (who === "member" && text) || who === "officer";
  const line = element("div", `line ${said ? who : "done"} ${who}`), words = element("p", "bubble");
  if (said) { words.dir = rtl(lang()) ? "rtl" : "ltr"; words.lang = lang(); }
  else words.dir = who === "member" ? "auto" : "ltr";
  words.append(element("span", "plain", said ? text : ""));
  if (!said || act?.startsWith("sends ")) words.prepend(element("span", "plain", passed(act) ?? (who === "member" ? `${act.replace(/^(taps|sends|shares) /, "")} ` : `${who} ${act}`)));
  if (step) words.append(source(flow, step));
  line.append(words);
  if (keys?.length) line.append(buttons(keys, live));
  return line;
}

/** passed says how much time passes, where that is what is done. */
function passed(act) {
  const [, hours = 0, minutes = 0] = /^waits (?:(\d+)h)?(?:(\d+)m)?/.exec(act) ?? [];
  return act?.startsWith("waits ") ? word("studio.trial.passed", { Time: `\u2066${number(Number(hours))}:${minutes < 10 ? number(0) : ""}${number(Number(minutes))}\u2069` }) : undefined;
}

function source(flow, step) {
  const here = flow === $("#studio").dataset.flow, made = element(here ? "button" : "a", "source", here ? step : `${flow}/${step}`);
  made.dir = "ltr";
  if (!here) { made.href = `/studio/flow/${flow}#${step}`; return made; }
  made.type = "button";
  made.addEventListener("click", () => on.go(step));
  return made;
}

function buttons(keys, live) {
  const row = element("p", "keys");
  for (const label of keys) {
    const key = element("button", "button", label);
    key.type = "button";
    key.dir = "auto";
    key.disabled = !live;
    key.addEventListener("click", () => act({ do: "tap", what: label }));
    row.append(key);
  }
  return row;
}

/** pair is a name with what stands beside it; a name of the script looks as it does there. */
function pair(list, name, value, look = "code") {
  const title = element("dt", look, name), place = element("dd");
  title.dir = "auto";
  place.append(value);
  list.append(title, place);
}

/** behind shows where the chat stands, what it remembers, each of which can be set, and how the actions end. */
function behind({ step, flow, clock, vars, actions }) {
  const list = element("dl", "pairs"), at = element("bdi", "clock", step ? `${flow}/${step}` : "—");
  at.dir = "ltr";
  pair(list, word("studio.trial.step"), at, "");
  pair(list, word("studio.trial.clock"), element("span", "", clock), "");
  const unset = variables(on.text()).filter((name) => !vars?.some((one) => one.name === name));
  for (const { name, value, label, fixed } of [...vars ?? [], ...unset.map((name) => ({ name, value: "" }))]) {
    if (fixed) { pair(list, name, element("span", "plain", label)); continue; }
    const field = element("input", "input");
    field.value = value;
    field.dir = "auto";
    field.title = label ?? "";
    field.setAttribute("aria-label", name);
    field.addEventListener("change", () => act({ do: "set", what: name, value: field.value }));
    pair(list, name, field);
  }
  for (const { name, outcomes, feigned } of actions ?? []) {
    const choice = element("select", "input");
    choice.setAttribute("aria-label", name);
    choice.append(new Option(word("studio.trial.really"), "", !feigned, !feigned));
    for (const way of outcomes) choice.append(new Option(way, way, way === feigned, way === feigned));
    choice.addEventListener("change", () => act({ do: "feign", what: name, value: choice.value }));
    pair(list, name, choice);
  }
  $("#behind-body").replaceChildren(list);
}

function act(done) {
  acts.push(done);
  play(true);
}

/** send sends a file of a kind, with the words that are written below it. */
function send(kind) {
  const field = $("#say").elements.words;
  $("#box-file").hidePopover();
  act({ do: "send", what: kind, value: field.value.trim() });
  field.value = "";
}

/** begin begins anew at a step; without one, where the flow begins. */
function begin(step = "") {
  acts = [...acts.filter((one) => one.do === "feign"), { do: "begin", what: step }];
  play(false);
}

/** again begins anew where the flow begins. */
export const again = () => begin();

/** changed plays what was done with the present text, once a trial has begun. */
export const changed = () => acts.length && play(false);

function choose(button) {
  for (const other of $$("[data-trial-lang]")) other.setAttribute("aria-pressed", String(other === button));
  begin(acts.find((one) => one.do === "begin")?.what);
}

async function keep(event) {
  event.preventDefault();
  const name = new FormData(event.target).get("name"), said = $("#keep-said");
  try {
    const answer = await fetch(`${$("#studio").dataset.url}/keep`, { method: "POST", body: new URLSearchParams({ text: on.text(), trial: asked(), name }) });
    const told = await answer.json();
    said.classList.toggle("ok", answer.ok);
    said.textContent = answer.ok ? word("studio.trial.kept", { Name: `\u2066${told.file}\u2069` }) : told.said;
  } catch {
    said.classList.remove("ok");
    said.textContent = word("studio.failed");
  }
}

export function start(acting) {
  on = acting;
  $("#say").addEventListener("submit", (event) => {
    event.preventDefault();
    const field = event.target.elements.words, text = field.value.trim();
    if (!text) return;
    field.value = "";
    act({ do: "say", what: text });
  });
  $("[data-trial=again]").addEventListener("click", again);
  $("[data-trial=here]").addEventListener("click", () => begin(on.here()));
  for (const button of $$("[data-wait]")) button.addEventListener("click", () => { $("#box-time").hidePopover(); act({ do: "wait", what: button.dataset.wait }); });
  for (const button of $$("[data-file]")) button.addEventListener("click", () => send(button.dataset.file));
  for (const button of $$("[data-trial-lang]")) button.addEventListener("click", () => choose(button));
  $("#behind").addEventListener("toggle", newest); // it takes the room of the last lines
  $("#keep-form")?.addEventListener("submit", keep);
  $("#box-keep")?.addEventListener("toggle", () => { $("#keep-said").textContent = ""; });
}
