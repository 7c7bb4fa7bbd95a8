// What is wrong, below the editor: a click leads to the place, and what can be mended by itself has a button for it.
import { $, count, number, word } from "../desk/page.js";

let found = [], shown, on;

/** place is a line and a column in the digits of the page. */
const place = ({ line, column }) => `${number(line)}:${number(column)}`;

function element(name, look, ...inner) {
  const made = document.createElement(name);
  if (look) made.className = look;
  made.append(...inner);
  return made;
}

function item(problem) {
  const at = element("bdi", "clock", place(problem));
  at.dir = "ltr";
  const grave = element("span", `tag ${problem.severity === "error" ? "bad" : "warn"}`, word(`studio.severity.${problem.severity}`));
  const words = element("span", "words", problem.message);
  const lead = problem.file ? element(problem.url ? "a" : "span", "lead") : element("button", "lead");
  if (problem.url) lead.href = problem.url;
  if (problem.file) { const file = element("bdi", "muted", problem.file); file.dir = "ltr"; lead.append(grave, file, at, words); }
  else { lead.type = "button"; lead.append(grave, at, words); lead.addEventListener("click", () => on.go(problem.line, problem.column)); }
  const line = element("li", "", lead);
  if (problem.fix && !problem.file) {
    const mend = element("button", "button", problem.fix.title);
    mend.type = "button";
    mend.dataset.fix = "";
    mend.addEventListener("click", () => on.fix(problem.fix));
    line.append(mend);
  }
  return line;
}

/** show lists the problems in the place of the ones before; what has not changed stays under the pointer. */
export function show(list) {
  if (shown === (shown = JSON.stringify(list))) return;
  found = list;
  $("#problems").replaceChildren(...list.map(item));
  $("#clean").hidden = list.length > 0;
  const sign = $("#count");
  sign.hidden = !list.length;
  sign.textContent = count("studio.problems", list.length);
  sign.className = `tag count ${list.some(({ severity }) => severity === "error") ? "bad" : "warn"}`;
}

/** next goes to the first problem below a line, or to the first one. */
export function next(line) {
  const own = found.filter(({ file }) => !file).sort((a, b) => a.line - b.line || a.column - b.column);
  const to = own.find((problem) => problem.line > line) ?? own[0];
  if (to) on.go(to.line, to.column);
}

export function start(acts) { on = acts; }
