package content

import (
	"slices"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/locales/text"
)

func TestAnswersGuidesAndReadyRepliesArePublishedInEveryLanguage(t *testing.T) {
	b := embedded(t)
	now := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	all := b.Published(now)
	guide, _ := b.Item("services", "membership_issue")
	for _, lang := range bot.Langs {
		for _, words := range []string{
			b.Answers[0].Text.In(lang), b.Replies[0].Text.In(lang), guide.Fields["fee"].Text.In(lang), guide.Fields["steps"].Items[0].Label.In(lang),
		} {
			if words == "" || !slices.Contains(all, words) {
				t.Errorf("%s: %q is not published", lang, words)
			}
		}
	}
}

func TestAnAnswerIsPublishedForAsLongAsItIsValid(t *testing.T) {
	b := &Bundle{Answers: []Answer{{Text: bot.Text{En: "The fee is 5 dollars."}, ValidUntil: time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC)}}}
	for at, want := range map[time.Time]bool{
		time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC):      true,
		time.Date(2026, 11, 22, 20, 29, 0, 0, time.UTC):    true,
		time.Date(2026, 11, 22, 20, 30, 0, 0, time.UTC):    false, // midnight in Tehran
		time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC):      false,
		time.Date(2026, 11, 23, 0, 0, 0, 0, text.Tehran()): false,
	} {
		if got := strings.Contains(strings.Join(b.Published(at), "\n"), "5 dollars"); got != want {
			t.Errorf("at %s: %v", at, got)
		}
	}
}
