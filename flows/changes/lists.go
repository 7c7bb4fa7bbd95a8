package changes

import (
	"strings"

	"javab/bot"
	"javab/flows/texts"
)

// columns are the languages of a text in a list, in the order in which they are written.
var columns = []bot.Lang{bot.Fa, texts.Finglish, bot.Ar, bot.En}

// Lists lists what makes a list file another one: entries by their id, texts by language, all else by its path.
func Lists(before, after []byte) ([]Change, error) {
	was, err := readList(before)
	if err != nil {
		return nil, err
	}
	is, err := readList(after)
	if err != nil {
		return nil, err
	}
	var changes []Change
	shifted := moved(was.order, is.order)
	for _, entry := range was.order {
		if !is.has[entry] {
			changes = append(changes, Change{Kind: EntryRemoved, Step: entry, Before: was.name(entry), Line: was.line[entry]})
		}
	}
	for _, entry := range is.order {
		switch {
		case !was.has[entry]:
			changes = append(changes, Change{Kind: EntryAdded, Step: entry, After: is.name(entry), Line: is.line[entry]})
			continue
		case shifted[entry]:
			changes = append(changes, Change{Kind: EntryMoved, Step: entry, After: is.name(entry), Line: is.line[entry]})
		}
		changes = append(changes, is.entry(was, entry)...)
	}
	return append(changes, is.entry(was, "")...), nil
}

// listed is a list file by entries; what belongs to none is under "".
type listed struct {
	order  []string
	has    map[string]bool
	line   map[string]int
	rows   map[string][]texts.Row
	values map[string][]texts.Value
	text   map[cell]string
	value  map[string]string
}

type cell struct {
	path string
	lang bot.Lang
}

func readList(src []byte) (*listed, error) {
	rows, err := texts.Read(src)
	if err != nil {
		return nil, err
	}
	values, err := texts.Values(src)
	if err != nil {
		return nil, err
	}
	l := &listed{
		has: map[string]bool{}, line: map[string]int{}, rows: map[string][]texts.Row{}, values: map[string][]texts.Value{},
		text: map[cell]string{}, value: map[string]string{},
	}
	for _, v := range values {
		l.add(v.Path, v.Entry, 0)
		l.values[entryOf(v.Path, v.Entry)] = append(l.values[entryOf(v.Path, v.Entry)], v)
		l.value[v.Path] = v.Text
	}
	for _, r := range rows {
		l.add(r.Path, r.Entry, r.Cells[bot.Fa].Line)
		l.rows[entryOf(r.Path, r.Entry)] = append(l.rows[entryOf(r.Path, r.Entry)], r)
		for lang, c := range r.Cells {
			l.text[cell{r.Path, lang}] = c.Text
		}
	}
	return l, nil
}

// entryOf is how an entry is called among all: by its list and its id.
func entryOf(path, id string) string {
	if id == "" {
		return ""
	}
	list, _, _ := strings.Cut(path, "/")
	return list + "/" + id
}

func (l *listed) add(path, id string, line int) {
	entry := entryOf(path, id)
	if entry == "" {
		return
	}
	if !l.has[entry] {
		l.has[entry] = true
		l.order = append(l.order, entry)
	}
	if l.line[entry] == 0 || line != 0 && line < l.line[entry] {
		l.line[entry] = line
	}
}

// name is what an entry says first.
func (l *listed) name(entry string) string {
	for _, r := range l.rows[entry] {
		for _, lang := range bot.Langs {
			if said := r.Cells[lang].Text; said != "" {
				return said
			}
		}
	}
	return entry
}

// entry compares one entry that both have.
func (l *listed) entry(was *listed, entry string) []Change {
	var changes []Change
	for _, r := range l.rows[entry] {
		for _, lang := range columns {
			before, c := was.text[cell{r.Path, lang}], r.Cells[lang]
			if before != c.Text {
				changes = append(changes, Change{
					Kind: TextChanged, Step: entry, What: r.Kind, Lang: lang, Before: before, After: c.Text, Line: c.Line,
				})
			}
		}
	}
	for _, r := range was.rows[entry] {
		if _, there := l.text[cell{r.Path, bot.Fa}]; there { // every row has that cell
			continue
		}
		for _, lang := range columns {
			if before := r.Cells[lang].Text; before != "" {
				changes = append(changes, Change{
					Kind: TextChanged, Step: entry, What: r.Kind, Lang: lang, Before: before, Line: l.line[entry],
				})
			}
		}
	}
	return append(changes, l.plain(was, entry)...)
}

// plain compares the values of an entry that are no texts.
func (l *listed) plain(was *listed, entry string) []Change {
	var changes []Change
	for _, v := range l.values[entry] {
		if before := was.value[v.Path]; before != v.Text {
			changes = append(changes, Change{
				Kind: Value, Step: entry, What: inside(v.Path, entry), Before: before, After: v.Text, Line: l.line[entry],
			})
		}
	}
	for _, v := range was.values[entry] {
		if _, there := l.value[v.Path]; !there {
			changes = append(changes, Change{
				Kind: Value, Step: entry, What: inside(v.Path, entry), Before: v.Text, Line: l.line[entry],
			})
		}
	}
	return changes
}

// inside is the path of a value within its entry.
func inside(path, entry string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, entry), "/")
}
