package flows

import (
	"cmp"
	"slices"
	"strings"

	"javab/bot"
)

// Fix is a change of a file that makes a problem go away. Its title, what taking it does, is in the catalogs
// locales/fixes.<lang>.yaml under "fix."+Code; Params fill it in.
type Fix struct {
	Code   string            `json:"code"`
	Params map[string]string `json:"params,omitempty"`
	Edits  []Edit            `json:"edits"`
}

// Title says what taking the fix does, from a catalog as Problem.Message.
func (f Fix) Title(translate func(id string, params map[string]string) string) string {
	said := Problem{Params: f.Params}.worded(translate)
	if from := bot.Lang(f.Params["From"]); f.Code == "copy" && from.Valid() {
		said["From"] = cmp.Or(translate("lang."+string(from), nil), string(from))
	}
	return translate("fix."+f.Code, said)
}

// Edit puts Text in place of what stands between two places, the end not included. An editor in a browser can apply it
// as well as Apply does.
type Edit struct {
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"end_line"`
	EndColumn int    `json:"end_column"`
	Text      string `json:"text"`
}

// Apply takes a fix. The edits are apart from one another, in any order; line ends stay as the file has them.
func Apply(src []byte, fix Fix) []byte {
	lines := strings.SplitAfter(string(src), "\n")
	begins := make([]int, len(lines)+1)
	for i, line := range lines {
		begins[i+1] = begins[i] + len(line)
	}
	index := func(line, column int) int {
		if line < 1 || line > len(lines) {
			return len(src)
		}
		text := strings.TrimRight(lines[line-1], "\r\n")
		mark := 0
		if line == 1 && strings.HasPrefix(text, "\uFEFF") {
			mark = len("\uFEFF")
		}
		return begins[line-1] + mark + byteOf(text[mark:], column)
	}
	ends := "\n"
	if strings.Contains(string(src), "\r\n") {
		ends = "\r\n"
	}
	edits := slices.Clone(fix.Edits)
	slices.SortStableFunc(edits, func(a, b Edit) int {
		return index(a.Line, a.Column) - index(b.Line, b.Column)
	})
	var out strings.Builder
	at := 0
	for _, e := range edits {
		out.Write(src[at:index(e.Line, e.Column)])
		out.WriteString(strings.ReplaceAll(e.Text, "\n", ends))
		at = index(e.EndLine, e.EndColumn)
	}
	out.Write(src[at:])
	return []byte(out.String())
}
