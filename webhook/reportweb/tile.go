package reportweb

import "javab/bot/report"

// tile is one indicator.
type tile struct {
	screen
	report.Tile
	Better int
}

// Value tells what the indicator has come to; what could not be read is not known.
func (t tile) Value() string {
	if t.Err != nil {
		return t.T("report.unknown")
	}
	return t.tell.Value(t.Figure)
}

// Changed tells how it was before.
func (t tile) Changed() string {
	words, _ := t.tell.Change(t.Figure, t.Earlier)
	return words
}

// Mood is the colour of a change: up is not always good.
func (t tile) Mood() string {
	return map[int]string{1: "ok", -1: "bad"}[t.Better]
}

// Name is the indicator's.
func (t tile) Name() string { return t.T("report." + string(t.ID)) }

// Aim tells the target.
func (t tile) Aim() string { return t.tell.Target(t.Figure) }

// Made tells what the value is made of.
func (t tile) Made() string { return t.tell.Of(t.Figure) }

// List is the name of the tile's list.
func (t tile) List() string { return string(t.ID) }

// Rested tells how many items the value rests on.
func (t tile) Rested() string { return t.Screen.Count("report.rests."+string(t.ID), t.Rests) }

// Waits tells the other two numbers of K4.
func (t tile) Waits() string {
	if t.ID != report.Response || !t.Known() {
		return ""
	}
	return t.reports.Words.T(t.Lang, "report.median", map[string]any{"Median": t.tell.Took(t.Median), "Ninth": t.tell.Took(t.Ninth)})
}

// Replied is the response rate of K2.
func (t tile) Replied() string {
	asked := t.Rests + t.Of(report.Unanswered)
	if t.ID != report.Satisfied || asked == 0 {
		return ""
	}
	return t.Say("report.replied", "Share", t.Format.Percent(100*t.Rests/asked))
}

// Parts are the standings of a tile's items.
func (t tile) Parts() []part {
	var parts []part
	for _, p := range t.Figure.Parts {
		parts = append(parts, part{t.screen, string(t.ID), p, false})
	}
	return parts
}
