package deskweb

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"javab/bot"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// openAt is a desk that stands at another address, over whose pages a strip says so.
func openAt(t *testing.T, base string) *house {
	t.Helper()
	h := open(t)
	h.Frame.Base, h.Frame.Strip = base, &page.Strip{Says: "training.strip", Act: "training.finish", Path: "/finish"}
	h.Desk = h.desk()
	if err := h.Open(); err != nil {
		t.Fatal(err)
	}
	page.MountOn(h.Web.Group(base), Routes(), page.Always(h.Desk))
	return h
}

var addresses = regexp.MustCompile(`(?:href|action|hx-get|hx-post|data-url)="(/[^"]*)"`)

func TestADeskAtAnotherAddressLeadsNowhereElse(t *testing.T) {
	h := openAt(t, "/training")
	own := []string{"/desk/look", "/account", "/logout"}
	for _, path := range []string{"/training/desk", "/training/desk/list?tab=all", "/training/desk/tg:b:1", "/training/desk/tg:b:1/ready?q=", "/training/desk/part/tg:b:1?part=talk"} {
		for _, lang := range bot.Langs {
			body := h.get(t, path, false, "javab_lang="+string(lang)).Body.String()
			pagetest.Look(t, path, body, lang)
			found := 0
			for _, one := range addresses.FindAllStringSubmatch(body, -1) {
				if strings.HasPrefix(one[1], "/training/") {
					found++
				} else if !strings.HasPrefix(one[1], "/assets/") && one[1] != own[0] && one[1] != own[1] && one[1] != own[2] {
					t.Errorf("%s leads to %s", path, one[1])
				}
			}
			if found == 0 {
				t.Errorf("%s leads nowhere", path)
			}
			if strings.Contains(body, "<html") && (!strings.Contains(body, `data-base="/training"`) || !strings.Contains(body, `<section class="practice" `)) {
				t.Errorf("%s does not say where it is", path)
			}
		}
	}
	if answer := h.post(t, "/training/desk/tg:b:1/claim", url.Values{"tab": {"mine"}}, false); answer.Header().Get("Location") != "/training/desk/tg:b:1?tab=mine" {
		t.Errorf("a claim leads to %s", answer.Header().Get("Location"))
	}
	if answer := h.post(t, "/training/desk/tg:b:1/close", url.Values{"outcome": {"solved"}}, true); answer.Header().Get("HX-Redirect") != "/training/desk?tab=waiting" {
		t.Errorf("a close leads to %s", answer.Header().Get("HX-Redirect"))
	}
}

func TestWhatASiteMayNotBeAskedForIsNotOffered(t *testing.T) {
	h := openAt(t, "/training")
	h.No["GET /training/members"], h.No["POST /training/desk/:chat/mute"] = true, true
	body := h.get(t, "/training/desk/tg:b:1", false).Body.String()
	if strings.Contains(body, "/training/members") && strings.Contains(body, `role="search"`) || strings.Contains(body, "/mute") {
		t.Error("it leads to what is not there")
	}
	if !strings.Contains(h.get(t, "/training/desk/tg:b:1", false).Body.String(), "/training/desk/tg:b:1/claim") {
		t.Error("a claim is missing")
	}
}

func TestTheRealDeskHasNoStripAndNoOtherAddress(t *testing.T) {
	body := open(t).get(t, "/desk/tg:b:1", false).Body.String()
	if strings.Contains(body, "data-base") || strings.Contains(body, `class="practice"`) || !strings.Contains(body, `action="/desk/tg:b:1/claim"`) {
		t.Error("the real desk looks like another one")
	}
	if answer := open(t).post(t, "/desk/tg:b:1/claim", url.Values{}, false); answer.Code != http.StatusSeeOther || !strings.HasPrefix(answer.Header().Get("Location"), "/desk/tg:b:1") {
		t.Errorf("a claim answers %d", answer.Code)
	}
}
