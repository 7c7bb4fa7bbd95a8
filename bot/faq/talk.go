package faq

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"

	"javab/bot"
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

// Talks are all kinds of small talk.
var Talks = [...]Talk{Greeting, Thanks, Farewell, Wellbeing, Agreement, Praise, Who}

//go:embed talk.txt
var talkLines string

// longestTalk is the most words that a phrase of small talk has.
const longestTalk = 6

// readTalk reads the phrases of all kinds. That none means two things is looked at by NewSpeech.
func readTalk(lines string) (map[Talk][]string, error) {
	all := map[Talk][]string{}
	n := 0
	for line := range strings.Lines(lines) {
		n++
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		class, rest, _ := strings.Cut(line, " ")
		kind, phrases, _ := strings.Cut(rest, " ")
		if lang := languageOf(bot.Lang(class)); !lang.Valid() || !slices.Contains(Talks[:], Talk(kind)) {
			return nil, fmt.Errorf("talk: line %d: want a class and a kind of small talk", n)
		}
		for phrase := range strings.SplitSeq(phrases, "|") {
			all[Talk(kind)] = append(all[Talk(kind)], strings.TrimSpace(phrase))
		}
	}
	return all, nil
}

// SmallTalk reports whether a message is small talk and nothing else, and of which kind: that of its last phrase, a
// greeting only when there is nothing else.
func (p *Speech) SmallTalk(s string) (Talk, bool) {
	words := foldedWords(s)
	var kind Talk
	for len(words) > 0 {
		said, n := p.talkAt(words)
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
func (p *Speech) talkAt(words []string) (Talk, int) {
	for n := min(longestTalk, len(words)); n > 0; n-- {
		if kind, is := p.talk[strings.Join(words[:n], " ")]; is {
			return kind, n
		}
	}
	return "", 0
}
