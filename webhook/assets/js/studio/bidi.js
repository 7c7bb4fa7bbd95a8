// Persian and Arabic in a file that reads from left to right: each line keeps its direction, each text within it is
// isolated in its own, and so is a placeholder within the text. Otherwise full stops, brackets and keys jump.
import { Decoration, Direction, EditorView, Prec, RangeSetBuilder, ViewPlugin, syntaxTree } from "../vendor/codemirror.js";

const strong = /[A-Za-z]|[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/g;
const joined = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const scalars = new Set(["QuotedLiteral", "Literal", "BlockLiteralContent", "Comment"]);
// Names are read from the left within any text: escapes, names in braces, commands, addresses. diff.go knows them too.
const names = /\\["\\/a-z]|\{[a-z0-9_.]+(?::[a-z_]+)?\??\}|(?:https?:\/|[A-Za-z0-9_.-]+)?\/[A-Za-z][A-Za-z0-9_]*(?:[.\/?=&-][A-Za-z0-9_]+)*/g;

const isolate = (dir) => Decoration.mark({
  class: `iso iso-${dir}`, attributes: { dir }, bidiIsolate: dir === "rtl" ? Direction.RTL : Direction.LTR, inclusive: false,
});
const [rtl, ltr] = [isolate("rtl"), isolate("ltr")];

/** runs from right to left: its first letter says so, past the names. */
const runs = (text) => {
  strong.lastIndex = 0;
  const first = strong.exec(text.replace(names, ""));
  return Boolean(first && joined.test(first[0]));
};

/** texts calls found(from, to, text) for each line of each scalar in sight that holds such letters. */
function texts(view, found) {
  const { doc } = view.state;
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from, to,
      enter(node) {
        if (!scalars.has(node.name)) return;
        const quoted = node.name === "QuotedLiteral" ? 1 : node.name === "Comment" ? 2 : 0;
        for (let at = node.from + quoted; at < node.to;) {
          const line = doc.lineAt(at), end = Math.min(line.to, node.to - (quoted === 1 ? 1 : 0)), text = doc.sliceString(at, end);
          const lead = text.length - text.trimStart().length;
          if (end > at + lead && runs(text)) found(at + lead, at + text.trimEnd().length, text.trim());
          at = line.to + 1;
        }
      },
    });
  }
}

/** built is what is marked in sight: mark(view, add) says so, from the beginning to the end. */
function built(view, mark) {
  const set = new RangeSetBuilder();
  mark(view, (from, to, look) => set.add(from, to, look));
  return set.finish();
}

const whole = (view, add) => texts(view, (from, to) => add(from, to, rtl));
const named = (add) => (from, to, text) => { for (const part of text.matchAll(names)) add(from + part.index, from + part.index + part[0].length, ltr); };

/** plugin keeps the marks of what is in sight; the bidirectional order of a line needs them outside of its own plugin. */
function plugin(mark, precedence) {
  const made = ViewPlugin.fromClass(class {
    constructor(view) { this.tree = syntaxTree(view.state); this.set = built(view, mark); }
    update({ docChanged, viewportChanged, state, view }) {
      if (!docChanged && !viewportChanged && syntaxTree(state) === this.tree) return;
      this.tree = syntaxTree(state);
      this.set = built(view, mark);
    }
  });
  const read = (view) => view.plugin(made)?.set ?? Decoration.none;
  return [made, precedence([EditorView.decorations.of(read), EditorView.bidiIsolatedRanges.of(read)])];
}

/** isolates is the extension of the editor. Of nested marks the outer one has the lower precedence. */
export const isolates = () => [plugin(whole, Prec.lowest), plugin((view, add) => texts(view, named(add)), Prec.highest)];

/** lines calls found(line) for each line in sight. */
function lines(view, found) {
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      found(line);
      at = line.to + 1;
    }
  }
}

/** followed marks whole lines in sight. */
const followed = (mark) => ViewPlugin.fromClass(class {
  constructor(view) { this.set = built(view, mark); }
  update({ docChanged, viewportChanged, view }) { if (docChanged || viewportChanged) this.set = built(view, mark); }
}, { decorations: ({ set }) => set });

const speech = (dir) => Decoration.line({ class: "speech", attributes: { dir } });
const [toLeft, own] = [speech("rtl"), speech("auto")];

/** spoken are the lines of a dialogue that somebody says: they are indented. */
const spoken = (view, found) => lines(view, (line) => { if (line.text.startsWith("  ")) found(line); });

/** speeches lets each line that somebody says in a dialogue run in the direction of its own letters. */
export const speeches = () => [
  EditorView.perLineTextDirection.of(true),
  followed((view, add) => spoken(view, ({ from, text }) => add(from, from, runs(text) ? toLeft : own))),
  plugin((view, add) => spoken(view, ({ from, to, text }) => named(add)(from, to, text)), Prec.highest),
];

const hung = [];
const hanging = (depth) => hung[depth] ??= Decoration.line({ attributes: { style: `padding-inline-start: calc(6px + ${depth}ch); text-indent: -${depth}ch` } });

/** indented lets the rest of a long line stand below where its text begins. */
export const indented = () => followed((view, add) => lines(view, ({ from, text }) => {
  const depth = Math.min(text.search(/[^\s-]|$/), 20);
  if (depth) add(from, from, hanging(depth));
}));
