package staffchat

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/staff"
	"javab/locales/text"
)

// Action carries out one call of a script, in the transaction of its turn.
type Action func(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error)

// Actions are what scripts may ask for here.
func (r *Room) Actions() map[string]Action {
	return map[string]Action{"staff.link": r.link, "approval.show": r.show, "approval.decide": r.decide}
}

// link makes the chat its sender's own (staff.link).
func (r *Room) link(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	who, how, err := r.Gate.Link(ctx, tx, call.Chat.Key, call.With["code"])
	if err != nil || how != staff.Linked {
		return bot.Result{Outcome: string(how)}, err
	}
	return bot.Result{Outcome: string(how), Staff: bot.ChatLinked, Vars: map[string]bot.Value{"staff.name": {Text: who.Name}}}, nil
}

// desk is what an action sees of the house: who asks, and among whom is decided.
type desk struct {
	who   bot.Staff
	bench approve.Bench
}

// errNobody says that the chat is nobody's.
var errNobody = errors.New("the chat is nobody's")

func (r *Room) desk(ctx context.Context, tx Tx, call bot.Call) (d desk, err error) {
	if d.who, err = r.Gate.InChat(ctx, tx, call.Chat.Key); bot.KindOf(err) == bot.NotFound {
		return d, errNobody
	}
	if err != nil {
		return d, fmt.Errorf("read whose chat %s is: %w", call.Chat.Key, err)
	}
	everybody, err := tx.Everybody(ctx)
	if err != nil {
		return d, fmt.Errorf("read staff: %w", err)
	}
	d.bench = approve.Bench{Staff: everybody, Now: r.Clock()}
	return d, nil
}

// unlinked is the end of every action in a chat that is nobody's any more: it forgets that it was.
var unlinked = bot.Result{Outcome: "not_linked", Staff: bot.ChatUnlinked}

// listed is how many approvals are looked through for what one person may decide.
const listed = 100

// show shows what waits: the one that is picked, the only one, or a list of them (approval.show).
func (r *Room) show(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	d, err := r.desk(ctx, tx, call)
	if errors.Is(err, errNobody) {
		return unlinked, nil
	}
	if err != nil {
		return bot.Result{}, err
	}
	if pick := call.With["pick"]; pick != "" {
		return r.pick(ctx, tx, call, d, pick)
	}
	asked, err := tx.AskedOf(ctx, d.who, listed)
	if err != nil {
		return bot.Result{}, fmt.Errorf("read approvals: %w", err)
	}
	his := slices.DeleteFunc(asked, func(a bot.Approval) bool { return !d.bench.Decides(d.who, a, nil) })
	switch len(his) {
	case 0:
		return bot.Result{Outcome: "none"}, nil
	case 1:
		return r.shown(call, d, his[0], wishNone), nil
	}
	return bot.Result{Outcome: "some", Vars: map[string]bot.Value{"approvals": {Items: r.items(call.Chat.Lang, d, his)}}}, nil
}

// items are the approvals as a list to choose from: what is confidential has no name.
func (r *Room) items(lang bot.Lang, d desk, his []bot.Approval) (items []bot.Item) {
	for _, a := range his[:min(len(his), bot.MaxItems)] {
		label := r.Words.Text(kind+string(a.Kind)).In(lang) + " · " + r.Words.UnitName(a.Unit).In(lang)
		if here(a) {
			label += " · " + nameOf(d.bench.Staff, a.Author) + " · " + text.For(lang).Time(a.AskedAt)
		}
		items = append(items, bot.Item{ID: a.ID, Label: text.Isolate(label)})
	}
	return items
}

// pick shows one. Who may not decide it learns nothing of it; words that are others than those the button stood under are
// shown before anything is decided about them.
func (r *Room) pick(ctx context.Context, tx Tx, call bot.Call, d desk, pick string) (bot.Result, error) {
	id, w, seen := picked(pick)
	a, ended, err := r.look(ctx, tx, call, d, id)
	if err != nil || ended.Outcome != "" {
		return ended, err
	}
	if seen != mark(a) {
		w = wishNone
	}
	return r.shown(call, d, a, w), nil
}

// look reads one that waits for somebody; an end when it does not.
func (r *Room) look(ctx context.Context, tx Tx, call bot.Call, d desk, id string) (bot.Approval, bot.Result, error) {
	a, err := tx.Approval(ctx, id)
	if bot.KindOf(err) == bot.NotFound {
		return a, bot.Result{Outcome: "unknown"}, nil
	}
	if err != nil {
		return a, bot.Result{}, fmt.Errorf("read approval %s: %w", id, err)
	}
	about, err := tx.About(ctx, a.Chat)
	if err != nil {
		return a, bot.Result{}, fmt.Errorf("read whom chat %s is about: %w", a.Chat, err)
	}
	switch {
	case !d.bench.Decides(d.who, a, about):
		return a, bot.Result{Outcome: "unknown"}, nil
	case !a.Open():
		by := nameOf(d.bench.Staff, cmp.Or(a.DecidedBy, a.Author))
		return a, bot.Result{Outcome: "decided", Vars: map[string]bot.Value{
			"approval.verdict": {Text: r.verdictOf(call.Chat.Lang, a.State)}, "approval.by": {Text: by},
		}}, nil
	}
	return a, bot.Result{}, nil
}

// shown is an approval as the script goes on with it. Its words are sent, unless he has just pressed a button below them.
func (r *Room) shown(call bot.Call, d desk, a bot.Approval, w wish) bot.Result {
	if !here(a) {
		return bot.Result{Outcome: "at_desk"}
	}
	lang, author := call.Chat.Lang, nameOf(d.bench.Staff, a.Author)
	result := bot.Result{Outcome: "open", Vars: map[string]bot.Value{
		"approval.id": {Text: a.ID}, "approval.hash": {Text: a.Hash}, "approval.kind": {Text: r.Words.Text(kind + string(a.Kind)).In(lang)},
		"approval.unit": {Ref: "units/" + string(a.Unit)}, "approval.author": {Text: author}, "wish": {Text: string(w)},
	}}
	if w == wishNone {
		m := r.asked(lang, a, author)
		m.Segments = text.FinishSegments(lang, m.Segments)
		result.Send = []bot.Outbound{m}
	}
	return result
}
