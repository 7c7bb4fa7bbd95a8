package memberweb

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
	"javab/webhook/page/pagetest"
)

var (
	allLines = staff.AuditQuery{Limit: 100}
	errAway  = &bot.Error{Kind: bot.Unavailable, Key: "error.internal"}
)

func (h *house) find(t *testing.T, words string) string {
	t.Helper()
	return h.get(t, "/members?q="+url.QueryEscape(words)).Body.String()
}

func TestAMemberIsFoundByHisNameInOtherLettersAndByHisPhone(t *testing.T) {
	h := open(t)
	for _, words := range []string{h.Typed.Name, "0912 123 4567", "10101234"} {
		html := h.find(t, words)
		if !strings.Contains(html, `href="/members/m1"`) || !strings.Contains(html, h.Members[0].Company) || strings.Contains(html, "98912") {
			t.Errorf("%q does not lead to him, or tells his phone", words)
		}
	}
}

func TestAMessageIsShownWithItsWordsMarkedAndLeadsToItsLine(t *testing.T) {
	h := open(t)
	html := h.find(t, h.Typed.Words)
	if strings.Count(html, "<mark>") != 2 {
		t.Errorf("%d words are marked", strings.Count(html, "<mark>"))
	}
	if !strings.Contains(html, `href="/desk/tg:b:1?tab=all&amp;before=2#line-1"`) {
		t.Error("it does not lead to the line")
	}
	if html := h.find(t, "autumn"); !strings.Contains(html, `href="/members/m3"`) || strings.Contains(html, "/desk/tg:b:3") {
		t.Error("a chat that does not open is not led around")
	}
}

func TestALongTextIsCutAroundTheFirstWordThatWasLookedFor(t *testing.T) {
	long := strings.Repeat("before ", 100) + "Needle, needless " + strings.Repeat("after ", 100)
	pieces := excerpt(long, []string{"needle"})
	if len(pieces) != 5 || !pieces[1].Marked || pieces[1].Text != "Needle" || !pieces[3].Marked || pieces[3].Text != "needless" {
		t.Fatalf("pieces %+v", pieces)
	}
	if before := pieces[0].Text; !strings.HasPrefix(before, "…before") || len(before) > lead+10 {
		t.Errorf("begins with %q", before)
	}
	if after := pieces[4].Text; !strings.HasSuffix(after, "…") || len(after) > whole+10 {
		t.Errorf("ends with %q", after)
	}
	if got := excerpt("no such word", []string{"x"}); len(got) != 1 || got[0].Marked || got[0].Text != "no such word" {
		t.Errorf("without a hit: %+v", got)
	}
	if got := excerpt("", []string{"x"}); got != nil {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestTheRegisterIsTurnedOverPageByPageAndMasked(t *testing.T) {
	h := open(t)
	h.do(t, func(ctx context.Context, tx storage.Tx) error {
		for i := range pageOfMembers {
			m := bot.Member{ID: bot.MemberID(fmt.Sprint("n", i)), Name: fmt.Sprint("Newcomer ", i), CreatedAt: noon.Add(time.Duration(i) * time.Second)}
			if err := tx.SaveMember(ctx, m, ""); err != nil {
				return err
			}
		}
		return nil
	})
	seen := map[string]bool{}
	path := "/members"
	for pages := 0; path != ""; pages++ {
		html := h.get(t, path).Body.String()
		if strings.Contains(html, "98912") || pages > 2 {
			t.Fatal("a phone is told, or there is no end")
		}
		for _, part := range strings.Split(html, `href="/members/`)[1:] {
			id, _, _ := strings.Cut(part, `"`)
			seen[id] = true
		}
		_, next, _ := strings.Cut(html, `href="/members?after=`)
		if path, _, _ = strings.Cut(next, `"`); path != "" {
			path = "/members?after=" + strings.ReplaceAll(path, "&#43;", "+")
		}
	}
	if len(seen) != pageOfMembers+len(h.Members) || !seen["x%2F4:5%206"] {
		t.Errorf("%d of %d members were listed", len(seen), pageOfMembers+len(h.Members))
	}
}

func TestASearchThatFindsNothingOrFailsSaysWhatToDo(t *testing.T) {
	h := open(t)
	if html := h.find(t, "nobody at all"); !strings.Contains(html, "Nothing was found for “nobody at all”") || !strings.Contains(html, "/contact?name=nobody") {
		t.Error("nothing found, and no way on")
	}
	h.down = errAway
	answer := h.get(t, "/members?q=card")
	if html := answer.Body.String(); answer.Code != 503 || !strings.Contains(html, `value="card"`) || !strings.Contains(html, `href="/members?q=card"`) {
		t.Errorf("answered %d without the words or a second try", answer.Code)
	}
	h.down, h.Me.Role = nil, bot.RoleAdmin
	html := h.get(t, "/members").Body.String()
	if strings.Contains(html, "/members/m1") || !strings.Contains(html, "No members are known yet.") {
		t.Error("who sees no members is shown some")
	}
	pagetest.Look(t, "for an admin", html, bot.En)
}
