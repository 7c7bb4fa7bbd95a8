package texts

import (
	"cmp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"javab/bot"
)

// Field is what a field of an entry shall say. An empty one is taken away.
type Field struct {
	Key  string // "unit", "title/fa"
	Text string
	Many bool // a list, one a line
	Bare bool // a number, or true and false: written without quotes
}

// Change makes fields of an entry say something else. Nothing but these fields changes a byte. A field that was not there
// is put behind those before it in order, which names keys of the entry. Whatever else the change would do is an error, and
// the file stays as it was. An entry that the file does not have is a bot.Error of kind NotFound.
func Change(src []byte, entry string, order []string, fields []Field) ([]byte, error) {
	t, err := openTree(src)
	if err != nil {
		return nil, err
	}
	at, there := t.find(entry)
	if !there || len(pairs(at.node)) == 0 {
		return nil, gone(entry)
	}
	fields = t.changed(at.node, fields)
	if len(fields) == 0 {
		return src, nil
	}
	e := editor{tree: t}
	e.mapping(at, order, fields)
	if t.err != nil {
		return nil, t.err
	}
	touched := func(path string) bool {
		return slices.ContainsFunc(fields, func(f Field) bool { return path == entry+"/"+f.Key })
	}
	return e.finish(src, touched, touched, wanted(entry, fields))
}

// changed are the fields that say something else than the entry does.
func (t *tree) changed(entry ast.Node, fields []Field) (list []Field) {
	now := map[string]string{}
	for _, l := range leaves(entry, "") {
		now[l.path] = l.text
	}
	for _, f := range fields {
		f.Text = strings.TrimRight(plainEnds([]byte(f.Text)), "\n")
		if f.Many {
			f.Text = items(f.Text)
		}
		if now[f.Key] != f.Text {
			list = append(list, f)
		}
	}
	return list
}

// wanted are the fields of an entry as leaves, without those that are taken away.
func wanted(entry string, fields []Field) map[string]string {
	said := map[string]string{}
	for _, f := range fields {
		if f.Text != "" {
			said[entry+"/"+f.Key] = f.Text
		}
	}
	return said
}

// editor gathers what is replaced in a file.
type editor struct {
	*tree
	splices []splice
}

// group is the fields under one key of a mapping.
type group struct {
	key    string
	fields []Field // with the key cut off; one with an empty Key is the value itself
}

// under groups fields by the first part of their keys.
func under(fields []Field) (groups []group) {
	for _, f := range fields {
		key, rest, _ := strings.Cut(f.Key, "/")
		i := slices.IndexFunc(groups, func(g group) bool { return g.key == key })
		if i < 0 {
			i, groups = len(groups), append(groups, group{key: key})
		}
		f.Key = rest
		groups[i].fields = append(groups[i].fields, f)
	}
	return groups
}

// empty reports whether nothing of it says anything.
func (g group) empty() bool {
	return !slices.ContainsFunc(g.fields, func(f Field) bool { return f.Text != "" })
}

// mapping changes the fields of a mapping.
func (e *editor) mapping(at spot, order []string, fields []Field) {
	values := pairs(at.node)
	flow := at.flow || isFlow(at.node)
	drop := map[string]bool{}
	var fresh []group
	for _, g := range under(fields) {
		i := slices.IndexFunc(values, func(p *ast.MappingValueNode) bool { return keyOf(p) == g.key })
		switch {
		case i < 0:
			if !g.empty() {
				fresh = append(fresh, g)
			}
		case len(pairs(values[i].Value)) > 0:
			if e.emptied(values[i].Value, g) {
				drop[g.key] = true
				continue
			}
			e.nested(spot{values[i].Value, flow, columnOf(values[i].Key.GetToken()) - 1}, g)
		case g.empty():
			drop[g.key] = true
		default:
			e.replace(spot{values[i].Value, flow, columnOf(values[i].Key.GetToken()) - 1}, g)
		}
	}
	e.drop(values, flow, drop)
	kept := slices.DeleteFunc(slices.Clone(values), func(p *ast.MappingValueNode) bool { return drop[keyOf(p)] })
	for _, g := range fresh {
		e.insert(kept, flow, order, g)
	}
}

// nested changes the fields of a mapping in a mapping; of one from which everything goes, nothing is left to stand beside.
func (e *editor) nested(at spot, g group) {
	silent := group{key: g.key}
	for _, f := range g.fields {
		if f.Text == "" {
			silent.fields = append(silent.fields, f)
		}
	}
	if !e.emptied(at.node, silent) {
		e.mapping(at, spoken, g.fields)
		return
	}
	begin, end := e.extent(at)
	e.splices = append(e.splices, splice{begin, end, e.gap(begin) + written(g, true, at.indent)})
}

// spoken is the order of languages.
var spoken = []string{string(bot.Fa), string(Finglish), string(bot.Ar), string(bot.En)}

// emptied reports whether a mapping says nothing any more once the fields are as they are wanted.
func (e *editor) emptied(m ast.Node, g group) bool {
	for _, l := range leaves(m, "") {
		if l.text != "" && !slices.ContainsFunc(g.fields, func(f Field) bool { return f.Key == l.path }) {
			return false
		}
	}
	return g.empty()
}

