// The members' side of the messenger, in the page's own words. Nothing else in these scripts knows an address.

async function ask(method, path, body) {
  const form = body instanceof FormData;
  const answer = await fetch(path, {
    method, body: form || body === undefined ? body : JSON.stringify(body), headers: form || body === undefined ? {} : { "Content-Type": "application/json" },
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

const chat = (id, what, body) => ask("POST", `/sim/chats/${id}/${what}`, body);

export const text = (id, words) => chat(id, "text", { text: words });
export const edit = (id, message, words) => chat(id, "edit", { message_id: message, text: words });
export const press = async (id, message, data, times) => (await chat(id, "press", { message_id: message, data, times })).presses;
export const contact = (id, own) => chat(id, "contact", own ? { own } : { phone_number: "+989350000000" });
export const block = (id, blocked) => chat(id, "block", { blocked });
export const language = (id, code) => chat(id, "language", { language_code: code });
export const skip = () => ask("POST", "/sim/skip", { seconds: 86_400 });
export const peek = (id) => ask("GET", `/demo/peek/${id}`);
export const add = (name, lang) => ask("POST", "/demo/members", { name, lang, instead: "0" });
export const restart = (id) => ask("POST", "/demo/members", { instead: id });
export const remove = (id) => ask("DELETE", `/demo/members/${id}`);

export function files(id, list, kind) {
  const form = new FormData();
  form.append("kind", kind);
  for (const file of list) form.append("file", file);
  return chat(id, "files", form);
}

const seen = new Map(); // chat -> the last event that the page has

/** load returns who answers, and all phones as they stand. */
export async function load() {
  const { bot, screens } = await ask("GET", "/demo/state");
  seen.clear();
  return { bot, screens: screens.map(screen) };
}

function screen({ member, blocked, messages, keyboard, last_seq, updates }) {
  const id = String(member.id);
  seen.set(id, last_seq);
  const name = [member.first_name, member.last_name].filter(Boolean).join(" ");
  return {
    member: { id, name, lang: member.language_code ?? "", blocked, keyboard: rows(keyboard) },
    messages: messages.map((m) => message(m, id)), updates: updates.map(update),
  };
}

const rows = (markup) => markup?.keyboard?.map((row) => row.map((key) => (
  { text: key.text ?? key, contact: key.request_contact, once: markup.one_time_keyboard })));

function message(m, id) {
  const file = m.document ?? m.voice ?? m.audio ?? m.video;
  const at = (f) => `/sim/chats/${id}/files/${f.file_id}`;
  return {
    id: m.message_id, own: !m.from.is_bot, at: m.date * 1000, edited: Boolean(m.edit_date),
    text: m.text ?? m.caption, entities: m.entities ?? m.caption_entities,
    rows: m.reply_markup?.inline_keyboard?.map((row) => row.map((key) => ({ text: key.text, data: key.callback_data, url: key.url }))),
    photo: m.photo && at(m.photo.at(-1)),
    file: file && { name: file.file_name, size: file.file_size, url: at(file) },
    contact: m.contact && { name: m.contact.first_name, phone: m.contact.phone_number },
    location: m.location && `${m.location.latitude}, ${m.location.longitude}`,
  };
}

function update(body) {
  const inside = Object.values(body).find((value) => value?.date || value?.message?.date);
  return { id: body.update_id, at: (inside?.date ?? inside?.message.date ?? 0) * 1000, body };
}

function event(raw) {
  const { type: kind, chat: id } = raw;
  switch (kind) {
    case "message":
    case "edit":
      return { kind, chat: id, message: message(raw.message, id) };
    case "delete":
      return { kind, chat: id, id: raw.message_id };
    case "keyboard":
      return { kind, chat: id, keyboard: rows(raw.keyboard) };
    case "blocked":
    case "unblocked":
      return { kind: "member", chat: id, member: { blocked: kind === "blocked" } };
    case "update":
      return { kind, chat: id, update: { ...update(raw.update), at: Date.now() } };
    default:
      return { ...raw, kind };
  }
}

/** listen tells what happens from the loaded state on, and whether the program can be reached. */
export function listen(onEvent, onConnection) {
  const after = [...seen].map(([id, seq]) => `${id}:${seq}`).join(",");
  const source = new EventSource(`/demo/events?after=${after}`);
  source.addEventListener("open", () => onConnection(true));
  source.addEventListener("error", () => { source.close(); onConnection(false); });
  source.addEventListener("message", ({ data }) => {
    const raw = JSON.parse(data);
    if (raw.type === "stage") source.close();
    onEvent(event(raw));
  });
}
