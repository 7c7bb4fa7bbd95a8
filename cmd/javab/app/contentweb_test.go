package app

import (
	"testing"
	"time"

	"javab/bot"
	"javab/flows/scripts"
	"javab/webhook/contentweb"
)

func TestASentenceIsTriedBeforeAndAfter(t *testing.T) {
	library, err := openLibrary(scripts.FS, time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	var answers []contentweb.Answer
	for _, a := range library.live.Load().bundle.Answers {
		answers = append(answers, contentweb.Answer{ID: "answers/" + a.ID, Title: a.Title, Phrasings: a.Phrasings})
	}
	const sentence = "purple umbrella stand"
	if same := library.Try(bot.En, sentence, answers); same.Before.Action != "handoff" || same.After.Action != "handoff" {
		t.Errorf("with the same answers: %+v", same)
	}
	answers = append(answers, contentweb.Answer{
		ID: "answers/umbrella", Title: bot.Text{En: "Umbrellas"}, Phrasings: map[bot.Lang][]string{bot.En: {sentence}},
	})
	tried := library.Try(bot.En, sentence, answers)
	if tried.Before.Action != "handoff" || tried.After.Action != "answer" || len(tried.After.Top) == 0 || tried.After.Top[0].Title.En != "Umbrellas" {
		t.Errorf("with one more: %+v", tried)
	}
}

func TestABotsWordsLeadToTheirAnswer(t *testing.T) {
	library, err := openLibrary(scripts.FS, time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC))
	if err != nil {
		t.Fatal(err)
	}
	a := library.live.Load().bundle.Answers[3]
	if entry, lang := library.Answered(a.Text.Ar); entry != "answers/"+a.ID || lang != bot.Ar {
		t.Errorf("%s in %s", entry, lang)
	}
	if entry, _ := library.Answered("Which one?"); entry != "" {
		t.Errorf("a question is taken for %s", entry)
	}
}
