package faq

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"javab/bot"
	"javab/locales/text"
)

// Talk is a kind of small talk: what is said out of kindness, and asks for nothing.
type Talk string

// The kinds of small talk. Who asks whether a person or a machine writes.
const (
	Greeting  Talk = "greeting"
	Thanks    Talk = "thanks"
	Farewell  Talk = "farewell"
	Wellbeing Talk = "wellbeing"
	Agreement Talk = "agreement"
	Praise    Talk = "praise"
	Who       Talk = "who"
)

//go:embed talk.txt
var talkLines string

// longestTalk is the most words that a phrase of small talk has.
const longestTalk = 6

// allTalk are the folded phrases of all classes: no phrase means two things. The file is part of the program, and a test
// reads it.
var allTalk = sync.OnceValue(func() map[string]Talk {
	talk, err := readTalk(talkLines)
	if err != nil {
		panic(err)
	}
	return talk
})

func readTalk(lines string) (map[string]Talk, error) {
	all := map[string]Talk{}
	known := map[Talk]bool{Greeting: true, Thanks: true, Farewell: true, Wellbeing: true, Agreement: true, Praise: true, Who: true}
	n := 0
	for line := range strings.Lines(lines) {
		n++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		class, rest, _ := strings.Cut(line, " ")
		kind, phrases, _ := strings.Cut(rest, " ")
		if lang := languageOf(bot.Lang(class)); !lang.Valid() || !known[Talk(kind)] {
			return nil, fmt.Errorf("talk: line %d: want a class and a kind of small talk", n)
		}
		for phrase := range strings.SplitSeq(phrases, "|") {
			folded := text.Fold(phrase)
			if words := len(strings.Fields(folded)); words == 0 || words > longestTalk {
				return nil, fmt.Errorf("talk: line %d: %q has %d words", n, phrase, words)
			}
			if before, twice := all[folded]; twice && before != Talk(kind) {
				return nil, fmt.Errorf("talk: line %d: %q is %s too", n, phrase, before)
			}
			all[folded] = Talk(kind)
		}
	}
	return all, nil
}

// SmallTalk reports whether a message is small talk and nothing else, and of which kind: that of its last phrase, a
// greeting only when there is nothing else.
func SmallTalk(s string) (Talk, bool) {
	words := foldedWords(s)
	var kind Talk
	for len(words) > 0 {
		said, n := talkAt(words)
		if n == 0 {
			return "", false
		}
		if said != Greeting || kind == "" {
			kind = said
		}
		words = words[n:]
	}
	return kind, kind != ""
}

// talkAt finds the longest phrase of small talk that the words begin with, and how many words it has.
func talkAt(words []string) (Talk, int) {
	for n := min(longestTalk, len(words)); n > 0; n-- {
		if kind, is := allTalk()[strings.Join(words[:n], " ")]; is {
			return kind, n
		}
	}
	return "", 0
}
