// The editor: CodeMirror over the text of a file, always from left to right.
import {
  EditorState, EditorView, HighlightStyle, Prec, autocompletion, bracketMatching, codeFolding, completionKeymap, defaultKeymap, drawSelection,
  foldGutter, foldKeymap, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, history, historyKeymap, indentOnInput,
  indentUnit, indentWithTab, keymap, lineNumbers, lintGutter, search, searchKeymap, setDiagnostics, syntaxHighlighting, tags, yaml,
} from "../vendor/codemirror.js";
import { indented, isolates, speeches } from "./bidi.js";
import { complete, help } from "./complete.js";
import { $, word } from "../desk/page.js";

// The colours are classes of studio.css, one for each theme.
const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], class: "tok-key" },
  { tag: [tags.string, tags.content], class: "tok-text" },
  { tag: tags.lineComment, class: "tok-note" },
  { tag: [tags.separator, tags.punctuation, tags.brace, tags.squareBracket], class: "tok-mark" },
  { tag: [tags.typeName, tags.labelName, tags.keyword, tags.attributeValue], class: "tok-name" },
]);

const named = ["Find", "Replace", "next", "previous", "all", "match case", "regexp", "by word", "replace", "replace all", "close", "Completions", "Fold line",
  "Unfold line", "Folded lines", "Unfolded lines", "unfold", "folded code", "current match", "on line", "replaced $ matches", "replaced match on line $",
  "Control character", "Go to line", "go", "Diagnostics", "No diagnostics", "Selection deleted"];
const phrases = () => Object.fromEntries(named.map((said) => [said, word(`studio.editor.${said.toLowerCase().replaceAll(/[^a-z]+/g, "_").replace(/_$/, "")}`)]));

/** invisible is what marks of direction and zero-width joiners look like: a joiner belongs to Persian and is left alone. */
const invisible = /[\u0000-\u0008\u000B-\u001F\u007F\u200B\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g;

/** leaving lets a Tab behind Esc go on to the next field, as the page says, and not only where Esc does nothing else. */
const leaving = { key: "Escape", run(view) { view.setTabFocusMode(2000); return false; } };

/** known is what the editor knows of each kind of file. */
const known = {
  script: () => [yaml(), syntaxHighlighting(colours), isolates(), indented(), autocompletion({ override: [complete], icons: false }), help()],
  list: () => [yaml(), syntaxHighlighting(colours), isolates(), indented()],
  dialogue: () => [speeches()],
};

/** open makes the editor in the place of the page's own field; on.changed() and on.moved() tell of keys and of the cursor. */
export function open(field, { kind, label, readOnly, keys, on }) {
  const place = document.createElement("div");
  place.className = "editor";
  place.dir = "ltr";
  field.closest("form").replaceWith(place);
  const view = new EditorView({
    parent: place,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        EditorView.cspNonce.of(document.querySelector("script[nonce]").nonce),
        EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false", autocapitalize: "off", ...$("#leave") && { "aria-describedby": "leave" } }),
        EditorState.phrases.of(phrases()), EditorState.readOnly.of(readOnly), EditorState.tabSize.of(2), indentUnit.of("  "),
        Prec.high(keymap.of(keys)),
        lineNumbers(), foldGutter(), codeFolding(), lintGutter(), highlightSpecialChars({ specialChars: invisible }), history(), drawSelection(), indentOnInput(),
        bracketMatching(), highlightActiveLine(), highlightActiveLineGutter(), search({ top: true }),
        EditorView.lineWrapping, known[kind](),
        keymap.of([...completionKeymap, leaving, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, indentWithTab]),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) on.changed();
          if (update.selectionSet || update.docChanged) on.moved();
        }),
      ],
    }),
  });
  return view;
}

/** place is where line and column, as the server counts them, are in the text: lines and letters from 1. */
export function place(view, line, column) {
  const { doc } = view.state;
  const at = doc.line(Math.max(1, Math.min(line, doc.lines)));
  const letters = [...at.text].slice(0, Math.max(0, column - 1)).join("").length; // the server counts whole letters
  return Math.min(at.from + letters, at.to);
}

/** go puts the cursor somewhere and shows it. */
export function go(view, line, column = 1) {
  const at = place(view, line, column);
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  view.focus();
}

/** mark underlines the problems in the text. */
export function mark(view, problems) {
  const { doc } = view.state;
  const found = problems.map((problem) => { // a name in braces is marked whole: a mark that ends within it would move its brace
    const from = place(view, problem.line, problem.column), line = doc.lineAt(from);
    const rest = /^(?:"[^"]*"|\{[^}\s]*\}|[^\s,:}\]]+)/.exec(line.text.slice(from - line.from));
    return {
      from, to: Math.max(Math.min(line.to, from + (rest?.[0].length ?? 1)), from), severity: problem.severity, message: problem.message,
      actions: problem.fix ? [{ name: problem.fix.title, apply: () => take(view, problem.fix) }] : [],
    };
  });
  view.dispatch(setDiagnostics(view.state, found.sort((a, b) => a.from - b.from)));
}

/** take makes the changes of a quick fix, as one step that can be undone. */
export function take(view, { edits }) {
  view.dispatch({
    changes: edits.map((edit) => ({ from: place(view, edit.line, edit.column), to: place(view, edit.end_line, edit.end_column), insert: edit.text })),
    userEvent: "input.fix", scrollIntoView: true,
  });
  view.focus();
}

/** text is all of it. */
export const text = (view) => view.state.doc.toString();

/** replace takes another text in the place of the present one, as one step that can be undone. What both have in common
stays as it is, folded or not. */
export function replace(view, other) {
  const now = text(view), most = Math.min(now.length, other.length);
  let head = 0, tail = 0;
  while (head < most && now[head] === other[head]) head++;
  while (tail < most - head && now.at(-1 - tail) === other.at(-1 - tail)) tail++;
  view.dispatch({ changes: { from: head, to: now.length - tail, insert: other.slice(head, other.length - tail) }, userEvent: "input.replace" });
}
