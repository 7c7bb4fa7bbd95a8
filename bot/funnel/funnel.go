// Package funnel counts how members go through a flow: how many come to each step, whose last word of the flow it was,
// and how many ask for an officer from there, by version of the content and by language.
//
// It knows what is counted, for how many days, and that it is chats that are counted, never messages. It never knows a
// page, a database, who a member is or what he wrote.
package funnel

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"javab/bot"
)

// Reads is what funnels are counted from: the record of what the bot said.
type Reads interface {
	// FunnelStops counts the chats in which the bot spoke at the steps of a flow, by step, version and language.
	FunnelStops(ctx context.Context, q Query) ([]Stop, error)
	// FunnelUses counts the chats in which the bot spoke, by flow.
	FunnelUses(ctx context.Context, from, to time.Time) ([]Use, error)
}

// Query asks for what the bot said in a flow within a span.
type Query struct {
	Flow     string
	From, To time.Time // To is no part of it
	// Settled is until when a chat may still be under way: where its last word of the flow is later, nobody has left yet.
	Settled time.Time
	// Officer is the flow that leads to an officer: whoever comes there next has asked for one.
	Officer string
}

// Stop is one step of a flow, as one version of the content had it, for the chats of one language.
type Stop struct {
	Step    string
	Version int
	Lang    bot.Lang
	Entered int // chats in which the bot spoke here
	// Last are those of them whose last word of the flow it was: they left here, or the flow ends here. Who asked for an
	// officer, or may still be under way, is not among them.
	Last    int
	Officer int // those of them who asked for an officer next
}

// Use is in how many chats the bot spoke in a flow.
type Use struct {
	Flow  string
	Chats int
}

// Bounds of what can be asked.
const (
	MaxDays = 92
	// underWay is how long after its last word a chat still counts as being in the flow.
	underWay = time.Hour
)

// Office counts.
type Office struct {
	Store Reads
	Clock func() time.Time
	// Officer names the flow that leads to an officer.
	Officer string
}

// Funnel is what was counted of a flow.
type Funnel struct {
	Flow     string
	From, To time.Time
	Stops    []Stop // by step, then version, then language
}

// Of counts a flow for the last days: at least one, at most MaxDays.
func (o *Office) Of(ctx context.Context, flow string, days int) (Funnel, error) {
	f := Funnel{Flow: flow, To: o.Clock()}
	f.From = f.To.AddDate(0, 0, -min(max(days, 1), MaxDays))
	stops, err := o.Store.FunnelStops(ctx, Query{Flow: flow, From: f.From, To: f.To, Settled: f.To.Add(-underWay), Officer: o.Officer})
	if err != nil {
		return f, fmt.Errorf("count flow %s: %w", flow, err)
	}
	slices.SortFunc(stops, func(a, b Stop) int {
		return cmp.Or(cmp.Compare(a.Step, b.Step), cmp.Compare(a.Version, b.Version), cmp.Compare(a.Lang, b.Lang))
	})
	f.Stops = stops
	return f, nil
}

// Uses counts all flows for the last days, by name.
func (o *Office) Uses(ctx context.Context, days int) (map[string]int, error) {
	now := o.Clock()
	uses, err := o.Store.FunnelUses(ctx, now.AddDate(0, 0, -min(max(days, 1), MaxDays)), now)
	if err != nil {
		return nil, fmt.Errorf("count flows: %w", err)
	}
	byFlow := make(map[string]int, len(uses))
	for _, u := range uses {
		byFlow[u.Flow] = u.Chats
	}
	return byFlow, nil
}

// Only is the funnel of one version (0: of all) and of one language (empty: of all).
func (f Funnel) Only(version int, lang bot.Lang) Funnel {
	f.Stops = slices.DeleteFunc(slices.Clone(f.Stops), func(s Stop) bool {
		return version != 0 && s.Version != version || lang != "" && s.Lang != lang
	})
	return f
}

// Versions are the versions of the content that something was counted of, newest first.
func (f Funnel) Versions() []int {
	var all []int
	for _, s := range f.Stops {
		all = append(all, s.Version)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	slices.Reverse(all)
	return all
}

// Total adds up a step over versions and languages. A chat that met two versions of a step counts in both.
func (f Funnel) Total(step string) Stop {
	total := Stop{Step: step}
	for _, s := range f.Stops {
		if s.Step == step {
			total.Entered += s.Entered
			total.Last += s.Last
			total.Officer += s.Officer
		}
	}
	return total
}

// Along are the totals of the given steps in their order, as the script has them, and behind them those of steps that it
// has no more.
func (f Funnel) Along(steps []string) []Stop {
	all := make([]Stop, 0, len(steps))
	for _, step := range steps {
		all = append(all, f.Total(step))
	}
	for i, s := range f.Stops {
		if !slices.Contains(steps, s.Step) && (i == 0 || f.Stops[i-1].Step != s.Step) {
			all = append(all, f.Total(s.Step))
		}
	}
	return all
}
