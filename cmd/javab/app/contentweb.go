package app

import (
	"context"
	"strings"

	"javab/bot"
	"javab/bot/faq"
	"javab/bot/staff"
	"javab/flows/content"
	"javab/webhook/contentweb"
	"javab/webhook/page"
)

// contentPages are the forms over the content.
func (h *house) contentPages(shell *page.Shell) *contentweb.Web {
	return &contentweb.Web{
		Shell: shell, Sheets: h.studio, Letters: h.studio, Defaults: h.studio, Rules: h.studio, Book: contentBook{h.store},
		Matcher: h.library, People: h.store,
	}
}

// contentBook finds in the audit who changed something of the content last.
type contentBook struct{ reads staff.Reads }

// Latest implements contentweb.Book.
func (b contentBook) Latest(ctx context.Context, what string) (bot.AuditEntry, error) {
	lines, err := b.reads.AuditLines(ctx, staff.AuditQuery{What: what, Limit: 1})
	if err != nil {
		return bot.AuditEntry{}, err
	}
	if len(lines) == 0 {
		return bot.AuditEntry{}, &bot.Error{Kind: bot.NotFound, Key: "entry_not_found", Params: map[string]string{"ID": what}}
	}
	return lines[0].AuditEntry, nil
}

// triedTop is how many things a tried sentence may be about.
const triedTop = 3

// Try implements contentweb.Matcher. The flows stay as they are live: the answers are what the forms change.
func (l *library) Try(lang bot.Lang, sentence string, answers []contentweb.Answer) contentweb.Tried {
	live := l.live.Load()
	titles := map[string]bot.Text{}
	var learnt []faq.Document
	for _, a := range answers {
		titles[a.ID] = a.Title
		for _, lang := range bot.Langs {
			learnt = append(learnt, faq.Document{ID: a.ID, Lang: lang, Phrasings: a.Phrasings[lang]})
		}
	}
	for _, d := range documents(live.bundle.Phrasings()) {
		if list, _, _ := strings.Cut(d.ID, "/"); list != "answers" {
			learnt = append(learnt, d)
		}
	}
	return contentweb.Tried{
		Before: guessed(live.questions.Index(), lang, sentence, func(id string) bot.Text { return titled(live.bundle, id) }),
		After: guessed(faq.Build(learnt), lang, sentence, func(id string) bot.Text {
			if title, known := titles[id]; known {
				return title
			}
			return titled(live.bundle, id)
		}),
	}
}

// guessed is what an index makes of a sentence.
func guessed(index *faq.Index, lang bot.Lang, sentence string, title func(id string) bot.Text) contentweb.Guesses {
	found := faq.Predict(index, faq.Question{Lang: string(lang), Query: sentence})
	said := contentweb.Guesses{Action: string(found.Action)}
	for _, top := range found.Top[:min(len(found.Top), triedTop)] {
		said.Top = append(said.Top, contentweb.Guess{ID: top.ID, Title: title(top.ID), P: top.P})
	}
	return said
}

// titled is what members call an answer or a flow.
func titled(bundle *content.Bundle, ref string) bot.Text {
	list, id, _ := strings.Cut(ref, "/")
	if list == "flow" {
		return bundle.Program.Title(id)
	}
	item, _ := bundle.Item(list, id)
	return item.Label
}
