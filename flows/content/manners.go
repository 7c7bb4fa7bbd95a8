package content

import "javab/bot"

type mannersFile struct {
	Version int

	Anger, Calm, Rude, Promises, Money wordList
}

// wordList is a list of words in each language.
type wordList struct{ Fa, Ar, En []string }

func (w wordList) byLang() map[bot.Lang][]string {
	return map[bot.Lang][]string{bot.Fa: w.Fa, bot.Ar: w.Ar, bot.En: w.En}
}

func (f mannersFile) words() bot.Manners {
	return bot.Manners{
		Anger: f.Anger.byLang(), Calm: f.Calm.byLang(), Rude: f.Rude.byLang(), Promises: f.Promises.byLang(), Money: f.Money.byLang(),
	}
}

// manners checks that no list lacks a language: what nobody notices in Arabic is missed there.
func (l *linter) manners() {
	s := l.files.sources["manners"]
	if s.root == nil {
		return
	}
	f := l.files.manners
	for name, list := range map[string]wordList{
		"anger": f.Anger, "calm": f.Calm, "rude": f.Rude, "promises": f.Promises, "money": f.Money,
	} {
		for lang, words := range list.byLang() {
			if len(words) == 0 {
				s.fail(s.at(name), "content.language", "Lang", string(lang))
			}
		}
	}
}
