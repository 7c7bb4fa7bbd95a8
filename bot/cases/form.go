package cases

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"javab/bot"
)

// form is what a member filled in: the account in his own words, and single answers by their field.
type form struct {
	text    string
	answers map[string]string
	files   int
}

// reserved reports whether the actions read an argument for themselves; every other one is an answer.
func reserved(argument string) bool {
	switch argument {
	case "kind", "category", "phone", "text", "number":
		return true
	}
	return false
}

// filled reads the form of a call: the pieces of its draft, and over them the arguments that say something. The account
// is the argument "text"; without one, all that was gathered piece by piece.
func filled(ctx context.Context, tx Tx, call bot.Call) (form, error) {
	f := form{text: strings.TrimSpace(call.With["text"]), answers: make(map[string]string)}
	if call.Draft != "" {
		draft, err := tx.Draft(ctx, call.Draft)
		if err != nil {
			return f, fmt.Errorf("read draft %s: %w", call.Draft, err)
		}
		f.read(draft)
	}
	for argument, value := range call.With {
		if value != "" && !reserved(argument) {
			f.answers[argument] = value
		}
	}
	maps.DeleteFunc(f.answers, func(_, answer string) bool { return answer == f.text })
	return f, nil
}

// read sorts the pieces: those of a field that gathers add up, of the others the last one counts.
func (f *form) read(draft bot.Draft) {
	var account []string
	gathered := make(map[string]bool)
	for _, p := range draft.Pieces {
		if p.File != nil {
			f.files++
		}
		switch {
		case p.Text == "":
		case p.Append:
			account = append(account, p.Text)
			gathered[p.Field] = true
		default:
			f.answers[p.Field] = p.Text
		}
	}
	if f.text == "" {
		f.text = strings.Join(account, "\n")
		return
	}
	for field := range gathered { // a second account, beside the one that the script named
		f.answers[field] = draft.Text(field)
	}
}

// words is all that was written, as one text.
func (f form) words() string {
	words := []string{f.text}
	for _, field := range slices.Sorted(maps.Keys(f.answers)) {
		words = append(words, f.answers[field])
	}
	return strings.TrimSpace(strings.Join(words, "\n"))
}

func (f form) empty() bool { return f.files == 0 && f.words() == "" }
