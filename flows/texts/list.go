package texts

import (
	"slices"
	"strings"
)

// setList changes a list of words: what stays keeps its bytes.
func (f *file) setList(v value, text string) []splice {
	words := lines(text)
	if len(words) == 0 || len(v.items) == 0 {
		return []splice{{v.start, v.end, flowList(text)}}
	}
	same := 0 // at the beginning
	for same < min(len(words), len(v.items)) && words[same] == v.items[same].said {
		same++
	}
	tail := 0 // and at the end
	for tail < min(len(words), len(v.items))-same && words[len(words)-1-tail] == v.items[len(v.items)-1-tail].said {
		tail++
	}
	words, old := words[same:len(words)-tail], v.items[same:len(v.items)-tail]
	var splices []splice
	for i := range min(len(words), len(old)) {
		splices = append(splices, splice{old[i].start, old[i].end, f.scalar(old[i], words[i])})
	}
	if len(words) > len(old) {
		return append(splices, f.add(v, same+len(old), words[len(old):]))
	}
	if len(old) > len(words) {
		return append(splices, f.drop(v, same+len(words), same+len(old)))
	}
	return splices
}

// add writes new words before the item at a number, which may be one past the last.
func (f *file) add(v value, at int, words []string) splice {
	like := v.items[max(at-1, 0)]
	like.style = plain
	var b strings.Builder
	for i, word := range words {
		written := f.scalar(like, word)
		switch {
		case v.flow && at > 0:
			b.WriteString(", " + written)
		case v.flow:
			b.WriteString(written + ", ")
		case at > 0:
			b.WriteString("\n" + strings.Repeat(" ", like.indent) + "- " + written)
		default:
			if i > 0 {
				b.WriteString(strings.Repeat(" ", like.indent))
			}
			b.WriteString("- " + written + "\n")
		}
	}
	switch {
	case at > 0 && v.flow:
		return splice{like.end, like.end, b.String()}
	case at > 0:
		end := f.behindValue(like)
		return splice{end, end, b.String()}
	case v.flow:
		return splice{like.start, like.start, b.String()}
	default:
		return splice{v.start, v.start, b.String() + strings.Repeat(" ", like.indent)}
	}
}

// drop takes items away, and the commas or dashes that stood between them.
func (f *file) drop(v value, from, to int) splice {
	switch {
	case from > 0 && v.flow:
		return splice{v.items[from-1].end, v.items[to-1].end, ""}
	case from > 0:
		return splice{f.behindValue(v.items[from-1]), f.behindValue(v.items[to-1]), ""}
	case v.flow:
		return splice{v.items[from].start, v.items[to].start, ""}
	default:
		return splice{v.start, strings.LastIndexByte(f.text[:v.items[to].start], '-'), ""}
	}
}

// flowList writes words between brackets.
func flowList(text string) string {
	words := lines(text)
	for i, word := range words {
		if inside := (value{flow: true}); bare(word, true) && inside.reads(word, word) {
			continue
		}
		words[i] = inDoubleQuotes(word)
	}
	return "[" + strings.Join(words, ", ") + "]"
}

func lines(text string) []string {
	if text == "" {
		return nil
	}
	return slices.Collect(strings.SplitSeq(text, "\n"))
}
