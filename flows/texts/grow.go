package texts

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"javab/bot"
)

var (
	errMore        = errors.New("the edit would change more than what is wanted")
	errNothingLeft = errors.New("the entry would have no field left")
)

// Add puts an entry at the end of a list, written as its last one is. A list that its entry does not have yet is begun. Two
// entries of one id are a bot.Error of kind Conflict.
func Add(src []byte, list string, fields []Field) ([]byte, error) {
	t, err := openTree(src)
	if err != nil {
		return nil, err
	}
	e := editor{tree: t}
	at, there := t.find(list)
	name := ""
	for _, f := range fields {
		if f.Key == "id" {
			name = f.Text
		}
	}
	if there && name != "" {
		if _, taken := at.child(name); taken {
			return nil, &bot.Error{Kind: bot.Conflict, Key: "entry_taken", Params: map[string]string{"ID": name}}
		}
	}
	if name == "" {
		name = nameOf(nil, len(itemsOf(at.node)))
	}
	fields = t.changed(nil, fields)
	switch {
	case len(fields) == 0:
		return nil, invalid(errNothingLeft)
	case !there:
		e.begin(list, fields)
	case len(itemsOf(at.node)) == 0:
		e.first(at, fields)
	default:
		e.append(at, fields)
	}
	if t.err != nil {
		return nil, t.err
	}
	entry := list + "/" + name
	empty := func(path string) bool { return path == list }
	return e.finish(src, empty, func(path string) bool { return strings.HasPrefix(path, entry+"/") }, wanted(entry, fields))
}

// begin writes a list that its entry does not have yet, behind all else in it.
func (e *editor) begin(list string, fields []Field) {
	cut := strings.LastIndexByte(list, '/')
	at, there := e.find(list[:max(cut, 0)])
	if cut < 0 || !there || len(pairs(at.node)) == 0 || at.flow || isFlow(at.node) {
		e.err = gone(list)
		return
	}
	values := pairs(at.node)
	last := values[len(values)-1]
	indent := columnOf(last.Key.GetToken()) - 1
	_, end := e.extent(spot{last.Value, false, indent})
	end = e.lineEnd(end)
	margin := "\n" + strings.Repeat(" ", indent)
	e.splices = append(e.splices, splice{end, end, margin + list[cut+1:] + ":" + margin + "  - " + between(fields, true, indent+4)})
}

// first writes the first entry of a list that has nothing in it.
func (e *editor) first(at spot, fields []Field) {
	begin, end := e.extent(at)
	if at.flow {
		e.splices = append(e.splices, splice{begin, end, e.gap(begin) + "[" + between(fields, true, 0) + "]"})
		return
	}
	for begin > 0 && e.text[begin-1] == ' ' {
		begin--
	}
	margin := "\n" + strings.Repeat(" ", at.indent+2)
	e.splices = append(e.splices, splice{begin, end, margin + "- " + between(fields, len(fields) < 5, at.indent+4)})
}

// append writes an entry behind the last one of a list.
func (e *editor) append(at spot, fields []Field) {
	list := at.node.(*ast.SequenceNode)
	last := at.item(len(list.Values) - 1)
	_, end := e.extent(last)
	if last.flow {
		e.splices = append(e.splices, splice{end, end, ", " + between(fields, true, 0)})
		return
	}
	dash := columnOf(list.Start) - 1
	end = e.lineEnd(end)
	e.splices = append(e.splices, splice{end, end, "\n" + strings.Repeat(" ", dash) + "- " + between(fields, isFlow(last.node), dash+2)})
}

// Remove takes an entry out of its list, with the comments inside it; those above it stay.
func Remove(src []byte, entry string) ([]byte, error) {
	t, err := openTree(src)
	if err != nil {
		return nil, err
	}
	cut := strings.LastIndexByte(entry, '/')
	at, there := t.find(entry[:max(cut, 0)])
	i := slices.Index(names(at.node), entry[cut+1:])
	if !there || i < 0 {
		return nil, gone(entry)
	}
	e := editor{tree: t}
	e.remove(at, i)
	empty := func(path string) bool { return path == entry[:cut] }
	return e.finish(src, func(path string) bool { return strings.HasPrefix(path, entry+"/") }, empty, nil)
}

// names are what the entries of a list are called.
func names(list ast.Node) []string {
	var all []string
	for i, item := range itemsOf(list) {
		all = append(all, nameOf(item, i))
	}
	return all
}

func (e *editor) remove(at spot, i int) {
	list := at.node.(*ast.SequenceNode)
	begin, end := e.extent(at.item(i))
	switch {
	case at.item(i).flow && len(list.Values) == 1:
		e.splices = append(e.splices, splice{begin, end, ""})
	case at.item(i).flow && i > 0:
		_, before := e.extent(at.item(i - 1))
		e.splices = append(e.splices, splice{before, end, ""})
	case at.item(i).flow:
		next, _ := e.extent(at.item(i + 1))
		e.splices = append(e.splices, splice{begin, next, ""})
	default:
		if len(list.Values) == 1 { // a key without a value would be no list
			colon := strings.LastIndexByte(e.text[:e.byteOf(list.Start)], ':') + 1
			e.splices = append(e.splices, splice{colon, colon, " []"})
		}
		e.takeLines(begin, end)
	}
}

// between writes an entry: in braces, or a key a line.
func between(fields []Field, flow bool, indent int) string {
	groups := under(fields)
	said := make([]string, len(groups))
	for i, g := range groups {
		said[i] = g.key + ": " + written(g, flow, indent)
	}
	if flow {
		return "{" + strings.Join(said, ", ") + "}"
	}
	return strings.Join(said, "\n"+strings.Repeat(" ", indent))
}

// short is how many bytes of languages stand on one line; longer ones take a line each.
const short = 300

// written writes what a key says.
func written(g group, flow bool, indent int) string {
	if g.fields[0].Key == "" {
		return plainly(g.key, g.fields[0])
	}
	said, size := []string{}, 0
	for _, lang := range spoken {
		for _, f := range g.fields {
			if f.Key == lang && f.Text != "" {
				said = append(said, lang+": "+plainly(lang, f))
				size += len(f.Text)
			}
		}
	}
	if flow || size <= short {
		return "{" + strings.Join(said, ", ") + "}"
	}
	margin := "\n" + strings.Repeat(" ", indent+2)
	return strings.TrimPrefix(margin+strings.Join(said, margin), " ")
}

// identifier is a word that needs no quotes anywhere.
var identifier = regexp.MustCompile(`^[a-z][a-z0-9_.]*$`)

// plainly writes a value that was not there before, as the files of the program do: ids bare, texts in double quotes.
func plainly(key string, f Field) string {
	if f.Many {
		words := strings.Split(f.Text, "\n")
		for i, word := range words {
			words[i] = plainly(key, Field{Text: word, Bare: f.Bare})
		}
		return "[" + strings.Join(words, ", ") + "]"
	}
	inside := value{flow: true}
	if f.Bare || !slices.Contains(spoken, key) && identifier.MatchString(f.Text) && inside.reads(f.Text, f.Text) {
		return f.Text
	}
	return inDoubleQuotes(f.Text)
}
