// One message as it stands in the chat.
import { clock, icon, make, size, word } from "./words.js";
import { text } from "./text.js";

/**
 * render returns the element of a message. hands has what a finger can do with it: press(button, key), command(words),
 * rewrite(message), retry(message).
 */
export function render(message, lang, hands) {
  const own = message.own;
  const element = make("div", { class: `message ${own ? "own" : "bot"}`, "data-id": message.id });
  if (message.rows?.length) element.classList.add("keyed");
  element.append(bubble(message, lang, hands));
  if (message.rows?.length) element.append(keys(message.rows, (button, key) => hands.press(message, button, key)));
  if (message.pending) element.classList.add("pending");
  if (message.failed) element.append(unsent(message, lang, hands));
  if (own && message.text && !message.pending && !message.failed) {
    const label = word(lang, "demo.phone.edit");
    const rewrite = make("button", { type: "button", class: "rewrite", "aria-label": label, title: label, click: () => hands.rewrite(message) });
    rewrite.append(icon("pencil", "small"));
    element.append(rewrite);
  }
  return element;
}

function bubble(message, lang, hands) {
  const who = word(lang, message.own ? "demo.phone.by_member" : "demo.phone.by_bot");
  const box = make("div", { class: "bubble" }, make("span", { class: "unseen" }, who));
  if (message.photo) box.append(make("img", { class: "picture", src: message.photo, alt: word(lang, "demo.phone.photo") }));
  for (const part of parts(message, lang)) box.append(part);
  if (message.text) box.append(text(message.text, message.entities, hands.command));
  const meta = make("span", { class: "meta" });
  if (message.edited) meta.append(word(lang, "demo.phone.edited"));
  meta.append(make("time", { datetime: new Date(message.at).toISOString() }, clock(lang, message.at)));
  // The time floats beside the last line, so it stands before the text ends.
  (box.querySelector(".text") ?? box).append(meta);
  return box;
}

function* parts(message, lang) {
  if (message.file) {
    const name = make("bdi", {}, message.file.name || word(lang, "demo.phone.file"));
    const title = message.file.url ? make("a", { href: message.file.url, download: message.file.name ?? "" }, name) : name;
    yield card("file-text", title, message.file.size ? size(lang, message.file.size) : "");
  }
  if (message.contact) yield card("phone", make("bdi", {}, message.contact.name), make("bdi", { dir: "ltr" }, message.contact.phone));
  if (message.location) yield card("map-pin", word(lang, "demo.phone.location"), make("bdi", { dir: "ltr" }, message.location));
  if (message.voice) yield card("mic", word(lang, "demo.phone.voice"), "");
  if (message.video) yield card("play", word(lang, "demo.phone.video"), "");
}

function card(sign, title, below) {
  const disc = make("span", { class: "disc" });
  disc.append(icon(sign));
  return make("div", { class: "card" }, disc, make("span", {}, make("b", {}, title), make("small", {}, below)));
}

/** keys lays out rows of buttons as the messenger gave them, left to right whatever the language. */
export function keys(rows, onPress) {
  const box = make("div", { class: "keys" });
  for (const row of rows) {
    const line = make("div", { class: "row", dir: "ltr" });
    for (const key of row) {
      const button = make("button", { type: "button", class: "key" }, make("span", { dir: "auto" }, key.text));
      button.addEventListener("click", () => onPress(button, key));
      if (key.contact) button.prepend(icon("phone", "small"));
      line.append(button);
    }
    box.append(line);
  }
  return box;
}

function unsent(message, lang, hands) {
  const again = make("button", { type: "button", click: () => hands.retry(message) }, word(lang, "demo.phone.retry"));
  return make("div", { class: "unsent", role: "alert" }, word(lang, "demo.phone.not_sent"), again);
}
