package flows

import (
	"slices"
	"strings"

	"javab/bot"
)

// presses checks that each button of a case is answered by one flow.
func (c *checker) presses() {
	answered := map[string]string{}
	for _, f := range c.order {
		c.press(f, answered)
	}
	for _, button := range caseButtons() {
		if answered[button] == "" {
			c.fail(nil, Pos{1, 1}, "press.unanswered", "Name", button)
		}
	}
}

func (c *checker) press(f *flow, answered map[string]string) {
	name := f.Enter.Case
	other, twice := answered[name.Text]
	switch known := caseButtons(); {
	case name.Text == "":
	case !slices.Contains(known, name.Text):
		c.fail(f, name.Pos, "press.unknown", "Name", name.Text, "Near", near(name.Text, known), "Known", strings.Join(known, ", "))
	case twice:
		c.fail(f, name.Pos, "press.twice", "Name", name.Text, "Other", other)
	default:
		answered[name.Text] = f.Flow.Text
	}
}

func caseButtons() []string {
	names := make([]string, len(bot.CaseButtons))
	for i, b := range bot.CaseButtons {
		names[i] = string(b)
	}
	return names
}
