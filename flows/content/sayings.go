package content

import (
	"slices"
	"strings"

	"javab/bot"
	"javab/bot/faq"
)

// wordsFile is how people put things: by it the matcher knows what a text means.
type wordsFile struct {
	Version    int
	Colloquial struct{ Fa, Ar, En map[string]string }
	Synonyms   struct{ Fa, Ar, En [][]string }
	Talk       map[string]phrasesEntry
}

// phrasesEntry are phrases in each language, and Persian ones in Latin letters.
type phrasesEntry struct{ Fa, Fin, Ar, En []string }

// talkLists are the lists of a kind of small talk, by their keys.
var talkLists = [...]struct {
	key string
	of  func(phrasesEntry) []string
}{
	{"fa", func(e phrasesEntry) []string { return e.Fa }},
	{"fin", func(e phrasesEntry) []string { return e.Fin }},
	{"ar", func(e phrasesEntry) []string { return e.Ar }},
	{"en", func(e phrasesEntry) []string { return e.En }},
}

func (f wordsFile) sayings() faq.Sayings {
	s := faq.Sayings{
		Colloquial: map[bot.Lang]map[string]string{bot.Fa: f.Colloquial.Fa, bot.Ar: f.Colloquial.Ar, bot.En: f.Colloquial.En},
		Synonyms:   map[bot.Lang][][]string{bot.Fa: f.Synonyms.Fa, bot.Ar: f.Synonyms.Ar, bot.En: f.Synonyms.En},
		Talk:       map[faq.Talk][]string{},
	}
	for _, kind := range faq.Talks {
		for _, list := range talkLists {
			s.Talk[kind] = append(s.Talk[kind], list.of(f.Talk[string(kind)])...)
		}
	}
	return s
}

// speech is what the file says, ready for the matcher, with what in it cannot be used. A content without the file knows what
// the program knows by itself.
type speech struct {
	source *source
	of     *faq.Speech
	unfit  []faq.Unfit
}

// speech is made anew only when the file has changed.
func (l *Loader) speech(f *files) *faq.Speech {
	s := f.sources["words"]
	if s == nil {
		return faq.Usual()
	}
	if l.said.source == nil || l.said.source.root != s.root {
		l.said.source = s
		l.said.of, l.said.unfit = faq.NewSpeech(f.words.sayings())
	}
	f.unfit = l.said.unfit
	return l.said.of
}

// words reports what cannot be used: a word that stands twice or means two things, and what has no letters; and a kind of
// small talk that there is not, or that nobody can say in one of the languages.
func (l *linter) words() {
	s := l.files.sources["words"]
	if s == nil || s.root == nil {
		return
	}
	for _, u := range l.files.unfit {
		at := s.at(u.Part, string(u.Lang), u.Word)
		switch u.Part {
		case faq.Colloquial:
		case faq.Synonyms:
			at = s.at(u.Part, string(u.Lang), u.Group, u.At)
		default:
			key, index := l.files.words.Talk[u.Part].place(u.At)
			at = s.at("talk", u.Part, key, index)
		}
		s.fail(at, "content.saying", "Found", u.Word)
	}
	for kind, phrases := range l.files.words.Talk {
		if !slices.Contains(faq.Talks[:], faq.Talk(kind)) {
			s.fail(s.at("talk", kind), "content.word", "Found", kind, "Want", wanted())
			continue
		}
		for _, list := range talkLists {
			if len(list.of(phrases)) == 0 && list.key != "fin" {
				s.fail(s.at("talk", kind), "content.language", "Lang", list.key)
			}
		}
	}
}

// place finds the list that holds the phrase of this number, counted over all lists, and its number there.
func (e phrasesEntry) place(n int) (key string, index int) {
	for _, list := range talkLists {
		if own := len(list.of(e)); n >= own {
			n -= own
		} else {
			return list.key, n
		}
	}
	return "", 0
}

// wanted are the kinds of small talk, as a problem lists them.
func wanted() string {
	kinds := make([]string, len(faq.Talks))
	for i, kind := range faq.Talks {
		kinds[i] = string(kind)
	}
	return strings.Join(kinds, ", ")
}
