package app

import (
	"context"

	"javab/bot"
	"javab/bot/learning"
	"javab/flows/studio"
	"javab/locales/text"
	"javab/storage"
	"javab/webhook/contentweb"
	"javab/webhook/learnweb"
	"javab/webhook/page"
)

// openLearning puts together what admins learn from.
func (h *house) openLearning() {
	h.learning = &learning.Office{
		Store: storage.As[learning.Tx](h.store), Content: learntContent{h.library, h.studio}, Clock: h.env.Clock, Redact: text.Mask,
	}
	h.beside = append(h.beside, func(ctx context.Context) error {
		_, err := guarded(func() (struct{}, error) { return struct{}{}, h.learning.Work(ctx) })
		return err
	})
}

func (h *house) learningPages(shell *page.Shell) *learnweb.Web {
	return &learnweb.Web{Shell: shell, Learning: h.learning, Sheets: h.studio}
}

// learntContent is what the bot knows, live and in drafts.
type learntContent struct {
	*library
	studio *studio.Studio
}

// Edition implements learning.Content.
func (c learntContent) Edition() learning.Edition {
	live := c.library.live.Load()
	return learning.Edition{Version: live.script.Version, Index: live.questions.Index(), Documents: live.asked.docs}
}

// answersFile is the file of the answers.
const answersFile = "content/answers.yaml"

// Draft implements learning.Content.
func (c learntContent) Draft(ctx context.Context, who bot.StaffID) (learning.Stock, error) {
	sheet, err := c.studio.Open(ctx, who, answersFile)
	if err != nil {
		return learning.Stock{}, err
	}
	bundle, err := c.studio.Bundle(ctx, who, answersFile, sheet.Body)
	if err != nil || bundle == nil {
		live := c.Edition()
		return learning.Stock{Speech: live.Index.Speech(), Documents: live.Documents}, err
	}
	return learning.Stock{Speech: bundle.Speech, Documents: documents(bundle.Phrasings())}, nil
}

var _ learning.Content = learntContent{}

// askedForms fills new answers in with what members asked.
type askedForms struct{ learning *learning.Office }

// Asked implements contentweb.Asked.
func (a askedForms) Asked(ctx context.Context, question string) (contentweb.Put, error) {
	c, err := a.learning.Cluster(ctx, question)
	if err != nil {
		return contentweb.Put{}, err
	}
	put := contentweb.Put{Class: c.Class, Said: map[bot.Lang]string{}}
	for _, e := range c.Examples {
		if words := learning.Phrasing(e.Text); words != "" {
			put.Phrasings = append(put.Phrasings, words)
		}
	}
	for _, r := range c.Replies {
		if put.Said[r.Lang] == "" && r.Is == "" {
			put.Said[r.Lang] = r.Text
		}
	}
	return put, nil
}

// Uses implements contentweb.Asked.
func (a askedForms) Uses(ctx context.Context) (map[string]contentweb.Use, error) {
	counted, err := a.learning.Uses(ctx, usedDays)
	uses := make(map[string]contentweb.Use, len(counted))
	for id, u := range counted {
		uses[id] = contentweb.Use{Served: u.Served, Solved: u.Solved, Failed: u.Failed}
	}
	return uses, err
}

// Confusable implements contentweb.Asked.
func (a askedForms) Confusable() func(id string) bool {
	found, known := a.learning.Survey()
	if !known {
		return nil
	}
	return found.Confusable
}

// usedDays is how far back the use of answers is counted.
const usedDays = 30
