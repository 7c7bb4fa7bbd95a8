// A message's text with its styles. Everything is built from text nodes: nothing that a member or a bot writes is markup.
import { make } from "./words.js";

const styles = { bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code" };
const commands = /(^|\s)(\/[a-z][a-z0-9_]{1,31})\b/g;

/** text returns a message's words. onCommand is called with a command that is tapped. */
export function text(words, entities = [], onCommand) {
  const root = make("div", { class: "text", dir: "auto" });
  let at = 0;
  for (const entity of [...entities].sort((a, b) => a.offset - b.offset)) {
    if (entity.offset < at) continue; // one inside another: the outer one is shown
    plain(root, words.slice(at, entity.offset), onCommand);
    at = entity.offset + entity.length;
    root.append(styled(entity, words.slice(entity.offset, at), onCommand));
  }
  plain(root, words.slice(at), onCommand);
  return root;
}

function styled(entity, words, onCommand) {
  switch (entity.type) {
    case "bot_command":
      return command(words, onCommand);
    case "url":
      return make("a", { href: safe(words), target: "_blank", rel: "noreferrer", dir: "ltr" }, words);
    case "text_link":
      return make("a", { href: safe(entity.url), target: "_blank", rel: "noreferrer" }, words);
    case "code":
    case "pre":
      return make("code", { click: () => navigator.clipboard?.writeText(words) }, words);
    default:
      return styles[entity.type] ? make(styles[entity.type], {}, words) : words;
  }
}

function safe(url) {
  const full = /^https?:/i.test(url) ? url : `https://${url}`;
  return URL.canParse(full) ? full : null;
}

function plain(root, words, onCommand) {
  let at = 0;
  for (const found of words.matchAll(commands)) {
    const start = found.index + found[1].length;
    root.append(words.slice(at, start), command(found[2], onCommand));
    at = start + found[2].length;
  }
  root.append(words.slice(at));
}

function command(words, onCommand) {
  return make("button", { type: "button", class: "command", dir: "ltr", click: () => onCommand(words.trim()) }, words);
}
