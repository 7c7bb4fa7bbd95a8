package cases

import (
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Draft is what the member of a case would be told of how it stands, in a language: an officer begins with it when he writes
// himself.
func (k *Keeper) Draft(c bot.Case, lang bot.Lang) string {
	p := pass{Keeper: k, c: c, letter: letter{texts: k.Words, chat: bot.Chat{Lang: lang}}}
	lines := p.standing()[1:] // the line with the number stands above what he writes
	if c.NoticeAt.IsZero() {
		lines = lines[:len(lines)-1]
	}
	return text.Unmark(strings.Join(lines, "\n"))
}
