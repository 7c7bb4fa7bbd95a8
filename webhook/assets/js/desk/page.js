// The page's strings, numbers and requests.
import { steady } from "./focus.js";

const body = document.body;
export const lang = body.dataset.lang ?? "en";
const words = JSON.parse(body.dataset.words ?? "{}");
const tags = { fa: "fa-IR", ar: "ar-u-nu-arab", en: "en-GB" };
const plural = new Intl.PluralRules(lang);
const digits = new Intl.NumberFormat(tags[lang], { useGrouping: false });
const two = new Intl.NumberFormat(tags[lang], { useGrouping: false, minimumIntegerDigits: 2 });

/** way is the address of a page of this site, by its place in it. */
export const way = (path) => (document.documentElement.dataset.base ?? "") + path;

/** word returns a string, its {places} filled in. */
export const word = (id, places = {}) => String(words[id] ?? id).replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);

/** count returns the string for n of a thing, in the plural form that the language has for n. */
export function count(id, n) {
  const forms = words[id] ?? {};
  return (forms[plural.select(n)] ?? forms.other ?? id).replace("{n}", digits.format(n));
}

export const number = (n) => digits.format(n);
export const minutes = (m, s) => `${digits.format(m)}:${two.format(s)}`;

export const work = () => document.querySelector("#work[data-chat]");
export const list = () => document.getElementById("list");
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** ask returns a piece of a page; null when there is nothing to show, or nothing for these eyes any more. */
export async function ask(path) {
  const answer = await fetch(path, { headers: { "HX-Request": "true" } });
  if (answer.status === 204 || answer.status === 404) return null;
  if (answer.status === 401 || answer.redirected) location.reload(); // the session has ended: the sign-in page says so
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.text();
}

/** post sends a small form; last sends it even while the page is closing. */
export const post = (path, fields, last = false) =>
  fetch(path, { method: "POST", body: new URLSearchParams(fields), headers: { "HX-Request": "true" }, keepalive: last });

/** morph turns an element into what the server now says of it; focus, drafts, scroll and what is unfolded stay. */
export function morph(element, html) {
  const stays = { beforeAttributeUpdated: (name) => name !== "open" };
  steady(() => Idiomorph.morph(element, html, { morphStyle: "outerHTML", ignoreActiveValue: true, callbacks: stays }));
  htmx.process(document.getElementById(element.id) ?? body);
}

/** editing reports whether letters go into what has the keyboard; a tick or one of several takes none. */
export const editing = (target) => target.closest?.("input:not([type=radio], [type=checkbox], [type=file]), textarea, select, [contenteditable]");
