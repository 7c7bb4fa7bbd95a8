package faq

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"javab/bot"
	"javab/locales/text"
)

//go:embed latin.txt
var latinLines string

// latinWords are the small words of Persian and Arabic in Latin letters.
var latinWords = sync.OnceValue(func() map[bot.Lang]map[string]bool {
	all := map[bot.Lang]map[string]bool{Finglish: {}, Arabizi: {}}
	for line := range strings.Lines(latinLines) {
		if fields := strings.Fields(line); len(fields) > 0 && all[bot.Lang(fields[0])] != nil {
			for _, word := range fields[1:] {
				all[bot.Lang(fields[0])][word] = true
			}
		}
	}
	return all
})

// Class says what a text is written in: one of our languages, Finglish, or Arabizi; empty when it has no letters. Script,
// letters and small words come first; where they leave it open, the words that the index knows decide.
func (x *Index) Class(s string) bot.Lang {
	s = cut(s)
	if latinOnly(s) {
		return x.latinClass(s)
	}
	guess := text.Detect(s)
	if guess.Lang == bot.En {
		return guess.Lang
	}
	fa, ar := x.knows(bot.Fa, x.speech.wordsOf(bot.Fa, s)), x.knows(bot.Ar, x.speech.wordsOf(bot.Ar, s))
	switch {
	case fa >= ar+2 && !strings.ContainsAny(s, onlyArabic):
		return bot.Fa // typed on an Arabic keyboard
	case guess.Sure:
		return guess.Lang
	case fa > ar && guess.Ar <= guess.Fa+1:
		return bot.Fa
	case ar > fa && guess.Fa <= guess.Ar+1:
		return bot.Ar
	case guess.Lang == "" && strings.IndexFunc(s, unicode.IsLetter) >= 0:
		return bot.Fa // letters of both, and the house's language
	}
	return guess.Lang
}

// onlyArabic are letters that no Persian keyboard has and no Persian writes: teh marbuta, alef maksura, alef with hamza
// below.
const onlyArabic = "\u0629\u0649\u0625"

// knows counts the words that the documents of a language have.
func (x *Index) knows(lang bot.Lang, words []string) int {
	n := 0
	if s := x.sections[lang]; s != nil {
		for _, w := range words {
			n += int(one(s.words.has(w)))
		}
	}
	return n
}

// What speaks for a class: a small word, or one that the index knows. Words of the index count less: a skeleton that is
// also Persian is often chance.
const (
	smallWord = 2
	indexWord = 1
)

// latinClass tells English, Finglish and Arabizi apart.
func (x *Index) latinClass(s string) bot.Lang {
	var en, fa, ar int
	for _, word := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		small := latinWords()
		switch {
		case text.Detect(word).En > 1: // an English function word
			en += smallWord
		case small[Finglish][word] && !small[Arabizi][word]:
			fa += smallWord
		case small[Arabizi][word] && !small[Finglish][word], digitLetter(word):
			ar += smallWord
		case small[Finglish][word]:
			fa++
			ar++
		case x.knows(bot.En, []string{word}) > 0:
			en += indexWord
		default:
			fa += indexWord * x.persianBones(word)
		}
	}
	switch {
	case ar > en && ar > fa:
		return Arabizi
	case fa > en:
		return Finglish
	default:
		return bot.En
	}
}

// persianBones counts what speaks for a Persian word in Latin letters: a skeleton that the index knows, and spellings of
// sounds that English has not.
func (x *Index) persianBones(word string) int {
	n := 0
	if bones := x.speech.skeletonWords(word); len(bones) > 0 && len(bones[0]) >= keep {
		n = x.knows(Finglish, bones)
	}
	return n + int(one(strings.Contains(word, "kh") || strings.HasPrefix(word, "gh") || strings.Contains(word, "aa")))
}

// digitLetter reports whether a word writes an Arabic sound as a digit between letters: 3ayez, sa7, mas2ala.
func digitLetter(word string) bool {
	letters, digits := 0, 0
	for i, r := range word {
		switch {
		case unicode.IsLetter(r):
			letters++
		case strings.ContainsRune("23579", r) && (i > 0 || len(word) > 2):
			digits++
		default:
			return false
		}
	}
	return digits > 0 && digits <= 2 && letters >= 2
}
