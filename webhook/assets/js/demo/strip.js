// Behind the scenes: what the program knows of one chat, and the updates that it was sent.
import { clock, make, settings, tags, word } from "./words.js";

const kept = 20;
const token = /("(?:\\.|[^"\\])*")(\s*:)?|-?\d+(?:\.\d+)?\b|\b(?:true|false|null)\b/g;

export class Strip {
  /** world has api.peek(member id) and phones(). */
  constructor(root, world) {
    this.root = root;
    this.world = world;
    this.part = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    this.updates = new Map(); // member id -> newest first
  }

  /** follow turns to a phone. */
  follow(phone) {
    if (this.phone === phone) return;
    this.phone = phone;
    this.tabs();
    this.#list();
    this.look();
  }

  tabs() {
    this.part.tabs.replaceChildren(...this.world.phones().map((phone) => make("button", {
      type: "button", "aria-pressed": String(phone === this.phone), click: () => this.world.choose(phone),
    }, make("bdi", {}, phone.member.name))));
  }

  /** record keeps an update that was sent to the bot. */
  record(member, update) {
    const list = this.updates.get(member) ?? [];
    const at = list.findIndex((u) => u.id === update.id);
    if (at >= 0) list.splice(at, 1);
    list.unshift(update);
    this.updates.set(member, list.slice(0, kept));
    if (member === this.phone?.member.id) this.#list();
  }

  /** look asks the program where the chat stands, once for a burst of changes. */
  look() {
    clearTimeout(this.looking);
    if (this.root.hidden || !this.phone) return;
    this.looking = setTimeout(() => this.#ask(this.phone), 120);
  }

  async #ask(phone) {
    let seen = null;
    try {
      seen = await this.world.api.peek(phone.member.id);
    } catch {
      this.part.step.textContent = word(settings.lang, "demo.strip.unknown");
      return;
    }
    if (phone !== this.phone) return;
    this.part.step.hidden = !seen.step;
    this.part.no_step.hidden = Boolean(seen.step);
    this.part.step.textContent = seen.step;
    const vars = Object.entries(seen.vars ?? {});
    this.part.vars.hidden = vars.length === 0;
    this.part.no_vars.hidden = vars.length > 0;
    this.part.vars.replaceChildren(...vars.flatMap(([name, value]) => [
      make("dt", { dir: "ltr" }, name), make("dd", { dir: "auto" }, told(value))]));
    this.part.open.hidden = !seen.desk;
    if (seen.desk) this.part.open.href = seen.desk;
  }

  #list() {
    const list = this.updates.get(this.phone?.member.id) ?? [];
    const was = new Set([...this.part.updates.querySelectorAll("details[open]")].map((e) => e.dataset.id));
    this.part.no_updates.hidden = list.length > 0;
    this.part.updates.replaceChildren(...list.map((update, i) => {
      const summary = make("summary", {}, make("bdi", { class: "kind", dir: "ltr" }, kindOf(update.body)),
        make("span", { class: "clock" }, clock(settings.lang, update.at)));
      const open = i === 0 || was.has(String(update.id));
      return make("details", { class: "update", "data-id": update.id, open }, summary, make("pre", { dir: "ltr" }, ...coloured(update.body)));
    }));
  }
}

/** told is a variable of a script as one reads it: a text, an entry of a list, an instant, choices; else as it is kept.
 * What lies in the draft is only marked, with the number of its files. */
function told(value) {
  if (typeof value === "string") return value;
  if (value?.k) return `… ${value.t ?? ""}`;
  if (value?.t ?? value?.r) return value.t ?? value.r;
  if (value?.a) return new Date(value.a).toLocaleString(tags[settings.lang]);
  if (value?.i) return value.i.map((item) => item.l ?? item.r ?? item.i).join(", ");
  return JSON.stringify(value);
}

const kindOf = (body) => Object.keys(body).find((key) => key !== "update_id") ?? "update";

function* coloured(body) {
  const text = JSON.stringify(body, null, 2);
  let at = 0;
  for (const found of text.matchAll(token)) {
    yield text.slice(at, found.index);
    const [whole, string, colon] = found;
    yield make("span", { class: colon ? "k" : string ? "s" : "n" }, string ?? whole);
    if (colon) yield colon;
    at = found.index + whole.length;
  }
  yield text.slice(at);
}
