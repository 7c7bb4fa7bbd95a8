package memberweb

import (
	"net/url"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/page/pagetest"
)

// all are the pages, filled and empty.
func (h *house) all() []string {
	return []string{
		"/members", "/members?after=0+a", "/members?q=" + url.QueryEscape(h.Typed.Name), "/members?q=card", "/members?q=nothing+at+all", "/members/m1",
		"/members/m3", "/members/x%2F4:5%206", "/members/nobody", "/members/m1?link=" + url.QueryEscape(h.Typed.Name), "/members/m1?link=nobody",
		"/members/m1/contact", "/contact", "/contact?name=Ann", "/members/nobody/contact",
	}
}

// call is a contact that is worth logging.
var call = []string{
	"id", "k1", "channel", "call", "direction", "in", "unit", "member_relations", "about", "complaint:card_delay", "minutes", "7", "text", "Asked for the card",
}

func with(more ...string) []string { return append(append([]string(nil), call...), more...) }

func TestEveryPageIsWholeInThreeLanguages(t *testing.T) {
	for _, lang := range bot.Langs {
		h := open(t)
		h.post(t, "/members/m1/contact", with("open", "1")...)
		h.post(t, "/members/m1/enter", "field", "company", "value", "Pars", "reason", "seen")
		pages := map[string]string{}
		cookie := "javab_lang=" + string(lang)
		for _, path := range h.all() {
			answer := h.get(t, path, cookie)
			if pages[path] = answer.Body.String(); answer.Code != 200 && !strings.Contains(path, "nobody") {
				t.Errorf("%s %s: answered %d", lang, path, answer.Code)
			}
		}
		form := url.Values{}
		for i := 0; i+1 < len(call); i += 2 {
			form.Set(call[i], call[i+1])
		}
		pages["refused"] = h.Serve(pagetest.Request(t, "POST", "/contact", form, cookie)).Body.String()
		form.Set("name", "Ann")
		pages["logged"] = h.Serve(pagetest.Request(t, "POST", "/contact", form, cookie)).Body.String()
		form.Set("phone", "0912 123 4567")
		pages["recognised"] = h.Serve(pagetest.Request(t, "POST", "/contact", form, cookie)).Body.String()
		form.Set("open", "1")
		pages["opened"] = h.Serve(pagetest.Request(t, "POST", "/members/m1/contact", form, cookie)).Body.String()
		pages["revealed"] = h.Serve(pagetest.Request(t, "POST", "/members/m1/reveal", url.Values{"field": {"phone"}, "reason": {"call"}}, cookie)).Body.String()
		h.down = errAway
		pages["away"] = h.get(t, "/members?q=card", cookie).Body.String()
		named := 0
		for path, html := range pages {
			pagetest.Look(t, string(lang)+" "+path, html, lang)
			named += pagetest.Files(t, html, h.Assets)
		}
		if named < 100 {
			t.Errorf("%s: only %d files are named", lang, named)
		}
	}
}

func TestWhatAMemberWritesIsNeverMarkup(t *testing.T) {
	h := open(t)
	const evil = `<script>alert(1)</script>"><img src=x onerror=alert(1)>`
	for _, field := range []string{"name", "company"} {
		h.post(t, "/members/m1/enter", "field", field, "value", evil, "reason", evil)
	}
	h.post(t, "/members/m1/contact", with("text", evil)...)
	for _, path := range []string{"/members", "/members?q=alert", "/members?q=" + url.QueryEscape(evil), "/members/m1", "/members/m2", "/contact?name=" + url.QueryEscape(evil)} {
		if html := h.get(t, path).Body.String(); strings.Contains(html, "<script>alert") || strings.Contains(html, "<img") {
			t.Errorf("%s: a member's words became markup", path)
		}
	}
}
