// The list of messages in a phone: order, day lines, scrolling, and a keyboard's place in it.
import { day, icon, make, midnight, word } from "./words.js";
import { render } from "./message.js";

export class Log {
  #box;
  #latest;
  #hands;
  #shown = new Map(); // message id -> {message, element}
  #ended = true; // the end was in sight
  lang = "en";

  constructor(box, latest, hands) {
    this.#box = box;
    this.#latest = latest;
    this.#hands = hands;
    latest.addEventListener("click", () => this.toEnd());
    box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // The keyboard opens, the window shrinks, the font and pictures arrive: whoever was at the end stays there.
    const settle = () => { if (this.#ended) this.toEnd(); };
    new ResizeObserver(settle).observe(box);
    box.addEventListener("load", settle, { capture: true });
    document.fonts.ready.then(settle);
  }

  get empty() { return this.#shown.size === 0; }

  /** put shows a message, in its place when it was there before. */
  put(message, quietly = false) {
    const old = this.#shown.get(message.id);
    const stay = this.#atEnd() || (message.own && !old) || quietly;
    const element = render(message, this.lang, this.#hands);
    if (old) this.#swap(old, element, message);
    else this.#add(element, message);
    this.#shown.set(message.id, { message, element });
    if (stay) this.toEnd();
    else if (!old) this.#latest.hidden = false;
  }

  #add(element, message) {
    if (this.empty) this.#box.replaceChildren();
    const last = [...this.#shown.values()].at(-1)?.message;
    if (!last || midnight(last.at) !== midnight(message.at)) this.#box.append(make("div", { class: "day" }, day(this.lang, message.at)));
    this.#box.append(element);
  }

  #swap(old, element, message) {
    const held = old.element.contains(document.activeElement);
    element.style.animation = "none";
    old.element.replaceWith(element);
    if (held) (element.querySelector(".key") ?? this.#box).focus({ preventScroll: true });
    if (message.edited && !message.own) {
      element.classList.add("changed");
      setTimeout(() => element.classList.remove("changed"), 900);
    }
  }

  /** drop takes a message out of the chat; at once when another takes its place. */
  drop(id, atOnce = false) {
    const gone = this.#shown.get(id);
    if (!gone) return;
    this.#shown.delete(id);
    if (gone.element.contains(document.activeElement)) this.#box.focus({ preventScroll: true });
    if (atOnce) return gone.element.remove();
    gone.element.classList.add("leaving");
    setTimeout(() => gone.element.remove(), 150);
  }

  /** reset shows a whole chat; nothing at all shows the greeting of an empty one. */
  reset(messages, greeting) {
    this.#shown.clear();
    this.#box.replaceChildren();
    this.#latest.hidden = true;
    for (const message of messages) this.put(message, true);
    if (messages.length === 0) this.#box.append(this.#greeting(greeting));
  }

  #greeting({ name, about }) {
    const box = make("div", { class: "notice" }, make("b", { dir: "auto" }, name), make("span", { dir: "auto" }, about || word(this.lang, "demo.phone.hello")));
    box.prepend(icon("messages-square"));
    return box;
  }

  #atEnd() { return this.#box.scrollHeight - this.#box.scrollTop - this.#box.clientHeight < 60; }

  #scrolled() {
    this.#ended = this.#atEnd();
    this.#latest.hidden = this.#ended;
  }

  toEnd() {
    this.#box.scrollTop = this.#box.scrollHeight;
    this.#latest.hidden = true;
  }
}
