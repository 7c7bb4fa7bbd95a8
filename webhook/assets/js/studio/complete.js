// What may be written where the cursor stands: keys by what surrounds them, names of steps, flows, actions, outcomes,
// variables, lists and units. The server says what there is; the text itself says which steps and variables it has.
import { hoverTooltip } from "../vendor/codemirror.js";
import { word } from "../desk/page.js";
import { actions, steps, variables, within } from "./steps.js";

let known;

/** learn reads the vocabulary once; until it is here, nothing is offered. */
export async function learn(url) {
  const answer = await fetch(url);
  if (answer.ok) known = await answer.json();
}

const helpOf = (key) => { const said = word(`studio.help.${key}`); return said.startsWith("studio.help.") ? "" : said; };

const names = (list, type, detail = "") => (list ?? []).map((label) => ({ label, type, detail, info: helpOf(label) || undefined }));
const keys = (list) => names(list, "key").map((one) => ({ ...one, apply: `${one.label}: ` }));

const toStep = /\b(?:goto|else|failed|after_case): *([a-z0-9_]*)$/;
const values = [
  [/\bdo: *([a-z0-9_.]*)$/, () => names(Object.keys(known.actions), "action")],
  [/\b(?:run|flow): *([a-z0-9_]*)$/, () => names(known.flows, "flow")],
  [/\boptions: *"?\{?([a-z0-9_.]*)$/, () => names(known.lists, "list")],
  [/\b(?:form|walk): *"?\{?([a-z0-9_.]*)$/, () => names(known.lists, "list")],
  [/\bexpect: *\{? *([a-z0-9_]*)$/, () => names(known.expect, "kind")],
  [/\bop: *([a-z_]*)$/, () => names(known.ops, "op")],
  [/\bunit: *([a-z0-9_]*)$/, () => names(known.units, "unit")],
  [/\bfeature: *([a-z0-9_]*)$/, () => names(known.features, "feature")],
  [/\bend: *([a-z]*)$/, () => names(["done"], "value")],
  [/\blayout: *([a-z]*)$/, () => names(["rows"], "value")],
  [/\b(?:draft|staff|optional): *([a-z]*)$/, () => names(["true"], "value")],
];

/** all are the variables that a text can quote: what is kept, what actions give, and the settings. */
function all(text) {
  const given = actions(text).flatMap((name) => {
    const action = known.actions[name];
    return action ? [...Object.values(action.outcomes).flat(), ...(action.maybe ?? [])].filter(Boolean) : [];
  });
  return [...names(variables(text), "variable"), ...names([...new Set(given)], "variable"), ...names(known.variables, "setting")];
}

/** around is the mapping that the line of the cursor belongs to, and the step with what it does. */
function around(doc, at, text) {
  const line = doc.lineAt(at), step = within(steps(text), line.number);
  if (!step || line.number > step.end + 1) return { mapping: /^\s/.test(line.text) ? "enter" : "script" };
  const lines = text.split("\n").slice(step.line - 1, Math.max(step.end, line.number));
  const depth = lines[0].search(/\S/) + 2;
  const kind = known.keys.step.find((key) => lines.some((one, i) => new RegExp(i ? `^\\s{${depth}}${key}:` : `[-{,] *${key}:`).test(one)));
  const indent = line.text.search(/\S|$/);
  for (let n = line.number; n > step.line; n--) {
    const above = doc.line(n - 1).text, parent = /^(\s*)(?:- )?([a-z_]+): *$/.exec(above);
    if (parent && parent[1].length < indent) return { mapping: parent[2], kind, step: lines };
  }
  return { mapping: "step", kind, step: lines };
}

function keysAt({ mapping, kind, step }) {
  if (mapping === "options") return keys(known.keys.option);
  if (mapping === "then") return outcomes(step);
  if (mapping === "with") return args(step);
  if (["say", "ask", "label", "title"].includes(mapping)) return keys(known.keys.words);
  if (["if", "when"].includes(mapping)) return keys(known.keys.condition);
  if (mapping !== "step") return keys(known.keys[mapping]);
  return kind ? keys(known.beside[kind]) : keys([...known.keys.step, "id"]);
}

const acting = (step = []) => known.actions[/\bdo: *([a-z0-9_.]+)/.exec(step.join("\n"))?.[1]];
const outcomes = (step) => keys(Object.keys(acting(step)?.outcomes ?? {}));
const args = (step) => keys([...(acting(step)?.required ?? []), ...(acting(step)?.optional ?? [])]);

/** complete is the source of completions. */
export function complete(context) {
  if (!known) return null;
  const { doc } = context.state, line = doc.lineAt(context.pos), before = line.text.slice(0, context.pos - line.from), text = doc.toString();
  const offer = (typed, options) => ({ from: context.pos - typed.length, options, validFor: /^[a-z0-9_.]*$/ });
  if (/^\s*#/.test(before)) return null;

  const quoted = /\{([a-z0-9_.]*)$/.exec(before);
  if (quoted && /["'].*\{[a-z0-9_.]*$|^\s*(?:fa|ar|en): /.test(before)) return offer(quoted[1], all(text));
  const format = /\{[a-z0-9_.]+:([a-z_]*)$/.exec(before);
  if (format && /["']/.test(before)) return offer(format[1], names(known.formats, "format"));

  const stepName = toStep.exec(before);
  if (stepName) return offer(stepName[1], stepNames(text));
  for (const [place, found] of values) {
    const typed = place.exec(before);
    if (typed) return offer(typed[1], found());
  }
  const variable = /\b(?:var|save): *([a-z0-9_.]*)$/.exec(before);
  if (variable) return offer(variable[1], all(text));

  const flow = /\b(then|with|expect|when|if|hand_over|label|say|ask|title|enter): *\{(?:[^{}]*, *)?([a-z0-9_]*)$/.exec(before);
  const answered = /\bthen: *\{[^{}]*\b[a-z_]+: *([a-z0-9_]*)$/.exec(before);
  if (answered) return offer(answered[1], stepNames(text));
  const at = around(doc, context.pos, text);
  if (flow) return offer(flow[2], keysAt({ ...at, mapping: flow[1] }));
  if (at.mapping === "then" || /^\s*then: *[a-z0-9_]*$/.test(before)) {
    const target = /: *([a-z0-9_]*)$/.exec(before);
    if (target) return offer(target[1], stepNames(text));
  }
  const option = /- \{(?:.*, *)?([a-z_]*)$/.exec(before);
  if (option) return offer(option[1], keysAt({ ...at, mapping: at.mapping === "step" && /^\s*- \{[a-z_]*$/.test(before) ? "step" : "options" }));
  const key = /^\s*(?:- )?([a-z_]*)$/.exec(before);
  if (key && (key[1] || context.explicit)) return offer(key[1], keysAt(at));
  return null;
}

const stepNames = (text) => names(steps(text).map(({ id }) => id).filter(Boolean), "step");

/** help says what a word of the language is for while the pointer rests on it. */
export const help = () => hoverTooltip((view, pos) => {
  const line = view.state.doc.lineAt(pos);
  for (const found of line.text.matchAll(/[a-z][a-z0-9_.]*/g)) {
    const from = line.from + found.index, to = from + found[0].length;
    if (pos < from || pos > to) continue;
    const said = explain(found[0], line.text.slice(0, found.index), line.text[to - line.from]);
    return said ? { pos: from, end: to, above: true, create: () => ({ dom: tip(found[0], said) }) } : null;
  }
  return null;
}, { hoverTime: 350 });

/** fromLeft isolates names that are read from the left, in a sentence of any direction. */
const fromLeft = (names) => `\u2066${names}\u2069`;

/** usage is what an action takes, and how it ends, each way with what it sets. */
function usage(action) {
  const takes = [...(action.required ?? []), ...(action.optional ?? [])].join(", ");
  const ends = Object.entries(action.outcomes).map(([way, sets]) => way + (sets?.length ? ` (${sets.join(", ")})` : "")).join(", ");
  return [takes && word("studio.help.action.takes", { Takes: fromLeft(takes) }), word("studio.help.action.ends", { Ends: fromLeft(ends) })].filter(Boolean);
}

function explain(name, before, after) {
  if (after === ":") return helpOf(name);
  const action = /\bdo: *$/.test(before) && known?.actions[name];
  if (action) return [helpOf(name), ...usage(action)].join("\n");
  return /\bexpect: *\{? *$/.test(before) ? helpOf(name) : "";
}

function tip(name, said) {
  const dom = document.createElement("div"), code = document.createElement("code"), text = document.createElement("p");
  dom.className = "tip";
  dom.dir = document.documentElement.dir;
  code.textContent = name;
  code.dir = "ltr";
  text.textContent = said;
  dom.append(code, text);
  return dom;
}
