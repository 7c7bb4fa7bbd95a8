package cases

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"time"

	"javab/bot"
)

// LinkView is what somebody without a sign-in sees of a referral: the question, and nothing of the member.
type LinkView struct {
	Number   bot.CaseNumber
	Unit     bot.UnitID
	Question string
	AskedAt  time.Time
	DueAt    time.Time
	Until    time.Time // the link ends
}

// Link makes a reply link for an open referral and returns its token, which is kept nowhere: only its hash is. It takes the
// place of any link before it.
func (o *Office) Link(ctx context.Context, by bot.Staff, number bot.CaseNumber, referral string) (token string, err error) {
	token = o.token()
	return token, o.Do(ctx, by, number, link{referral, hashOf(token)})
}

// token is 32 random bytes, as they stand in an address.
func (o *Office) token() string {
	var b []byte
	for range 4 {
		b = binary.BigEndian.AppendUint64(b, o.Random())
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func hashOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

type link struct{ referral, hash string }

func (a link) do(ctx context.Context, d *deed) error {
	r, err := d.referral(ctx, a.referral)
	if err != nil {
		return err
	}
	if !r.Open() {
		return conflict("case_replied")
	}
	r.Link, r.LinkUntil = a.hash, later(r.DueAt, d.now).Add(d.rules.LinkFor)
	if err := d.saveReferral(ctx, r); err != nil {
		return err
	}
	d.log(DidLink, "", "", string(r.Unit), r.ID)
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// ByLink returns what a link asks. A link that was used, has ended or never was is bot.NotFound.
func (o *Office) ByLink(ctx context.Context, token string) (LinkView, error) {
	r, number, err := o.linked(ctx, token)
	if err != nil {
		return LinkView{}, err
	}
	return LinkView{Number: number, Unit: r.Unit, Question: r.Question, AskedAt: r.AskedAt, DueAt: r.DueAt, Until: r.LinkUntil}, nil
}

// ReplyByLink takes in the reply of somebody without a sign-in, once. The name is what he calls himself.
func (o *Office) ReplyByLink(ctx context.Context, token, name, reply string) error {
	name, err := read(name, maxName)
	if err != nil {
		return err
	}
	if reply, err = read(reply, maxWords); err != nil {
		return err
	}
	r, number, err := o.linked(ctx, token)
	if err != nil {
		return err
	}
	return o.begin(ctx, number, nil, func(ctx context.Context, d *deed) error {
		now, err := d.referral(ctx, r.ID)
		if err != nil {
			return err
		}
		if now.Link != hashOf(token) || !good(now, d.now) { // somebody was quicker
			return linkUnknown()
		}
		return d.replied(ctx, now, reply, name)
	})
}

func (o *Office) linked(ctx context.Context, token string) (bot.Referral, bot.CaseNumber, error) {
	r, number, err := o.Store.LinkedReferral(ctx, hashOf(token))
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return r, number, fmt.Errorf("find the referral of a link: %w", err)
	}
	if err != nil || !good(r, o.Clock()) {
		return r, number, linkUnknown()
	}
	return r, number, nil
}

// good reports whether the link of a referral still takes a reply.
func good(r bot.Referral, now time.Time) bool { return r.Open() && now.Before(r.LinkUntil) }

func linkUnknown() error { return &bot.Error{Kind: bot.NotFound, Key: "case_link"} }
