// One member and his phone: what he sees of the chat, and everything he can do in it.
import { direction, flash, icon, make, spoken, translate, word } from "./words.js";
import { keys } from "./message.js";
import { Log } from "./log.js";
import { Menu } from "./menu.js";

const codes = ["fa", "ar", "en", "de", "ru", ""];
const maxFile = 20_000_000;
let strays = 0; // messages that are not yet, or never were, at the messenger

export class Phone {
  /** world has api (what can be done), bot (who answers), on.active(phone), on.remove(phone). */
  constructor(member, world) {
    this.member = member;
    this.world = world;
    this.root = document.getElementById("member").content.firstElementChild.cloneNode(true);
    this.part = Object.fromEntries([...this.root.querySelectorAll("[data-part]")].map((e) => [e.dataset.part, e]));
    this.presses = new Map(); // press id -> its button
    this.early = new Set(); // presses that were answered before we knew of them
    this.strays = new Map(); // id -> a message on its way, oldest first
    this.log = new Log(this.part.log, this.part.latest, {
      press: (message, button, key) => this.#press(message, button, key),
      command: (words) => this.#send(words),
      rewrite: (message) => this.#rewrite(message),
      retry: (message) => { this.log.drop(message.id); message.again(); },
    });
    this.#bind();
    this.adopt(member);
  }

  get lang() { return spoken(this.member.lang); }

  /** bot is how the bot presents itself to this member. */
  get bot() {
    const { name, about, commands } = this.world.bot[this.lang] ?? {};
    return { name: name || word(this.lang, "demo.page.chamber"), about, commands: commands ?? [] };
  }

  /** adopt takes the member as the messenger now knows him. */
  adopt(member) {
    const before = this.log.lang;
    this.member = { ...this.member, ...member };
    this.root.lang = this.lang;
    this.root.dir = direction(this.lang);
    this.log.lang = this.lang;
    translate(this.root, this.lang, { name: this.member.name });
    this.root.setAttribute("aria-label", word(this.lang, "demo.phone.of", { name: this.member.name }));
    for (const e of this.root.querySelectorAll("[data-is=name]")) e.textContent = this.member.name;
    this.part.initial.textContent = [...this.member.name][0] ?? "?";
    this.part.tag.textContent = this.member.lang || "—";
    this.part.bot.textContent = this.bot.name;
    this.part.open.hidden = this.member.blocked;
    this.part.shut.hidden = !this.member.blocked;
    this.#keyboard(this.member.keyboard);
    if (this.messages && before !== this.lang) this.fill(this.messages);
    this.#ready();
  }

  /** fill shows the whole chat. */
  fill(messages) {
    this.messages = messages;
    this.log.reset(messages, this.bot);
    const last = messages.at(-1);
    if (last && (last.own || last.rows?.length)) this.#showKeys(false); // the question it was for is answered
    for (const [id, stray] of this.strays) { // what did not get there is not forgotten
      if (stray.sent) this.strays.delete(id);
      else this.log.put(stray);
    }
    this.#ready();
  }

  /** take carries out what the messenger tells of this chat. */
  take(event) {
    if (event.kind === "message" || event.kind === "edit") this.#calm();
    switch (event.kind) {
      case "message":
      case "edit":
        return this.#keep(event.message);
      case "delete":
        this.messages = this.messages.filter((m) => m.id !== event.id);
        return this.log.drop(event.id);
      case "typing":
        return this.#typing();
      case "answer":
        return this.#answered(event);
      case "keyboard":
        this.member.keyboard = event.keyboard;
        return this.#keyboard(event.keyboard);
      case "member":
        return this.adopt(event.member);
    }
  }

