package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"javab/bot"
)

// Guess is what a text tells about its language.
type Guess struct {
	Lang bot.Lang // the likeliest; "" when nothing speaks for any
	// Fa, Ar and En weigh the evidence for each language.
	Fa, Ar, En int
	// Sure says that Lang does not rest on a single word, or that it has a letter no other of our languages has.
	Sure bool

	words    [3]int // that speak for fa, ar, en
	keyboard int    // words that only a Persian keyboard makes Persian
	letters  [2]int // that only fa, only ar has
	script   int    // words in Arabic script
}

// Detect guesses the language of a text by its script, its letters and its small words. It looks at the text as it was
// typed: folding would remove what tells Persian from Arabic.
func Detect(s string) Guess {
	var g Guess
	for s != "" {
		var w string
		if w, s = nextWord(s); w != "" {
			g.weigh(w)
		}
	}
	g.decide()
	return g
}

// Switch says whether a message shows that its writer has turned to another language than the stored one, and to which.
// One word is not enough, unless it has a letter that decides: many Persians type on Arabic keyboards.
func Switch(stored bot.Lang, s string) (bot.Lang, bool) {
	g := Detect(s)
	if g.Lang == stored || g.Lang == "" {
		return stored, false
	}
	if stored == bot.En && g.script >= 2 || g.Sure {
		return g.Lang, true
	}
	return stored, false
}

func (g *Guess) decide() {
	if g.Ar == 0 { // no sign of an Arab on a Persian keyboard
		g.words[0] += g.keyboard
	}
	lang, score, words, letters := bot.Fa, g.Fa, g.words[0], g.letters[0]
	if g.Ar > score {
		lang, score, words, letters = bot.Ar, g.Ar, g.words[1], g.letters[1]
	}
	if g.En > score {
		lang, score, words, letters = bot.En, g.En, g.words[2], 0
	}
	if score == 0 {
		return
	}
	g.Lang, g.Sure = lang, words >= 2 || letters > 0
}

// weigh adds the evidence of one word.
func (g *Guess) weigh(w string) {
	if first, _ := utf8.DecodeRuneInString(w); first < 0x0250 {
		g.En++
		if isFunction(bot.En, w) {
			g.En++
			g.words[2]++
		}
		return
	}
	e := letterEvidence(w)
	if e.arabic == 0 {
		return
	}
	e.wholeWord(w)
	g.script++
	g.Fa += e.fa
	g.Ar += e.ar
	g.letters[0] += e.onlyFa
	g.letters[1] += e.onlyAr
	switch {
	case e.fa > e.ar && e.strongFa:
		g.words[0]++
	case e.fa > e.ar:
		g.keyboard++
	case e.ar > e.fa && e.strongAr:
		g.words[1]++
	}
}

// evidence is what one word in Arabic script tells.
type evidence struct {
	fa, ar         int
	onlyFa, onlyAr int // letters that decide
	arabic         int // letters of the script at all
	// strongFa and strongAr tell letters, articles and small words from what a keyboard alone explains (kaf, yeh) and from
	// the hamzas and vowel marks that Persian has too: many Persians type on Arabic keyboards, Iranian Arabs on Persian ones.
	strongFa, strongAr bool
}

func letterEvidence(w string) evidence {
	var e evidence
	for _, r := range w {
		if r >= 0x0600 && r < 0x0700 {
			e.arabic++
		}
		switch r {
		case '\u067E', '\u0686', '\u0698', '\u06AF': // peh, tcheh, jeh, gaf
			e.fa += 3
			e.onlyFa++
			e.strongFa = true
		case kaf, yeh:
			e.fa++
		case '\u200C':
			e.fa++
			e.strongFa = true
		case '\u0629': // teh marbuta
			e.ar += 2
			e.onlyAr++
			e.strongAr = true
		case '\u0649', '\u0625': // alef maksura, alef with hamza below
			e.ar += 2
			e.strongAr = true
		case '\u0623', '\u0624': // alef and waw with hamza: in Persian too
			e.ar += 2
		case '\u0643', '\u064A': // Arabic kaf and yeh
			e.ar++
		default:
			if r >= '\u064B' && r <= '\u0652' { // harakat
				e.ar += 2
			}
		}
	}
	return e
}

// wholeWord adds what a whole word tells: a small word, the Arabic article, the Persian verb prefix.
func (e *evidence) wholeWord(w string) {
	if isFunction(bot.Fa, w) || strings.HasPrefix(w, "\u0645\u06CC") && len(w) > 8 {
		e.fa += 2
		e.strongFa = true
	}
	article := strings.HasPrefix(w, "\u0627\u0644") && len(w) > 8
	if isFunction(bot.Ar, w) || article && !persianAl[plainKey(w)] {
		e.ar += 2
		e.strongAr = true
	}
}

var (
	functionWords = allFunctionWords()
	persianAl     = keySet(words.FaAl)
)

func allFunctionWords() map[bot.Lang]map[string]bool {
	all := map[bot.Lang]map[string]bool{bot.Fa: keySet(words.Function[bot.Fa]), bot.Ar: {}, bot.En: {}}
	for _, lang := range []bot.Lang{bot.Ar, bot.En} {
		for _, word := range words.Function[lang] {
			all[lang][word] = true
		}
	}
	return all
}

func keySet(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, word := range list {
		set[plainKey(word)] = true
	}
	return set
}

// isFunction looks a word up: Persian words as either keyboard types them, Arabic ones by their letters, without vowels.
func isFunction(lang bot.Lang, w string) bool {
	switch lang {
	case bot.Fa:
		return functionWords[bot.Fa][plainKey(w)]
	case bot.Ar:
		return functionWords[bot.Ar][strings.Map(dropMark, w)]
	default:
		return functionWords[bot.En][strings.ToLower(w)]
	}
}

// plainKey spells a Persian word with Persian letters, without ZWNJ and marks.
func plainKey(w string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\u064A':
			return yeh
		case '\u0643':
			return kaf
		case '\u200C':
			return -1
		}
		return dropMark(r)
	}, w)
}

func dropMark(r rune) rune {
	if r == tatweel || r >= '\u064B' && r <= '\u0652' {
		return -1
	}
	return r
}

// nextWord takes the next run of letters off s. ZWNJ and vowel marks belong to their word.
func nextWord(s string) (word, rest string) {
	start := strings.IndexFunc(s, inWord)
	if start < 0 {
		return "", ""
	}
	s = s[start:]
	if end := strings.IndexFunc(s, func(r rune) bool { return !inWord(r) }); end >= 0 {
		return s[:end], s[end:]
	}
	return s, ""
}

func inWord(r rune) bool {
	return r == '\u200C' || r == '\'' || unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
}

// LangOf maps the language a messenger shows itself in to ours: a first guess, which the member confirms. It reports
// false, and Persian, for a language whose speakers may read any of the three.
func LangOf(code string) (bot.Lang, bool) {
	primary, _, _ := strings.Cut(strings.ReplaceAll(strings.ToLower(code), "_", "-"), "-")
	switch primary {
	case "fa", "prs", "tg", "az", "ku", "ckb", "ps":
		return bot.Fa, true
	case "ar":
		return bot.Ar, true
	case "en":
		return bot.En, true
	default:
		return bot.Fa, false
	}
}
