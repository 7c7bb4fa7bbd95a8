package content

import (
	"javab/bot"
	"javab/locales/text"
)

type mannersFile struct {
	Version int

	Anger, Calm, Rude                                       wordList
	Promises, Waivers, Compensation, Discounts, Money, Sums wordList
}

// wordList is a list of words in each language.
type wordList struct{ Fa, Ar, En []string }

func (w wordList) byLang() map[bot.Lang][]string {
	return map[bot.Lang][]string{bot.Fa: w.Fa, bot.Ar: w.Ar, bot.En: w.En}
}

func (f mannersFile) words() bot.Manners {
	return bot.Manners{
		Anger: f.Anger.byLang(), Calm: f.Calm.byLang(), Rude: f.Rude.byLang(),
		Promises: f.Promises.byLang(), Waivers: f.Waivers.byLang(), Compensation: f.Compensation.byLang(),
		Discounts: f.Discounts.byLang(), Money: f.Money.byLang(), Sums: f.Sums.byLang(),
	}
}

// manners checks that no list lacks a language, for what nobody notices in Arabic is missed there, and that every entry
// has letters.
func (l *linter) manners() {
	s := l.files.sources["manners"]
	if s.root == nil {
		return
	}
	f := l.files.manners
	for name, list := range map[string]wordList{
		"anger": f.Anger, "calm": f.Calm, "rude": f.Rude, "promises": f.Promises, "waivers": f.Waivers,
		"compensation": f.Compensation, "discounts": f.Discounts, "money": f.Money, "sums": f.Sums,
	} {
		for lang, words := range list.byLang() {
			if len(words) == 0 {
				s.fail(s.at(name), "content.language", "Lang", string(lang))
			}
			for i, entry := range words {
				if text.Fold(entry) == "" { // it would notice nothing
					s.fail(s.at(name, string(lang), i), "content.field_missing", "Field", "letters")
				}
			}
		}
	}
}
