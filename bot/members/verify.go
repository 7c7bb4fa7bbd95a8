package members

import (
	"context"
	"fmt"
	"strings"

	"javab/bot"
	"javab/locales/text"
)

// Verify takes the member's own contact card as proof of his phone (member.verify) and links the chat to him: to the
// member who proved that phone before, on whatever channel; else to whom the chat knows already; else to a new one.
// Scripts may call it only with a card that the messenger vouches for.
func (Register) Verify(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	phone, ok := e164(call.With["phone"])
	if !ok {
		return bot.Result{}, invalid("member_phone", "")
	}
	here, known, err := find(ctx, tx, call)
	if err != nil {
		return bot.Result{}, err
	}
	m, err := tx.MemberByPhone(ctx, phone)
	switch {
	case err == nil:
		if known && !here.Verified && here.ID != m.ID {
			m = merge(m, here)
		}
	case bot.KindOf(err) != bot.NotFound:
		return bot.Result{}, fmt.Errorf("find member by phone: %w", err)
	case known && !here.Verified:
		m = here
	default: // nobody here, or somebody who proved another phone: a phone that changed hands brings no record along
		m = newcomer(call)
	}
	m.Phone, m.Verified = phone, true
	return save(ctx, tx, m, call)
}

// e164 reads the phone of a contact card; messengers leave out the plus.
func e164(s string) (string, bool) {
	s, ok := text.OnlyDigits(strings.TrimPrefix(s, "+"))
	return "+" + s, ok && len(s) >= 8 && len(s) <= 15
}

// merge fills what the proven member's record lacks from what the chat told before he proved himself. What is recorded
// stays.
func merge(m, told bot.Member) bot.Member {
	for _, field := range Details {
		recorded, _ := detail(&m, field)
		said, _ := detail(&told, field)
		if *recorded == "" {
			*recorded = *said
		}
	}
	for key, at := range told.Consent {
		purpose, refused := strings.CutPrefix(key, "!")
		if at.After(m.Consent[purpose]) && at.After(m.Consent["!"+purpose]) {
			m = decide(m, purpose, !refused, at)
		}
	}
	return m
}
