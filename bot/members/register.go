package members

import (
	"context"
	"fmt"

	"javab/bot"
)

// Register carries out what scripts ask about members. It holds nothing itself.
type Register struct{}

// Action carries out one call of a script inside the turn's transaction.
type Action = func(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error)

// Actions returns the actions by the names that scripts use.
func (r Register) Actions() map[string]Action {
	return map[string]Action{
		"member.load":    r.Load,
		"member.save":    r.Save,
		"member.verify":  r.Verify,
		"member.consent": r.Consent,
		"member.copy":    r.Copy,
		"guide.result":   r.GuideResult,
	}
}

// Load tells a script what is known of the chat's member (member.load). What is not known is not set. The national id
// is masked: the script can show that it is known, not what it is.
func (Register) Load(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	m, known, err := find(ctx, tx, call)
	if err != nil || !known {
		return bot.Result{Outcome: "unknown"}, err
	}
	vars := make(map[string]bot.Value)
	for name, value := range map[string]string{
		"member.name": m.Name, "member.phone": m.Phone, "member.company": m.Company, "member.email": m.Email,
		"member.membership_no": m.MembershipNo, "member.national_id": MaskNationalID(m.NationalID),
	} {
		if value != "" {
			vars[name] = bot.Value{Text: value}
		}
	}
	return bot.Result{Outcome: "known", Vars: vars}, nil
}

// Consent keeps what the member agreed to or refused, and when (member.consent). A refusal is remembered as well, so
// that he is not asked again and again.
func (Register) Consent(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	purpose, given := call.With["purpose"], call.With["given"]
	if purpose == "" || purpose[0] == '!' || given != "yes" && given != "no" {
		return bot.Result{}, invalid("member_consent", given)
	}
	m, err := findOrMake(ctx, tx, call)
	if err != nil {
		return bot.Result{}, err
	}
	return save(ctx, tx, decide(m, purpose, given == "yes", call.Now), call)
}

// ended reports whether a guide can end like this.
func ended(outcome string) bool {
	return outcome == "solved" || outcome == "not_solved" || outcome == "failed"
}

// GuideResult keeps how a self-service script ended for the member (guide.result).
func (Register) GuideResult(ctx context.Context, tx Tx, call bot.Call) (bot.Result, error) {
	if !ended(call.With["outcome"]) {
		return bot.Result{}, invalid("guide_outcome", call.With["outcome"])
	}
	result := Result{
		ID: call.Event, Chat: call.Chat.Key, Subject: call.With["subject"], Outcome: call.With["outcome"],
		Step: call.With["step"], At: call.Now.UnixMilli(),
	}
	if err := tx.RecordResult(ctx, result); err != nil {
		return bot.Result{}, fmt.Errorf("record result %s: %w", result.ID, err)
	}
	return bot.Result{Outcome: "ok"}, nil
}

// find returns the chat's member and whether he is known.
func find(ctx context.Context, tx Tx, call bot.Call) (bot.Member, bool, error) {
	m, err := tx.MemberOf(ctx, call.Chat.Key)
	switch {
	case bot.KindOf(err) == bot.NotFound:
		return bot.Member{}, false, nil
	case err != nil:
		return bot.Member{}, false, fmt.Errorf("read member of chat %s: %w", call.Chat.Key, err)
	}
	return m, true, nil
}

// findOrMake returns the chat's member, or a new one who is not verified yet.
func findOrMake(ctx context.Context, tx Tx, call bot.Call) (bot.Member, error) {
	m, known, err := find(ctx, tx, call)
	if !known && err == nil {
		m = newcomer(call)
	}
	return m, err
}

func newcomer(call bot.Call) bot.Member {
	return bot.Member{ID: bot.MemberID(call.Event), CreatedAt: call.Now}
}

// save writes the member and makes him the chat's.
func save(ctx context.Context, tx Tx, m bot.Member, call bot.Call) (bot.Result, error) {
	if err := tx.SaveMember(ctx, m, call.Chat.Key); err != nil {
		return bot.Result{}, fmt.Errorf("save member %s: %w", m.ID, err)
	}
	return bot.Result{Outcome: "ok", Member: m.ID}, nil
}

func invalid(key, value string) error {
	return &bot.Error{Kind: bot.Invalid, Key: key, Params: map[string]string{"Value": value}}
}
