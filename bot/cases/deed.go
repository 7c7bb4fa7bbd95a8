package cases

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"javab/bot"
)

// chatsOf are the chats beside the case's own that an act writes to.
func chatsOf(act Act) []bot.ChatKey {
	switch a := act.(type) {
	case Then:
		return chatsOf(a.Act)
	case HandOn:
		return []bot.ChatKey{a.Chat}
	}
	return nil
}

// lock locks the chat of the case, and others, in the order of their keys: two acts never wait for each other.
func (d *deed) lock(ctx context.Context, own bot.ChatKey, also []bot.ChatKey) error {
	keys := slices.Compact(slices.Sorted(slices.Values(append([]bot.ChatKey{own}, also...))))
	d.chats = make(map[bot.ChatKey]bot.Chat, len(keys))
	for _, key := range keys {
		chat, err := d.tx.Chat(ctx, key)
		if err != nil {
			return fmt.Errorf("lock chat %s: %w", key, err)
		}
		d.chats[key] = chat
	}
	d.chat = d.chats[own]
	return nil
}

// may reports whether by may do an act: he sees the case and works on it, or he was asked and answers. Whoever does not see
// it learns nothing by asking.
func (d *deed) may(ctx context.Context, act Act) error {
	referrals, err := d.tx.Referrals(ctx, d.c.ID)
	if err != nil {
		return fmt.Errorf("read referrals of case %s: %w", d.c.Number, err)
	}
	_, answers := act.(AnswerReferral)
	switch SightOf(d.by, d.c, d.about, referrals) {
	case SeesCase:
		return nil
	case SeesQuestion:
		if answers {
			return nil
		}
		return &bot.Error{Kind: bot.Forbidden, Key: "case_asked_only"}
	}
	return hidden(d.c.Number)
}

func hidden(number bot.CaseNumber) error {
	return &bot.Error{Kind: bot.NotFound, Key: "case_not_found", Params: map[string]string{"Number": number.String()}}
}

// supervised refuses what only a manager or the head may do.
func (d *deed) supervised() error {
	if !d.by.Supervises() {
		return &bot.Error{Kind: bot.Forbidden, Key: "desk_manager"}
	}
	return nil
}

// working refuses to do more to a case that is over.
func (d *deed) working() error {
	if !d.c.State.Open() {
		return conflict("case_over")
	}
	return nil
}

// colleague returns somebody who works on the case from now on; he must see it.
func (d *deed) colleague(ctx context.Context, id bot.StaffID) (bot.Staff, error) {
	who, err := d.tx.Staff(ctx, id)
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return who, fmt.Errorf("read staff %s: %w", id, err)
	}
	if err != nil || !Sees(who, d.c, d.about) {
		return who, invalid("case_colleague")
	}
	return who, nil
}

// illegal reports whether an error is a move that the procedure does not know.
func illegal(err error) bool {
	refusal, is := errors.AsType[*bot.Error](err)
	return is && refusal.Kind == bot.Conflict && refusal.Key == keyIllegal
}

// auditRefusal writes down what by tried in vain, and nothing else.
func (d *deed) auditRefusal(ctx context.Context) error {
	refusal, _ := errors.AsType[*bot.Error](d.refused)
	d.audit = nil
	d.audits("case.illegal", "", refusal.Params["from"], refusal.Params["to"])
	return d.auditAll(ctx)
}

// spaced are the parts that say something, in one line.
func spaced(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), " ")
}
