// The demo page: members side by side, and what the program knows beside them.
import * as api from "./api.js";
import { Phone } from "./phone.js";
import { Strip } from "./strip.js";
import { flash, icon, make, settings, word } from "./words.js";

const part = Object.fromEntries([...document.querySelectorAll("body > * [data-page], body > [data-page]")].map((e) => [e.dataset.page, e]));
const t = (id, places) => word(settings.lang, id, places);

const phones = new Map(); // member id -> Phone
const world = {
  api,
  bot: {}, // language -> {name, about, commands}
  on: { active: (phone) => { if (phone !== strip.phone) choose(phone); }, remove: (phone) => attempt(() => api.remove(phone.member.id)) },
};
const strip = new Strip(part.strip, { api, phones: () => [...phones.values()], choose: (phone) => { reveal(phone); choose(phone); } });
let toasting;
let arriving; // the member who was asked for last, to be brought into sight

const toast = (text) => (toasting = flash(part.toast, text, toasting));

/** attempt does what a button asks for and says so when it does not work. */
async function attempt(what) {
  try {
    return await what();
  } catch {
    toast(t("demo.page.failed"));
  }
}

function choose(phone) {
  strip.follow(phone);
  mark();
}

function show(member) {
  let phone = phones.get(member.id);
  if (phone) {
    phone.adopt(member);
    return phone;
  }
  phone = new Phone(member, world);
  phones.set(member.id, phone);
  watcher.observe(phone.root);
  return phone;
}

/** arrange puts the phones into their order, and takes away those that are no more. Who is in his place is not touched. */
function arrange(order) {
  phones.clear();
  for (const phone of order) phones.set(phone.member.id, phone);
  const roots = order.map((phone) => phone.root);
  const there = [...part.phones.children];
  if (roots.length !== there.length || roots.some((root, i) => root !== there[i])) part.phones.replaceChildren(...roots);
}

const reveal = (phone) => phone?.root.scrollIntoView({ inline: "center", block: "nearest" });

// On a phone's width one phone is shown at a time, and these names lead to the others.
function tabs() {
  part.who.replaceChildren(...[...phones.values()].map((phone) => {
    const initial = make("span", { class: "initial", "aria-hidden": "true" }, [...phone.member.name][0] ?? "?");
    const button = make("button", { type: "button", click: () => reveal(phone) },
      initial, make("bdi", {}, phone.member.name.split(" ")[0]), make("span", { class: "new", hidden: true }));
    phone.tab = button;
    return button;
  }));
  mark();
}

function mark() {
  for (const phone of phones.values()) {
    phone.tab?.setAttribute("aria-current", String(phone === strip.phone));
    if (phone.inSight) phone.tab?.querySelector(".new")?.setAttribute("hidden", "");
  }
}

const watcher = new IntersectionObserver((seen) => {
  for (const { target, isIntersecting } of seen) {
    const phone = [...phones.values()].find((p) => p.root === target);
    if (phone) phone.inSight = isIntersecting;
    if (phone && isIntersecting && getComputedStyle(part.who).display !== "none") strip.follow(phone);
  }
  mark();
}, { root: part.phones, threshold: 0.6 });

/** start shows everything anew and follows it from there on. */
async function start() {
  const { bot, screens } = await api.load();
  world.bot = bot;
  const native = screens.findIndex(({ member }) => member.lang === settings.lang);
  if (native > 0) screens.unshift(...screens.splice(native, 1)); // who speaks the page's language stands first
  clearTimeout(patience);
  arrange(screens.map(({ member }) => show(member)));
  for (const { member, messages, updates } of screens) {
    phones.get(member.id).fill(messages);
    for (const update of updates) strip.record(member.id, update);
  }
  tabs();
  strip.tabs();
  if (arriving) reveal(phones.get(arriving));
  arriving = null;
  if (!phones.has(strip.phone?.member.id) && phones.size) choose(phones.values().next().value);
  strip.look();
  api.listen(take, connection);
}

function broken() {
  clearTimeout(patience);
  const again = make("button", { type: "button", class: "button strong", click: () => location.reload() }, t("demo.page.retry"));
  const box = make("div", { class: "notice", role: "alert" }, make("p", {}, t("demo.page.broken")), again);
  box.prepend(icon("triangle-alert"));
  part.phones.replaceChildren(box);
}

function take(event) {
  if (event.kind === "stage") return start().catch(() => connection(false));
  const phone = phones.get(event.chat);
  if (event.kind === "update") strip.record(event.chat, event.update);
  else phone?.take(event);
  if (event.kind === "message" && phone && !phone.inSight) phone.tab?.querySelector(".new")?.removeAttribute("hidden");
  if (phone && phone === strip.phone) strip.look();
}

let up = true;

/** connection shows that the program cannot be reached, and tries again until it can. */
function connection(now) {
  part.lost.hidden = now;
  for (const phone of phones.values()) phone.online(now);
  if (now && !up) toast(t("demo.page.back"));
  if (!now) setTimeout(() => start().catch(() => connection(false)), 2000);
  up = now;
}

function theme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("javab.theme", document.documentElement.dataset.theme);
}

function openStrip(yes) {
  part.strip.hidden = !yes;
  part.peek.setAttribute("aria-pressed", String(yes));
  localStorage.setItem("javab.strip", yes ? "open" : "");
  strip.look();
}

part.theme.addEventListener("click", theme);
part.peek.addEventListener("click", () => openStrip(part.strip.hidden));
part.fold.addEventListener("click", () => { openStrip(false); part.peek.focus(); });
part.strip.addEventListener("keydown", (e) => { if (e.key === "Escape") { openStrip(false); part.peek.focus(); } });
part.add.addEventListener("click", () => attempt(async () => {
  const n = new Intl.NumberFormat(settings.lang).format(phones.size + 1);
  arriving = (await api.add(t("demo.persona.new", { n }), settings.lang)).id;
  reveal(phones.get(arriving)); // when the stage's own news was quicker
}));
part.skip.addEventListener("click", () => attempt(async () => { await api.skip(); toast(t("demo.page.skipped")); }));

const wanted = settings.theme || localStorage.getItem("javab.theme");
if (wanted) document.documentElement.dataset.theme = wanted;
openStrip(settings.strip || (localStorage.getItem("javab.strip") === "open" && innerWidth > 1100));

// An answer within a moment needs no grey bubbles.
const patience = setTimeout(() => part.phones.replaceChildren(make("div", { class: "notice", role: "status" }, t("demo.page.loading"),
  make("div", { class: "ghost" }), make("div", { class: "ghost own" }), make("div", { class: "ghost" }))), 200);

start().catch(broken);
