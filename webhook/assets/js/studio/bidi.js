// Persian and Arabic in a file that reads from left to right: each line keeps its direction, each text within it is
// isolated in its own, and so is a placeholder within the text. Otherwise full stops, brackets and keys jump.
import { Decoration, Direction, EditorView, Prec, RangeSetBuilder, ViewPlugin, syntaxTree } from "../vendor/codemirror.js";

const strong = /[A-Za-z]|[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/g;
const joined = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const scalars = new Set(["QuotedLiteral", "Literal", "BlockLiteralContent", "Comment"]);
const placeholder = /\\["\\/a-z]|\{[a-z0-9_.]+(?::[a-z_]+)?\??\}|\/[A-Za-z][A-Za-z0-9_]*/g;

const isolate = (dir) => Decoration.mark({
  class: `iso iso-${dir}`, attributes: { dir }, bidiIsolate: dir === "rtl" ? Direction.RTL : Direction.LTR, inclusive: false,
});
const [rtl, ltr] = [isolate("rtl"), isolate("ltr")];

/** runs from right to left: its first letter says so, past names in braces and commands. */
const runs = (text) => {
  strong.lastIndex = 0;
  const first = strong.exec(text.replace(placeholder, ""));
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

function marks(view, inner) {
  const set = new RangeSetBuilder();
  texts(view, (from, to, text) => {
    if (!inner) return set.add(from, to, rtl);
    for (const part of text.matchAll(placeholder)) set.add(from + part.index, from + part.index + part[0].length, ltr);
  });
  return set.finish();
}

/** plugin keeps the marks of what is in sight; the bidirectional order of a line needs them outside of its own plugin. */
function plugin(inner) {
  const made = ViewPlugin.fromClass(class {
    constructor(view) { this.tree = syntaxTree(view.state); this.set = marks(view, inner); }
    update({ docChanged, viewportChanged, state, view }) {
      if (!docChanged && !viewportChanged && syntaxTree(state) === this.tree) return;
      this.tree = syntaxTree(state);
      this.set = marks(view, inner);
    }
  });
  const read = (view) => view.plugin(made)?.set ?? Decoration.none;
  const shown = [EditorView.decorations.of(read), EditorView.bidiIsolatedRanges.of(read)];
  return [made, inner ? Prec.highest(shown) : Prec.lowest(shown)];
}

/** isolates is the extension of the editor. Of nested marks the outer one has the lower precedence. */
export const isolates = () => [plugin(false), plugin(true)];

const speech = Decoration.line({ class: "speech", attributes: { dir: "auto" } });

/** spoken are the lines of a dialogue in sight that somebody says: they are indented. */
function spoken(view) {
  const set = new RangeSetBuilder();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to;) {
      const line = view.state.doc.lineAt(at);
      if (line.text.startsWith("  ")) set.add(line.from, line.from, speech);
      at = line.to + 1;
    }
  }
  return set.finish();
}

/** speeches lets each line that somebody says in a dialogue run in the direction of its own letters. */
export const speeches = () => [EditorView.perLineTextDirection.of(true), ViewPlugin.fromClass(class {
  constructor(view) { this.set = spoken(view); }
  update({ docChanged, viewportChanged, view }) { if (docChanged || viewportChanged) this.set = spoken(view); }
}, { decorations: ({ set }) => set })];