// replace writes a value in place of another one.
func (e *editor) replace(at spot, g group) {
	f := g.fields[0]
	_, mapping := at.node.(*ast.MappingNode)
	if f.Key != "" || mapping { // a text where languages are wanted
		begin, end := e.extent(at)
		e.splices = append(e.splices, splice{begin, end, e.gap(begin) + written(g, true, at.indent)})
		return
	}
	old := e.value(at.node, where{flow: at.flow, indent: at.indent})
	switch {
	case f.Many && old.list && !f.Bare:
		e.splices = append(e.splices, e.setList(old, f.Text)...)
	case f.Many, f.Bare, old.list:
		e.splices = append(e.splices, splice{old.start, old.end, behind(old) + plainly(g.key, f)})
	default:
		e.splices = append(e.splices, splice{old.start, old.end, behind(old) + e.scalar(old, f.Text)})
	}
}

// gap is the blank that is wanted before a value that begins at a byte.
func (e *editor) gap(begin int) string {
	if begin > 0 && e.text[begin-1] == ':' {
		return " "
	}
	return ""
}

// drop takes keys away: in a block their lines, so that comments above stay.
func (e *editor) drop(values []*ast.MappingValueNode, flow bool, drop map[string]bool) {
	for i, p := range values {
		if !drop[keyOf(p)] {
			continue
		}
		begin := e.byteOf(p.Key.GetToken())
		_, end := e.extent(spot{p.Value, flow, columnOf(p.Key.GetToken()) - 1})
		switch {
		case !flow:
			e.takeLines(begin, end)
		case i > 0 && slices.ContainsFunc(values[:i], func(p *ast.MappingValueNode) bool { return !drop[keyOf(p)] }):
			_, before := e.extent(spot{values[i-1].Value, flow, 0})
			e.splices = append(e.splices, splice{before, end, ""})
		case i+1 < len(values):
			e.splices = append(e.splices, splice{begin, e.byteOf(values[i+1].Key.GetToken()), ""})
		}
	}
}

// takeLines takes the whole lines of a piece away.
func (e *editor) takeLines(begin, end int) {
	begin = strings.LastIndexByte(e.text[:begin], '\n') + 1
	end = min(e.lineEnd(end)+1, len(e.text))
	if end == len(e.text) && e.text[end-1] != '\n' && begin > 0 {
		begin--
	}
	e.splices = append(e.splices, splice{begin, end, ""})
}

// insert writes a key that is not there yet, behind the last of those that come before it.
func (e *editor) insert(kept []*ast.MappingValueNode, flow bool, order []string, g group) {
	if len(kept) == 0 {
		e.err = invalid(errNothingLeft)
		return
	}
	at := 0 // a key that is in no order stands where its author put it
	for i, p := range kept {
		if slices.Index(order, keyOf(p)) < slices.Index(order, g.key) || slices.Index(order, g.key) < 0 {
			at = i
		}
	}
	p := kept[at]
	indent := columnOf(p.Key.GetToken()) - 1
	begin, first := e.byteOf(p.Key.GetToken()), at == 0 && slices.Index(order, keyOf(p)) > slices.Index(order, g.key)
	_, end := e.extent(spot{p.Value, flow, indent})
	said := g.key + ": " + written(g, flow, indent)
	switch {
	case flow && first:
		e.splices = append(e.splices, splice{begin, begin, said + ", "})
	case flow:
		e.splices = append(e.splices, splice{end, end, ", " + said})
	case first && e.text[strings.LastIndexByte(e.text[:begin], '\n')+1:begin] == strings.Repeat(" ", indent):
		e.splices = append(e.splices, splice{begin, begin, said + "\n" + strings.Repeat(" ", indent)})
	default:
		end = e.lineEnd(end)
		e.splices = append(e.splices, splice{end, end, "\n" + strings.Repeat(" ", indent) + said})
	}
}

// finish makes the changes, and reads the file again to be sure that they are what was wanted, and nothing else: but for
// what they touch in the file before and in the file after, both say the same.
func (e *editor) finish(src []byte, touched, written func(path string) bool, want map[string]string) ([]byte, error) {
	if e.err != nil {
		return nil, e.err
	}
	slices.SortStableFunc(e.splices, func(a, b splice) int { return cmp.Or(a.start-b.start, a.end-b.end) })
	out := apply(src, e.splices)
	again, err := openTree(out)
	if err != nil {
		return nil, err
	}
	var before, after []leaf
	for _, l := range leaves(e.root, "") {
		if !touched(l.path) {
			before = append(before, leaf{uncounted(l.path), l.text})
		}
	}
	got := 0
	for _, l := range leaves(again.root, "") {
		if !written(l.path) {
			after = append(after, leaf{uncounted(l.path), l.text})
		} else if l.text != "" {
			if text, ok := want[l.path]; !ok || text != l.text {
				return nil, invalid(errMore)
			}
			got++
		}
	}
	if got != len(want) || !slices.Equal(before, after) {
		return nil, invalid(errMore)
	}
	return out, nil
}

// uncounted is a path without the numbers of entries, which others take over when one goes.
func uncounted(path string) string {
	parts := strings.Split(path, "/")
	for i, part := range parts {
		if strings.HasPrefix(part, "#") {
			parts[i] = "#"
		}
	}
	return strings.Join(parts, "/")
}
