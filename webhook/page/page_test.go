package page_test

import (
	"embed"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

var noon = time.Date(2026, 11, 21, 8, 30, 0, 0, time.UTC) // twelve in Tehran

// open is a shell with one person before it, who may go to two places.
func open(t *testing.T) *pagetest.Site {
	t.Helper()
	sara := bot.Staff{Name: "Sara", Lang: bot.Ar, Role: bot.RoleOfficer}
	return pagetest.Open(
		t, sara, func() time.Time { return noon },
		page.Place{URL: "/desk", ID: "desk.rail.inbox", Icon: "inbox"}, page.Place{URL: "/ops", ID: "page.mine", Icon: "wrench"},
	)
}

// ask is a request and where its answer goes.
func ask(method, path, body string, headers ...string) (echo.Context, *httptest.ResponseRecorder) {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	return echo.New().NewContext(r, answer), answer
}

func TestAPageIsInTheLanguageThatWasChosenThenInThePersonsThenInPersian(t *testing.T) {
	s := open(t)
	for _, row := range []struct {
		cookie string
		person bot.Lang
		want   bot.Lang
	}{
		{"javab_lang=en", bot.Ar, bot.En},
		{"javab_lang=xx", bot.Ar, bot.Ar},
		{"", "", bot.Fa},
	} {
		s.Me.Lang = row.person
		c, _ := ask("GET", "/desk", "", "Cookie", row.cookie)
		if got := s.Frame.Screen(c, "page.refused").Lang; got != row.want {
			t.Errorf("%+v: %s", row, got)
		}
	}
}

func TestTheRailShowsWhereOneMayGoAndWhereOneIs(t *testing.T) {
	s := open(t)
	c, _ := ask("GET", "/desk/tg:b:1", "")
	if rail := s.Frame.Screen(c, "page.refused").Rail; len(rail) != 2 || !rail[0].Current || rail[1].Current {
		t.Errorf("%+v", rail)
	}
	s.No["GET /ops"], s.No["POST /desk/status"] = true, true
	screen := s.Frame.Screen(c, "page.refused")
	if len(screen.Rail) != 1 || len(screen.Statuses) != 0 {
		t.Errorf("%+v and %d states", screen.Rail, len(screen.Statuses))
	}
}

func TestAPartOfAPlaceIsForThoseWhoMayNotEnterTheWhole(t *testing.T) {
	s := open(t)
	s.Frame.Rail = []page.Place{{URL: "/ops", ID: "page.mine", Icon: "wrench"}, {URL: "/ops/part", ID: "page.back", Icon: "clock"}}
	c, _ := ask("GET", "/ops/part", "")
	if rail := s.Frame.Screen(c, "page.refused").Rail; len(rail) != 1 || rail[0].URL != "/ops" {
		t.Errorf("beside the whole: %+v", rail)
	}
	s.No["GET /ops"] = true
	if rail := s.Frame.Screen(c, "page.refused").Rail; len(rail) != 1 || rail[0].URL != "/ops/part" || !rail[0].Current {
		t.Errorf("without the whole: %+v", rail)
	}
}

func TestAnInstantIsShownInTheReadersCalendarWithTheOtherBesideIt(t *testing.T) {
	s := open(t)
	for lang, want := range map[string][2]string{"en": {"2026-11-21", "1405-08-30"}, "fa": {"\u06f1\u06f4\u06f0\u06f5", "\u06f2\u06f0\u06f2\u06f6"}} {
		c, _ := ask("GET", "/desk", "", "Cookie", "javab_lang="+lang)
		day := s.Frame.Screen(c, "page.refused").Day(noon)
		if !strings.Contains(day.Text, want[0]) || !strings.Contains(day.Title, want[1]) || day.ISO != "2026-11-21T08:30:00Z" {
			t.Errorf("%s: %+v", lang, day)
		}
	}
}

func TestADayIsReadAsItIsWritten(t *testing.T) {
	s := open(t)
	c, _ := ask("GET", "/desk", "", "Cookie", "javab_lang=en")
	screen := s.Frame.Screen(c, "page.refused")
	day, err := screen.Midnight("1405/08/30", 1)
	if want := time.Date(2026, 11, 22, 0, 0, 0, 0, screen.Format.Location()); err != nil || !day.Equal(want) {
		t.Errorf("%s %v", day, err)
	}
	if day, err := screen.Midnight("", 1); err != nil || !day.IsZero() {
		t.Errorf("nothing is read as %s %v", day, err)
	}
	if _, err := screen.Midnight("some day", 0); bot.KindOf(err) != bot.Invalid {
		t.Errorf("%v", err)
	}
}

func TestHowLongSomethingTookIsToldInItsLargestWholeUnit(t *testing.T) {
	s := open(t)
	c, _ := ask("GET", "/desk", "", "Cookie", "javab_lang=en")
	screen := s.Frame.Screen(c, "page.refused")
	for took, want := range map[time.Duration]string{
		time.Second: "1 minute", 59 * time.Minute: "59 minutes", 47 * time.Hour: "47 hours", 50 * time.Hour: "2 days",
	} {
		if got := screen.Lasted(took); got != want {
			t.Errorf("%s is %q, want %q", took, got, want)
		}
	}
}

func TestARefusalIsAPageOrTheSentenceAlone(t *testing.T) {
	s := open(t)
	refused := &bot.Error{Kind: bot.NotFound, Key: "member_not_found", Err: errors.New("secret")}
	for _, lang := range bot.Langs {
		c, answer := ask("GET", "/members/1", "", "Cookie", "javab_lang="+string(lang))
		if err := s.Frame.Refuse(c, refused); err != nil {
			t.Fatal(err)
		}
		pagetest.Look(t, string(lang), answer.Body.String(), lang)
		if answer.Code != http.StatusNotFound || pagetest.Files(t, answer.Body.String(), s.Frame.Assets) < 8 || strings.Contains(answer.Body.String(), "secret") {
			t.Errorf("%s: %d %s", lang, answer.Code, answer.Body)
		}
	}
	c, answer := ask("POST", "/members/1", "", "HX-Request", "true")
	if err := s.Frame.Refuse(c, refused); err != nil {
		t.Fatal(err)
	}
	if answer.Header().Get("HX-Retarget") != "#said" || strings.Contains(answer.Body.String(), "<html") || answer.Body.Len() == 0 {
		t.Errorf("a piece: %v %s", answer.Header(), answer.Body)
	}
}

func TestTheChosenLookIsKeptAndLeadsBackToOurOwnPagesAlone(t *testing.T) {
	s := open(t)
	for referer, want := range map[string]string{
		"http://example.com/desk?tab=mine": "/desk?tab=mine",
		"http://elsewhere.test/desk":       "/desk",
		"http://example.com//evil.test/":   "/desk",
		"":                                 "/desk",
	} {
		c, answer := ask("POST", "/desk/look", "lang=en&theme=dark", "Referer", referer)
		if err := s.Frame.SetLook(c); err != nil {
			t.Fatal(err)
		}
		if answer.Header().Get("Location") != want || len(answer.Result().Cookies()) != 2 {
			t.Errorf("from %q to %q with %v", referer, answer.Header().Get("Location"), answer.Result().Cookies())
		}
	}
	c, answer := ask("POST", "/desk/look", "lang=xx&theme=pink")
	if err := s.Frame.SetLook(c); err != nil || len(answer.Result().Cookies()) != 0 {
		t.Errorf("%v kept %v", err, answer.Result().Cookies())
	}
}

func TestTemplatesThatCannotBeReadAreFoundAtTheStart(t *testing.T) {
	if _, err := page.Parse(embed.FS{}); err == nil {
		t.Error("templates that are not there are parsed")
	}
}

func TestThePagesStatusSaysWhatKindOfErrorItWas(t *testing.T) {
	for kind, want := range map[bot.ErrorKind]int{
		bot.NotFound: 404, bot.Conflict: 409, bot.Invalid: 422, bot.Forbidden: 403, bot.Unavailable: 503,
	} {
		if got := page.StatusOf(&bot.Error{Kind: kind}); got != want {
			t.Errorf("%v: %d", kind, got)
		}
	}
	if got := page.StatusOf(errors.New("x")); got != 500 {
		t.Errorf("anything else: %d", got)
	}
}

func TestAPlaceWithinAnotherThatStandsBeforeItIsItsOwn(t *testing.T) {
	s := open(t)
	s.Frame.Rail = []page.Place{{URL: "/board/live", ID: "page.mine"}, {URL: "/board", ID: "page.mine"}}
	for path, want := range map[string]string{"/board/live": "/board/live", "/board": "/board", "/board/k3": "/board"} {
		c, _ := ask("GET", path, "")
		for _, link := range s.Frame.Screen(c, "page.refused").Rail {
			if link.Current != (link.URL == want) {
				t.Errorf("on %s, %s is current: %v", path, link.URL, link.Current)
			}
		}
	}
}
