// Publishing: the dialogues are played, what is in the way is shown, and what they say anew waits for a tick.
import { $, number, word } from "../desk/page.js";

let on;
const box = () => $("#box-publish");

/** read follows a stream of lines to its end. */
async function read(path, fields) {
  waits(true);
  const answer = await fetch(path, { method: "POST", body: new URLSearchParams(fields) });
  if (answer.redirected || answer.status === 401) return location.reload();
  if (!answer.ok) throw new Error((await answer.json()).said);
  let rest = "";
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    const lines = (rest + (value ?? "")).split("\n");
    rest = lines.pop();
    for (const line of lines) took(JSON.parse(line));
    if (done) return;
  }
}

function took({ done, all, html, url }) {
  if (url) return location.assign(url);
  if (html === undefined) {
    $("#rehearsing").textContent = word("studio.rehearsed", { Done: number(done), All: number(all) });
    $("#rehearsed").value = 100 * done / Math.max(all, 1);
    return;
  }
  waits(false);
  $("#proof").innerHTML = html;
  $("#proof input:not([type=hidden]), #proof button")?.focus();
}

function waits(yes) {
  $("#rehearsal").hidden = !yes;
  $("#rehearsing").textContent = word("studio.rehearsing");
  $("#rehearsed").value = 0;
  for (const button of box().querySelectorAll("#proof button")) button.disabled = yes;
}

async function attempt(path, fields) {
  try {
    await read(path, fields);
  } catch (error) {
    waits(false);
    const said = document.createElement("p");
    said.className = "said";
    said.setAttribute("role", "alert");
    said.textContent = error instanceof TypeError ? word("studio.failed") : error.message;
    $("#proof").prepend(said);
  }
}

/** open keeps what is written, opens the box and plays the dialogues. */
export async function open() {
  await on.save();
  $("#proof").replaceChildren();
  if (!box().matches(":popover-open")) box().showPopover();
  attempt("/studio/rehearse", {});
}

export function start(acts) {
  on = acts;
  box().addEventListener("submit", (event) => {
    event.preventDefault();
    attempt("/studio/publish", { ...Object.fromEntries(new FormData(event.target)), back: box().dataset.back });
  });
}

/** list is for the page of all scripts, where nothing is being written. Who comes to publish need not press once more. */
export function list() {
  start({ save() {} });
  document.addEventListener("click", ({ target }) => { if (target.closest("[data-do=publish]")) open(); });
  if (location.hash === "#publish") open();
}
