package cases

import (
	"fmt"
	"strconv"
	"time"

	"javab/bot"
)

// The keys of the messages about a round's end: 0 is the result itself, then its reminders. A key is used once for ever, so
// that nothing of a round is said twice.
func roundKey(c bot.Case, n int) string { return roundKeyOf(c, strconv.Itoa(n)) }

func roundKeyOf(c bot.Case, what string) string {
	return fmt.Sprintf("case:%s:r%d.%s", c.ID, c.Closure.Round, what)
}

// propose writes the result of a case to its member: to be confirmed, or as the answer that ends it.
func (l *letter) propose(c bot.Case, confirmed bool) {
	number := c.Number.String()
	if confirmed {
		l.say(c, roundKey(c, 0), Proposed, []string{l.words(textProposed, "number", number), c.Closure.Result, l.words(textAsk)}, l.verdict(c)...)
		return
	}
	l.say(c, roundKey(c, 0), Proposed, []string{l.words(textAnswered, "number", number), c.Closure.Result, l.words(textAgain)}, l.reopening(c))
}

// remind asks again whether the result solves the case; the last time it says when silence ends it.
func (l *letter) remind(c bot.Case, ends time.Time) {
	lines := []string{l.words(textRemind, "number", c.Number.String()), c.Closure.Result, l.words(textAsk)}
	if !ends.IsZero() {
		lines = append(lines, l.words(textSilence, "date", l.day(ends)))
	}
	l.say(c, roundKey(c, c.Closure.Reminders), Reminded, lines, l.verdict(c)...)
}

// closed tells the member that his case is closed, which he has not just said himself.
func (l *letter) closed(c bot.Case) {
	text := textClosed
	if c.Closure.Ending == bot.EndCalled {
		text = textCalled
	}
	lines := []string{l.words(text, "number", c.Number.String()), l.words(textUntil, "date", l.day(c.Closure.ReopenUntil))}
	l.say(c, roundKeyOf(c, "end"), Ended, lines, l.reopening(c))
}

// survey asks how it was.
func (l *letter) survey(c bot.Case) {
	var choices []bot.Choice
	for rating := lastRating; rating >= 1; rating-- {
		press := l.press(c, bot.ButtonRate)
		press.Answer = strconv.Itoa(rating)
		choices = append(choices, bot.Choice{Label: l.words(rateLabels[rating-1]), Data: press.Data()})
	}
	l.say(c, roundKeyOf(c, "survey"), Surveyed, []string{l.words(textSurvey, "number", c.Number.String())}, choices...)
}

// check asks whether the solution still holds.
func (l *letter) check(c bot.Case) {
	l.say(c, roundKeyOf(c, "check"), Checked, []string{l.words(textCheck, "number", c.Number.String())},
		l.choice(c, bot.ButtonHolds), l.choice(c, bot.ButtonFails))
}

// verdict are the buttons below a result.
func (l *letter) verdict(c bot.Case) []bot.Choice {
	return []bot.Choice{l.choice(c, bot.ButtonSolved), l.choice(c, bot.ButtonNotSolved)}
}

func (l *letter) reopening(c bot.Case) bot.Choice { return l.choice(c, bot.ButtonReopen) }

func (l *letter) choice(c bot.Case, b bot.CaseButton) bot.Choice {
	return bot.Choice{Label: l.words(buttonLabels[b]), Data: l.press(c, b).Data()}
}

func (l *letter) press(c bot.Case, b bot.CaseButton) bot.CasePress {
	return bot.CasePress{Button: b, Number: c.Number, Round: c.Closure.Round}
}
