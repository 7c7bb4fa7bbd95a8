package page

import (
	"regexp"
	"strings"
)

// Run is a piece of what somebody wrote. A command of the bot reads from left to right wherever it stands: in a
// right-to-left sentence its slash would else show at the wrong end.
type Run struct {
	Text    string
	Command bool
}

var command = regexp.MustCompile(`/[A-Za-z][A-Za-z0-9_]{0,31}(?:@[A-Za-z0-9_]+)?`)

// Runs cuts words before and behind the commands in them, for the template "words". What only looks like one, as a part
// of an address or a path does, is left alone.
func (f Frame) Runs(words string) (runs []Run) {
	from := 0
	for _, at := range command.FindAllStringIndex(words, -1) {
		if clings(words[:at[0]], words[at[1]:]) {
			continue
		}
		if from < at[0] {
			runs = append(runs, Run{Text: words[from:at[0]]})
		}
		runs = append(runs, Run{words[at[0]:at[1]], true})
		from = at[1]
	}
	if from < len(words) {
		runs = append(runs, Run{Text: words[from:]})
	}
	return runs
}

// clings reports whether something hangs on what stands between before and after, so that it is part of a longer word.
func clings(before, after string) bool {
	const latin = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-"
	return before != "" && strings.ContainsRune(latin+"/.:~%?=&#<", rune(before[len(before)-1])) ||
		after != "" && strings.ContainsRune(latin+"/", rune(after[0]))
}
