package memberweb

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/members"
	"javab/locales/text"
	"javab/webhook/page"
)

// chat is one of somebody's chats.
type chat struct {
	bot.Chat
	At string // where the reader can open it; empty where he cannot
}

// talks are chats on messengers: what was only logged has no page of its own.
func (r *Register) talks(c echo.Context, chats []bot.Chat, s screen) (list []chat) {
	for _, one := range chats {
		if one.Key.Channel() == members.ByHand {
			continue
		}
		shown := chat{Chat: one}
		if r.Opens(c.Request().Context(), s.By, one.Key) {
			shown.At = lineURL(one.Key, 0)
		}
		list = append(list, shown)
	}
	return list
}

// linking looks for chats that are the member's as well: on another messenger, under another name.
type linking struct {
	Q     string
	Found []theirs
}

// theirs is a chat that can be linked, with who is in it now and what was found in it.
type theirs struct {
	chat
	Name   string
	Pieces []piece
}

// talk is a chat as the member's page shows it.
type talk struct {
	profile
	chat
}

// Talk is one of the member's chats on his page.
func (p profile) Talk(one chat) talk { return talk{p, one} }

// Sent reports whether the chat's form was sent and refused.
func (t talk) Sent() bool { return t.Typed.Act == "unlink" && t.Typed.Value == string(t.Key) }

// Links reports whether the person may say whose a chat is.
func (p profile) Links() bool { return p.Allows(http.MethodPost, "/members/:id/link") }

// seek finds the chats of those who are looked for. Only what the reader can open can be linked.
func (p *profile) seek(c echo.Context) error {
	if p.Link.Q = strings.TrimSpace(c.QueryParam("link")); p.Link.Q == "" || !p.Links() {
		return nil
	}
	ctx := c.Request().Context()
	hits, err := p.register.Office.Search(ctx, p.By, p.Link.Q, pageOfHits)
	if err != nil {
		return err
	}
	seen := map[bot.ChatKey]bool{}
	for _, h := range hits {
		chats := []bot.Chat{{Key: h.Chat}}
		var said []piece
		if h.Kind == members.HitMessage {
			said = excerpt(h.Text, strings.Fields(text.Fold(p.Link.Q)))
		}
		if h.Member == p.Member.ID {
			continue
		}
		if h.Member != "" {
			other, err := p.register.Office.Profile(ctx, p.By, h.Member)
			if err != nil {
				return err
			}
			chats = other.Chats
		}
		for _, one := range p.register.talks(c, chats, p.screen) {
			if one.At != "" && !seen[one.Key] {
				p.Link.Found = append(p.Link.Found, theirs{one, h.Name, said})
			}
			seen[one.Key] = true
		}
	}
	return nil
}

// link makes a chat this member's.
func (r *Register) link(c echo.Context) error {
	return r.linked(c, "link", func(chat bot.ChatKey, why string) error {
		return r.Linker.Link(c.Request().Context(), r.Person(c), chat, memberOf(c), why)
	})
}

// unlink gives a chat back to whom it was before.
func (r *Register) unlink(c echo.Context) error {
	return r.linked(c, "unlink", func(chat bot.ChatKey, why string) error {
		return r.Linker.Unlink(c.Request().Context(), r.Person(c), chat, why)
	})
}

func (r *Register) linked(c echo.Context, act string, do func(bot.ChatKey, string) error) error {
	form := typedIn(c, act)
	err := error(unexplained)
	if form.Reason != "" {
		err = do(bot.ChatKey(form.Value), form.Reason)
	}
	if err != nil {
		return r.again(c, form, err)
	}
	return page.Lead(c, screen{}.URL(memberOf(c))+"#chats")
}
