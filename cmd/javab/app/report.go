package app

import (
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/report"
	"javab/webhook/page"
	"javab/webhook/reportweb"
)

// reports counts what the board and the command show.
func (h *house) reports() *report.Office {
	return &report.Office{Store: h.store, Hours: h.hours, Content: h.library, Clock: h.env.Clock}
}

func (h *house) reportPages(shell *page.Shell) *reportweb.Reports {
	office := h.reports()
	return &reportweb.Reports{Shell: shell, Office: office, Topics: office, Content: h.library}
}

// Aims are what the chamber measures itself by.
func (l *library) Aims() report.Aims {
	p := l.live.Load().bundle.Promises.Indicators
	aims := report.Aims{GoodFrom: p.SatisfiedFrom, Renewals: make(map[string]bot.UnitID), Expiring: make(map[report.Month]int)}
	for _, id := range p.Renewals {
		category, _ := l.Category(bot.Request, id)
		aims.Renewals[id] = category.Unit
	}
	for _, c := range p.Expiring {
		if month, err := report.ParseMonth(c.Month); err == nil { // the content was checked
			aims.Expiring[month] = c.Members
		}
	}
	for _, g := range p.Targets {
		from, err := report.ParseMonth(g.From)
		if err != nil { // the content was checked
			continue
		}
		aims.Targets = append(aims.Targets, report.Target{
			From: from, Contacted: g.Contacted, Satisfied: g.Satisfied, InTime: g.InTime, Renewed: g.Renewed,
			Answer: time.Duration(g.AnswerWorkingMinutes) * time.Minute,
		})
	}
	return aims
}

// Pauses reports whether the clock of a promise is paused in a state.
func (l *library) Pauses(state bot.CaseState) bool {
	return l.PromiseRules().Clock[state] == cases.ClockPaused
}

// CategoryName names a category; one that is no more is called by its id.
func (l *library) CategoryName(kind bot.CaseKind, id string, lang bot.Lang) string {
	if category, known := l.Category(kind, id); known {
		return category.Name.In(lang)
	}
	return id
}

// CauseName names a root cause; one that is no more is called by its id.
func (l *library) CauseName(id string, lang bot.Lang) string {
	if item, known := l.live.Load().bundle.Item("causes", id); known {
		return item.Label.In(lang)
	}
	return id
}
