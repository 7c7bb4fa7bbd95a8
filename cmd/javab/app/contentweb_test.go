package app

import (
	"context"
	"errors"
	"maps"
	"reflect"
	"testing"

	"javab/bot"
	"javab/bot/converse"
	"javab/flows/texts"
	"javab/webhook/contentweb"
)

func TestASentenceIsTriedBeforeAndAfterAsMembersAreAnswered(t *testing.T) {
	library := builtIn(t)
	var answers []contentweb.Answer
	for _, a := range library.live.Load().bundle.Answers {
		answers = append(answers, contentweb.Answer{ID: "answers/" + a.ID, Title: a.Title, Phrasings: maps.Clone(a.Phrasings)})
		answers[len(answers)-1].Phrasings[texts.Finglish] = a.Finglish
	}
	const sentence = "purple umbrella stand"
	try := func(lang bot.Lang, sentence string) contentweb.Tried {
		t.Helper()
		tried, err := library.Try(t.Context(), lang, sentence, answers)
		if err != nil {
			t.Fatal(err)
		}
		return tried
	}
	if same := try(bot.En, sentence); same.Before.Action == "answer" || !reflect.DeepEqual(same.Before, same.After) {
		t.Errorf("with the same answers: %+v", same)
	}
	if err := library.learn(t.Context()); err != nil {
		t.Fatal(err)
	}
	const asked = "my fee is paid but there is no receipt anywhere"
	member, tried := library.Match(converse.Ask{Lang: bot.En, Text: asked}), try(bot.En, asked)
	if len(member.Top) == 0 || !reflect.DeepEqual(tried.Before, tried.After) || tried.Before.Top[0].P != member.Top[0].P {
		t.Errorf("a member is answered by %+v, and tried is %+v", member.Top, tried)
	}
	answers = append(answers, contentweb.Answer{
		ID: "answers/umbrella", Title: bot.Text{En: "Umbrellas"},
		Phrasings: map[bot.Lang][]string{bot.En: {sentence}, texts.Finglish: {"chatr banafsh mikham"}},
	})
	for lang, words := range map[bot.Lang]string{bot.En: sentence, bot.Fa: "chatr banafsh mikham"} {
		tried := try(lang, words)
		if tried.Before.Action == "answer" || tried.After.Action != "answer" || len(tried.After.Top) == 0 || tried.After.Top[0].Title.En != "Umbrellas" {
			t.Errorf("with one more, %q: %+v", words, tried)
		}
	}
	gone, leave := context.WithCancel(t.Context())
	leave()
	answers = answers[1:]
	if _, err := library.Try(gone, bot.En, sentence, answers); !errors.Is(err, context.Canceled) {
		t.Errorf("when nobody waits any more: %v", err)
	}
}

func TestABotsWordsLeadToTheirAnswer(t *testing.T) {
	library := builtIn(t)
	a := library.live.Load().bundle.Answers[3]
	if entry, lang := library.Answered(a.Text.Ar); entry != "answers/"+a.ID || lang != bot.Ar {
		t.Errorf("%s in %s", entry, lang)
	}
	if entry, _ := library.Answered("Which one?"); entry != "" {
		t.Errorf("a question is taken for %s", entry)
	}
}
