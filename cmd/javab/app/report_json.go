package app

import (
	"time"

	"javab/bot"
	"javab/bot/report"
)

// boardJSON is a report as programs read it.
type boardJSON struct {
	Period     string                            `json:"period"`
	From       time.Time                         `json:"from"`
	To         time.Time                         `json:"to"`
	Unit       bot.UnitID                        `json:"unit,omitempty"`
	Indicators []figureJSON                      `json:"indicators"`
	Topics     map[report.Grouping][]topicCounts `json:"complaints_by"`
	Disputed   int                               `json:"contested"`
}

// figureJSON is an indicator. Value is null when it rests on too little or nothing is recorded.
type figureJSON struct {
	ID      report.Indicator        `json:"id"`
	Measure report.Measure          `json:"measure"`
	Value   *float64                `json:"value"`
	Earlier *float64                `json:"earlier"`
	Over    int                     `json:"numerator"`
	Under   int                     `json:"denominator"`
	Rests   int                     `json:"rests_on"`
	Target  float64                 `json:"target,omitempty"`
	Median  float64                 `json:"median_seconds,omitempty"`
	Ninth   float64                 `json:"p90_seconds,omitempty"`
	Parts   map[report.Standing]int `json:"parts,omitempty"`
	Lacks   string                  `json:"lacks,omitempty"`
}

type topicCounts struct {
	Key      string `json:"key"`
	Filed    int    `json:"filed"`
	Before   int    `json:"before"`
	Disputed int    `json:"contested"`
}

func boardOf(ask report.Ask, tiles []report.Tile, topics map[report.Grouping][]report.Topic, disputes int) boardJSON {
	b := boardJSON{
		Period: ask.Period.String(), From: ask.Period.From(), To: ask.Period.To(), Unit: ask.Unit, Disputed: disputes,
		Topics: make(map[report.Grouping][]topicCounts, len(topics)),
	}
	for _, t := range tiles {
		b.Indicators = append(b.Indicators, figureOf(t))
	}
	for by, list := range topics {
		b.Topics[by] = make([]topicCounts, 0, len(list))
		for _, t := range list {
			b.Topics[by] = append(b.Topics[by], topicCounts{t.Key, t.N, t.Before, t.Disputed})
		}
	}
	return b
}

func figureOf(t report.Tile) figureJSON {
	f := figureJSON{
		ID: t.ID, Measure: t.ID.Measure(), Value: valueOf(t.Figure), Earlier: valueOf(t.Earlier), Over: t.Over, Under: t.Under, Rests: t.Rests,
		Target: t.Target, Median: t.Median.Seconds(), Ninth: t.Ninth.Seconds(), Parts: make(map[report.Standing]int, len(t.Parts)), Lacks: t.Lacks,
	}
	for _, p := range t.Parts {
		f.Parts[p.Standing] = p.N
	}
	return f
}

func valueOf(f report.Figure) *float64 {
	if !f.Known() {
		return nil
	}
	return &f.Value
}

// itemLine is one thing that an indicator counts. It never says what anybody wrote.
type itemLine struct {
	ID          string          `json:"id"` // of a case, a member or a chat
	Standing    report.Standing `json:"standing"`
	At          time.Time       `json:"at"` // by which it belongs to the period
	TookSeconds float64         `json:"took_seconds,omitempty"`
	Rating      int             `json:"rating,omitempty"`
	Times       int             `json:"times,omitempty"`
	Pauses      []pauseLine     `json:"pauses,omitempty"`
}

type pauseLine struct {
	From          time.Time     `json:"from"`
	To            *time.Time    `json:"to"` // null while it goes on
	State         bot.CaseState `json:"state,omitempty"`
	WorkedSeconds float64       `json:"worked_seconds"`
}

func lineOf(id report.Indicator, item report.Item) itemLine {
	l := itemLine{Standing: item.Standing}
	switch id {
	case report.Contacted:
		l.ID, l.At, l.Times = string(item.Contact.Member), item.Contact.First, item.Contact.Times
	case report.Satisfied:
		l.ID, l.At, l.Rating = item.Survey.Number.String(), item.Survey.RatedAt, item.Survey.Rating
	case report.Response:
		l.ID, l.At, l.TookSeconds = item.Case.Number.String(), item.Case.AnsweredAt, item.Took.Seconds()
	case report.Renewed:
		l.ID, l.At = item.Case.Number.String(), item.Case.ClosedAt
	default:
		l.ID, l.At = item.Case.Number.String(), item.Case.Deadline()
	}
	for _, p := range item.Pauses {
		line := pauseLine{From: p.From, State: p.State, WorkedSeconds: p.Worked.Seconds()}
		if !p.To.IsZero() {
			line.To = &p.To
		}
		l.Pauses = append(l.Pauses, line)
	}
	return l
}
