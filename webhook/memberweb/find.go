package memberweb

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/members"
	"javab/locales/text"
	"javab/webhook/page"
)

const (
	pageOfMembers = 50
	pageOfHits    = 20 // of each kind
	longestQuery  = 200
)

// find is the search with what it found; while nothing is looked for, the register itself.
type find struct {
	screen
	Said    string
	Q       string
	Found   []found
	Members []bot.Member
	Next    string // address of older members; empty when there are none
}

// found are the hits of one kind.
type found struct {
	screen
	Kind members.HitKind
	Hits []hit
}

// hit is one thing that was found, with where it leads.
type hit struct {
	screen
	members.Hit
	Leads  string
	Pieces []piece
}

func (r *Register) showFind(c echo.Context) error {
	s, err := r.screen(c, "members.title")
	if err != nil {
		return r.Refuse(c, err)
	}
	f := find{screen: s, Q: strings.TrimSpace(c.QueryParam("q"))}
	if short := []rune(f.Q); len(short) > longestQuery {
		f.Q = string(short[:longestQuery])
	}
	status := http.StatusOK
	if err := f.read(c); err != nil {
		f.Said, status = s.Explain(err), page.StatusOf(err)
	}
	return r.views.Render(c, status, "find", f)
}

func (f *find) read(c echo.Context) error {
	if f.Q != "" {
		return f.search(c)
	}
	list, err := f.register.Office.List(c.Request().Context(), f.By, cursorOf(c.QueryParam("after")), pageOfMembers)
	if err != nil {
		return err
	}
	if f.Members = list; len(list) == pageOfMembers {
		last := list[len(list)-1]
		f.Next = "/members?" + url.Values{"after": {fmt.Sprint(last.CreatedAt.UnixMilli(), " ", last.ID)}}.Encode()
	}
	return nil
}

func cursorOf(after string) (cursor members.Cursor) {
	at, id, _ := strings.Cut(after, " ")
	if millis, err := strconv.ParseInt(at, 10, 64); err == nil {
		cursor = members.Cursor{At: time.UnixMilli(millis), ID: bot.MemberID(id)}
	}
	return cursor
}

func (f *find) search(c echo.Context) error {
	hits, err := f.register.Office.Search(c.Request().Context(), f.By, f.Q, pageOfHits)
	if err != nil {
		return err
	}
	words := strings.Fields(text.Fold(f.Q))
	opens := map[bot.ChatKey]bool{}
	for _, kind := range []members.HitKind{members.HitMember, members.HitCase, members.HitMessage} {
		of := found{screen: f.screen, Kind: kind}
		for _, h := range hits {
			if h.Kind == kind {
				of.Hits = append(of.Hits, hit{f.screen, h, f.leads(c, h, opens), excerpt(h.Text, words)})
			}
		}
		if len(of.Hits) > 0 {
			f.Found = append(f.Found, of)
		}
	}
	return nil
}

// leads returns where a hit is read: a message in its chat, everything else and what has no open chat at its member. opens
// remembers which chats can be opened. Empty: nowhere yet.
func (f *find) leads(c echo.Context, h members.Hit, opens map[bot.ChatKey]bool) string {
	if number := f.Case(h.Number); h.Kind == members.HitCase && number != "" {
		return number
	}
	if h.Kind != members.HitMember {
		if _, asked := opens[h.Chat]; !asked {
			opens[h.Chat] = f.register.Opens(c.Request().Context(), f.By, h.Chat)
		}
		if opens[h.Chat] {
			return lineURL(h.Chat, h.Line)
		}
	}
	if h.Member == "" {
		return ""
	}
	return f.URL(h.Member)
}

// lineURL leads to a line of a chat: it is the last one that the page shows.
func lineURL(chat bot.ChatKey, line int64) string {
	if line == 0 {
		return "/desk/" + string(chat)
	}
	return fmt.Sprintf("/desk/%s?tab=all&before=%d#line-%d", chat, line+1, line)
}