  #keep(message) {
    const at = this.messages.findIndex((m) => m.id === message.id);
    if (at >= 0) this.messages[at] = message;
    else this.messages.push(message);
    if (at < 0 && message.own) {
      this.#arrived();
      this.#showKeys(false); // it is for one answer; its button brings it back
    }
    this.log.put(message);
    this.#ready();
  }

  /** arrived takes away what stood for a message until the messenger showed it. */
  #arrived() {
    const stray = [...this.strays.values()].find((m) => !m.failed);
    if (!stray) return;
    this.strays.delete(stray.id);
    this.log.drop(stray.id, true);
  }

  /** online turns sending off while the program cannot be reached; what is being written stays. */
  online(yes) {
    this.offline = !yes;
    this.#ready();
  }

  #bind() {
    const { form, text, attach, commands, keyboard, menu, picker, cancel, start, unblock } = this.part;
    form.addEventListener("submit", (e) => { e.preventDefault(); this.#submit(); });
    text.addEventListener("input", () => this.#ready());
    text.addEventListener("keydown", (e) => this.#key(e));
    text.addEventListener("paste", (e) => { if (e.clipboardData.files.length) { e.preventDefault(); this.#files(e.clipboardData.files); } });
    this.root.addEventListener("focusin", () => this.world.on.active(this));
    this.root.addEventListener("pointerdown", () => this.world.on.active(this));
    this.part.phone.addEventListener("dragover", (e) => e.preventDefault());
    this.part.phone.addEventListener("drop", (e) => { e.preventDefault(); this.#files(e.dataTransfer.files); });
    picker.addEventListener("change", () => { this.#files(picker.files); picker.value = ""; });
    cancel.addEventListener("click", () => this.#rewrite(null));
    start.addEventListener("click", () => this.#send("/start"));
    unblock.addEventListener("click", () => this.#do((api, id) => api.block(id, false)));
    keyboard.addEventListener("click", () => this.#showKeys(this.part.keys.hidden));
    new Menu(attach, this.part.write, () => this.#attachments());
    new Menu(commands, this.part.write, () => this.#commands());
    new Menu(menu, this.root, () => this.#options());
  }

  #key(e) {
    if (e.key === "Enter" && !e.shiftKey && !e.isComposing) { e.preventDefault(); this.#submit(); }
    if (e.key === "Escape" && this.rewriting) this.#rewrite(null);
    if (e.key === "ArrowUp" && this.part.text.value === "") {
      const last = this.messages?.filter((m) => m.own && m.text).at(-1);
      if (last) { e.preventDefault(); this.#rewrite(last); }
    }
  }

  #submit() {
    const words = this.part.text.value.trim();
    if (!words || this.offline) return;
    const rewriting = this.rewriting;
    this.part.text.value = "";
    if (rewriting) {
      this.#rewrite(null);
      this.#do((api, id) => api.edit(id, rewriting.id, words));
    } else this.#send(words);
    this.#ready();
  }

  #send(words) { this.#stray({ text: words }, (api, id) => api.text(id, words)); }

  /** stray shows what is on its way until the messenger shows it, and offers it again when it did not get there. */
  async #stray(shown, send) {
    const id = `stray-${++strays}`;
    const again = () => { this.strays.delete(id); this.#stray(shown, send); };
    const message = { id, own: true, at: Date.now(), pending: true, again, ...shown };
    this.strays.set(id, message);
    this.log.put(message);
    this.#ready();
    try {
      await send(this.world.api, this.member.id);
      message.sent = true;
    } catch {
      Object.assign(message, { pending: false, failed: true });
      this.log.put(message);
    }
  }

  async #do(what) {
    try {
      return await what(this.world.api, this.member.id);
    } catch {
      this.#say(word(this.lang, "demo.page.failed"));
    }
  }

  #files(given) {
    const files = [...given];
    if (files.some((file) => file.size > maxFile)) return this.#say(word(this.lang, "demo.phone.too_big"));
    const photo = this.part.picker.dataset.as === "photo" && files.every((file) => file.type.startsWith("image/"));
    const shown = { name: files.map((file) => file.name).join(", "), size: files.reduce((sum, file) => sum + file.size, 0) };
    if (files.length) this.#stray({ file: shown }, (api, id) => api.files(id, files, photo ? "photo" : "document"));
    this.part.text.focus();
  }

  #rewrite(message) {
    this.rewriting = message;
    this.part.editing.hidden = !message;
    this.part.text.value = message?.text ?? "";
    this.part.text.focus();
    this.#ready();
  }

  async #press(message, button, key) {
    if (key.url) return window.open(key.url, "_blank", "noreferrer");
    button.setAttribute("aria-busy", "true");
    setTimeout(() => button.removeAttribute("aria-busy"), 10_000);
    const presses = await this.#do((api, id) => api.press(id, message.id, key.data, this.twice ? 2 : 1));
    for (const press of presses ?? []) {
      if (this.early.delete(press)) button.removeAttribute("aria-busy");
      else this.presses.set(press, button);
    }
    if (!presses) button.removeAttribute("aria-busy");
  }

  #answered({ press, text }) {
    const button = this.presses.get(press);
    button?.removeAttribute("aria-busy");
    if (!this.presses.delete(press)) this.early.add(press); // the bot was quicker than the press's own answer
    if (text) this.#say(text);
  }

  #say(text) { this.saying = flash(this.part.said, text, this.saying); }

  #typing() {
    this.part.state.replaceChildren(word(this.lang, "demo.phone.typing").replace("…", ""), make("span", { class: "dots" }, make("i"), make("i"), make("i")));
    clearTimeout(this.calming);
    this.calming = setTimeout(() => this.#calm(), 5000);
  }

  #calm() {
    clearTimeout(this.calming);
    this.part.state.textContent = word(this.lang, "demo.phone.bot");
  }

  #keyboard(rows) {
    this.part.keyboard.hidden = !rows;
    if (!rows) return this.#showKeys(false);
    this.part.keys.replaceChildren(keys(rows, (_, key) => this.#use(key)));
    this.#showKeys(true);
  }

  /** use presses a key of the bot's keyboard. One that is for one use folds, and is still there behind its button. */
  #use(key) {
    if (key.once) {
      if (this.part.keys.contains(document.activeElement)) this.part.keyboard.focus();
      this.#showKeys(false);
    }
    if (key.contact) this.#contact(true);
    else this.#send(key.text);
  }

  #showKeys(yes) {
    this.part.keys.hidden = !yes;
    this.part.keyboard.setAttribute("aria-expanded", yes);
  }

  #contact(own) { this.#do((api, id) => api.contact(id, own)); }

  #pick(as) {
    this.part.picker.dataset.as = as;
    this.part.picker.accept = as === "photo" ? "image/*" : "";
    this.part.picker.click();
  }

  #attachments() {
    const t = (id) => word(this.lang, id);
    return [
      { icon: "image", label: t("demo.phone.photo"), run: () => this.#pick("photo") },
      { icon: "file-text", label: t("demo.phone.file"), run: () => this.#pick("document") },
      { icon: "contact-round", label: t("demo.phone.own_contact"), run: () => this.#contact(true) },
      { icon: "user-plus", label: t("demo.phone.other_contact"), run: () => this.#contact(false) },
    ];
  }

  #commands() {
    return this.bot.commands.map(({ command, description }) => (
      { code: `/${command}`, label: description, run: () => this.#send(`/${command}`) }));
  }

  async #speak(code) {
    const done = await this.#do((api, id) => api.language(id, code));
    if (done) this.adopt({ lang: code });
  }

  #options() {
    const t = (id) => word(this.lang, id);
    return [
      { icon: "languages", label: t("demo.phone.code"), choose: codes, chosen: this.member.lang ?? "", run: (code) => this.#speak(code) },
      { label: t("demo.phone.twice"), icon: "check", check: this.twice, run: (yes) => (this.twice = yes) },
      { icon: "rotate-ccw", label: t("demo.phone.restart"), run: () => this.#do((api, id) => api.restart(id)) },
      this.member.blocked
        ? { icon: "ban", label: t("demo.phone.unblock"), run: () => this.#do((api, id) => api.block(id, false)) }
        : { icon: "ban", label: t("demo.phone.block"), bad: true, run: () => this.#do((api, id) => api.block(id, true)) },
      { icon: "trash-2", label: t("demo.phone.remove"), bad: true, run: () => this.world.on.remove(this) },
    ];
  }

  #ready() {
    const empty = this.log.empty && this.messages !== undefined;
    this.part.start.hidden = !empty;
    this.part.form.hidden = empty;
    this.part.commands.hidden = this.bot.commands.length === 0 || this.part.text.value !== "";
    this.part.go.disabled = this.offline || this.part.text.value.trim() === "";
    this.part.start.disabled = Boolean(this.offline);
  }
}
