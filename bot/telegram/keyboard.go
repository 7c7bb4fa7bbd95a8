package telegram

import (
	"slices"
	"unicode"

	"javab/bot"
)

const (
	maxRow     = 8   // buttons side by side
	maxButtons = 100 // in one keyboard; every choice can also be typed, so the rest is not lost
	rowWidth   = 40  // letters that a phone shows in one row of buttons, their margins not counted
	padding    = 2   // of each button, in letters
)

// rows lays choices out: one a row, but those that ask to stand beside the one before them where both stay readable.
// Messengers know no right-to-left keyboards (tdlib/telegram-bot-api#882): for Persian and Arabic each row is reversed.
func rows(lang bot.Lang, choices []bot.Choice) [][]bot.Choice {
	choices = choices[:min(len(choices), maxButtons)]
	var laid [][]bot.Choice
	for _, c := range choices {
		if last := len(laid) - 1; c.Beside && last >= 0 && fits(laid[last], c) {
			laid[last] = append(laid[last], c)
			continue
		}
		laid = append(laid, []bot.Choice{c})
	}
	if lang.RTL() {
		for _, row := range laid {
			slices.Reverse(row)
		}
	}
	return laid
}

// fits reports whether a row can take one more: the messenger gives each button of a row the same width.
func fits(row []bot.Choice, more bot.Choice) bool {
	n := len(row) + 1
	if n > maxRow {
		return false
	}
	widest := width(more.Label)
	for _, c := range row {
		widest = max(widest, width(c.Label))
	}
	return widest <= rowWidth/n-padding
}

// width counts the letters one sees: marks of direction, joiners and vowel signs take no room, pictures take two.
func width(label string) int {
	n := 0
	for _, r := range label {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me):
		case r >= 0x1F000:
			n += 2
		default:
			n++
		}
	}
	return n
}

// inline is the keyboard below a message. The library's own button type prints an empty copy_text into every button.
type inline struct {
	Rows [][]button `json:"inline_keyboard"`
}

type button struct {
	Text string `json:"text"`
	Data string `json:"callback_data"`
}

func inlineKeyboard(lang bot.Lang, choices []bot.Choice) *inline {
	laid := rows(lang, choices)
	k := &inline{Rows: make([][]button, len(laid))}
	for i, row := range laid {
		k.Rows[i] = make([]button, len(row))
		for j, c := range row {
			k.Rows[i][j] = button{Text: c.Label, Data: c.Data}
		}
	}
	return k
}
