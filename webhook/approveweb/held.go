package approveweb

import (
	"net/url"
	"slices"

	"javab/bot"
	"javab/bot/approve"
	"javab/webhook/page"
)

// held is one approval as the page shows it.
type held struct {
	page.Screen
	bot.Approval
	Unit  string
	Asker string
	Parts []part
	Open  bool // its reader may decide it
}

// part is a piece of a text; what was found in it is marked.
type part struct {
	Text  string
	Found bool
}

func (p *Approvals) held(s page.Screen, bench approve.Bench, a bot.Approval) held {
	h := held{
		Screen: s, Approval: a, Unit: p.Content.Unit(a.Unit, s.Lang), Asker: string(a.Author), Open: a.Author != s.By.ID,
		Parts: marked(a.Text, p.Content.Guard().Look(a.Text, approve.Around{})),
	}
	if i := slices.IndexFunc(bench.Staff, func(one bot.Staff) bool { return one.ID == a.Author }); i >= 0 {
		h.Asker = bench.Staff[i].Name
	}
	return h
}

// marked parts a text at what was found in it. Findings may overlap.
func marked(words string, found []approve.Finding) (parts []part) {
	end := 0
	for _, f := range found {
		from := max(f.From, end)
		if f.To <= from {
			continue
		}
		if from > end {
			parts = append(parts, part{words[end:from], false})
		}
		if n := len(parts); n > 0 && parts[n-1].Found && from == end {
			parts[n-1].Text += words[from:f.To]
		} else {
			parts = append(parts, part{words[from:f.To], true})
		}
		end = f.To
	}
	if end < len(words) {
		parts = append(parts, part{words[end:], false})
	}
	return parts
}

// URL is where its forms go; with "/approve" behind it, that of an act.
func (h held) URL() string { return "/approvals/" + url.PathEscape(h.ID) }

// ChatURL leads to the chat.
func (h held) ChatURL() string { return "/desk/" + url.PathEscape(string(h.Chat)) }

// Number is that of its case; empty when it has none.
func (h held) Number() string { return h.Case.String() }

// Age is how long it has waited.
func (h held) Age() string { return h.Lasted(h.Instant.Sub(h.AskedAt)) }

// Due is when it moves up; empty at the highest level.
func (h held) Due() page.Moment {
	if h.DueAt.IsZero() {
		return page.Moment{}
	}
	return h.When(h.DueAt)
}
