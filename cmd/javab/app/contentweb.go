package app

import (
	"context"
	"strings"

	"javab/bot"
	"javab/bot/faq"
	"javab/bot/staff"
	"javab/flows/content"
	"javab/flows/texts"
	"javab/webhook/contentweb"
	"javab/webhook/page"
)

// contentPages are the forms over the content.
func (h *house) contentPages(shell *page.Shell) *contentweb.Web {
	return &contentweb.Web{
		Shell: shell, Sheets: h.studio, Letters: h.studio, Defaults: h.studio, Rules: h.studio, Book: contentBook{h.store},
		Matcher: h.library, Asked: askedForms{h.learning}, People: h.store,
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

// Try implements contentweb.Matcher. The flows stay as they are live: the answers are what the forms change. What was tried is
// mostly what is published next: it is trained then already.
func (l *library) Try(ctx context.Context, lang bot.Lang, sentence string, answers []contentweb.Answer) (contentweb.Tried, error) {
	live := l.live.Load()
	titles := make(map[string]bot.Text, len(answers))
	for _, a := range answers {
		titles[a.ID] = a.Title
	}
	before, err := l.reader.school.train(ctx, live.asked)
	if err != nil {
		return contentweb.Tried{}, err
	}
	after, err := l.reader.school.train(ctx, courseOf(live.bundle.Speech, rewritten(live.asked.docs, answers)))
	if err != nil {
		return contentweb.Tried{}, err
	}
	return contentweb.Tried{
		Before: guessed(before, lang, sentence, func(id string) bot.Text { return titled(live.bundle, id) }),
		After: guessed(after, lang, sentence, func(id string) bot.Text {
			if title, known := titles[id]; known {
				return title
			}
			return titled(live.bundle, id)
		}),
	}, nil
}

// rewritten are documents with these answers in place of their own. What the form of an answer does not show stays as it is, and
// so does the order: the same answers are the same documents.
func rewritten(known []faq.Document, answers []contentweb.Answer) (docs []faq.Document) {
	written := map[string]contentweb.Answer{}
	for _, a := range answers {
		written[a.ID] = a
	}
	add := func(d faq.Document, a contentweb.Answer) {
		d.Phrasings = a.Phrasings[d.Lang]
		if d.Lang == bot.Fa {
			d.Finglish = a.Phrasings[texts.Finglish]
		}
		docs = append(docs, d)
	}
	seen := map[string]bool{}
	for _, d := range known {
		a, is := written[d.ID]
		switch list, _, _ := strings.Cut(d.ID, "/"); {
		case is:
			seen[d.ID] = true
			add(d, a)
		case list != "answers":
			docs = append(docs, d)
		}
	}
	for _, a := range answers {
		for _, lang := range bot.Langs {
			if !seen[a.ID] {
				add(faq.Document{ID: a.ID, Lang: lang}, a)
			}
		}
	}
	return docs
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
