// The page's strings, dates and small pieces of markup. The server puts all three languages into the page, since each
// phone speaks its owner's.

const page = JSON.parse(document.getElementById("page").textContent);

export const settings = page;

/** word returns a string in a language, its {places} filled in. */
export function word(lang, id, places = {}) {
  const text = (page.words[lang] ?? page.words.en)[id] ?? id;
  return text.replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
}

/** spoken returns the one of our three languages that a language tag comes nearest to. */
export function spoken(tag) {
  const short = (tag ?? "").slice(0, 2).toLowerCase();
  return short in page.words ? short : "en";
}

export const direction = (lang) => (lang === "en" ? "ltr" : "rtl");

/** tags are the locales of Intl: Persian with its calendar, Arabic with its digits. */
export const tags = { fa: "fa-IR", ar: "ar-u-ca-gregory-nu-arab", en: "en-GB" };

export function clock(lang, at) {
  return new Intl.DateTimeFormat(tags[lang], { hour: lang === "ar" ? "numeric" : "2-digit", minute: "2-digit" }).format(at);
}

/** day names the day of an instant as people say it, Jalali in Persian. */
export function day(lang, at) {
  const days = Math.round((midnight(Date.now()) - midnight(at)) / 86_400_000);
  if (days === 0) return word(lang, "demo.phone.today");
  if (days === 1) return word(lang, "demo.phone.yesterday");
  const parts = {};
  const format = new Intl.DateTimeFormat(tags[lang], { weekday: "long", day: "numeric", month: "long" });
  for (const part of format.formatToParts(at)) parts[part.type] = part.value;
  return `${parts.weekday} ${parts.day} ${parts.month}`;
}

export const midnight = (at) => new Date(at).setHours(0, 0, 0, 0);

export function size(lang, bytes) {
  const mega = bytes >= 1_000_000;
  return new Intl.NumberFormat(tags[lang], {
    style: "unit", unit: mega ? "megabyte" : "kilobyte", unitDisplay: "short", maximumFractionDigits: mega ? 1 : 0,
  }).format(Math.max(bytes / (mega ? 1_000_000 : 1000), 1));
}

/** make builds an element: make("p", {class: "text", dir: "auto"}, "words", otherElement). */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

const svg = "http://www.w3.org/2000/svg";

export function icon(name, more = "") {
  const element = document.createElementNS(svg, "svg");
  element.setAttribute("class", `icon ${more}`);
  element.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(svg, "use");
  use.setAttribute("href", `${page.icons}#${name}`);
  element.append(use);
  return element;
}

/** translate fills the strings into a piece of markup: data-word its text, data-label its name, data-hint its placeholder. */
export function translate(root, lang, places) {
  for (const e of root.querySelectorAll("[data-word]")) e.textContent = word(lang, e.dataset.word, places);
  for (const e of root.querySelectorAll("[data-label]")) {
    e.setAttribute("aria-label", word(lang, e.dataset.label, places));
    if (e.matches("button")) e.title = word(lang, e.dataset.label, places);
  }
  for (const e of root.querySelectorAll("[data-hint]")) e.placeholder = word(lang, e.dataset.hint, places);
}

/** flash shows a line for a moment: long enough to be read, and read out. */
export function flash(element, text, timer) {
  clearTimeout(timer);
  element.textContent = text;
  element.hidden = false;
  return setTimeout(() => (element.hidden = true), 3500);
}
