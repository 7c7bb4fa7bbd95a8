// A small menu under a button: opened by a press, closed by a choice, a press elsewhere, or Escape.
import { icon, make } from "./words.js";

export class Menu {
  /** items() is asked at each opening: {label, icon | code, run} and, for what is set, check or choose and chosen. */
  constructor(button, inside, items) {
    this.button = button;
    this.inside = inside;
    this.items = items;
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => (this.box ? this.close() : this.open()));
  }

  open() {
    this.box = make("div", { class: "menu" }, ...this.items().map((item) => this.#line(item)));
    this.inside.append(this.box);
    this.button.setAttribute("aria-expanded", "true");
    this.box.addEventListener("keydown", (e) => this.#key(e));
    this.outside = (e) => { if (!this.box.contains(e.target) && !this.button.contains(e.target)) this.close(); };
    document.addEventListener("pointerdown", this.outside);
    this.box.querySelector("button, select, input")?.focus();
  }

  close() {
    document.removeEventListener("pointerdown", this.outside);
    if (this.box.contains(document.activeElement)) this.button.focus();
    this.box.remove();
    this.box = null;
    this.button.setAttribute("aria-expanded", "false");
  }

  #key(e) {
    if (e.key === "Escape") return this.close();
    const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
    if (!step || e.target.matches("select")) return;
    e.preventDefault();
    const all = [...this.box.querySelectorAll("button, select, input")];
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
  }

  #line(item) {
    if (item.choose) return this.#choice(item);
    if ("check" in item) return this.#tick(item);
    const line = make("button", { type: "button", class: item.bad ? "bad" : null, click: () => { this.close(); item.run(); } });
    line.append(item.code ? make("code", { dir: "ltr" }, item.code) : icon(item.icon), item.label);
    return line;
  }

  #choice(item) {
    const options = item.choose.map((value) => make("option", { value, selected: value === item.chosen }, value || "—"));
    const select = make("select", { dir: "ltr", change: () => { this.close(); item.run(select.value); } }, ...options);
    return make("label", {}, icon(item.icon), item.label, select);
  }

  #tick(item) {
    const box = make("input", { type: "checkbox", checked: Boolean(item.check), change: () => item.run(box.checked) });
    return make("label", {}, icon(item.icon), item.label, box);
  }
}
