package auth_test

import (
	"net/http"
	"net/netip"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/staff"
	"javab/webhook/auth"
	"javab/webhook/auth/authtest"
)

func TestAPersonSignsInAndGoesWhereSheWantedTo(t *testing.T) {
	h := open(t)
	secret := h.hire("sara", bot.RoleOfficer)
	b := h.browser()
	b.want(b.ask("GET", "/desk?tab=mine"), 303, "/login?next=%2Fdesk%3Ftab%3Dmine")
	b.want(b.ask("GET", "/login?next=/desk%3Ftab%3Dmine"), 200, `value="/desk?tab=mine"`)
	b.want(b.ask("POST", "/login", "login", "sara", "password", strong, "next", "/desk?tab=mine"), 303, "/login/code?next=")
	b.want(b.ask("GET", "/desk"), 303, "/login/code")
	b.want(b.ask("POST", "/login/code", "code", h.code(secret), "next", "/desk?tab=mine"), 303, "/desk?tab=mine")
	b.want(b.ask("GET", "/desk"), 200, "sara")
	b.want(b.ask("POST", "/logout"), 303, "/login")
	if len(b.cookies) != 0 {
		t.Errorf("%v", b.cookies)
	}
	b.want(b.ask("GET", "/desk"), 303, "/login")
}

func TestWhoAskedForNothingBeginsAtTheFirstPageOfHisRole(t *testing.T) {
	h := open(t)
	for login, row := range map[string]struct {
		role bot.Role
		home string
	}{"sara": {bot.RoleOfficer, "/desk"}, "hoda": {bot.RoleAuditor, "/audit"}, "tooba": {bot.RoleUnit, "/account"}} {
		secret := h.hire(login, row.role)
		b := h.browser()
		b.ask("POST", "/login", "login", login, "password", strong)
		b.want(b.ask("GET", "/"), 303, "/account")
		b.want(b.ask("POST", "/login/code", "code", h.code(secret)), 303, row.home)
		b.want(b.ask("GET", "/"), 303, row.home)
	}
}

func TestANewcomerSetsUpHerSecondFactorAndPasswordFirst(t *testing.T) {
	h := open(t)
	s := bot.Staff{Login: "sara", Name: "Sara", Role: bot.RoleAdmin, Lang: bot.En}
	_, password, err := h.roster.Add(t.Context(), "", s)
	if err != nil {
		t.Fatal(err)
	}
	b := h.browser()
	b.want(b.ask("POST", "/login", "login", "sara", "password", password), 303, "/login/setup")
	page := b.want(b.ask("GET", "/login/setup"), 200, "data:image/png;base64,")
	secret := strings.ReplaceAll(regexp.MustCompile(`class="secret" dir="ltr">([A-Z2-7 ]+)<`).FindStringSubmatch(page)[1], " ", "")
	b.want(b.ask("POST", "/login/setup", "code", "000000"), 403, "not accepted")
	codes := b.want(b.ask("POST", "/login/setup", "code", h.code(secret)), 200, "<code>")
	if n := strings.Count(codes, "<code>"); n != 10 || !strings.Contains(codes, `href="/account"`) {
		t.Errorf("%d codes", n)
	}
	b.want(b.ask("GET", "/ops"), 303, "/account")
	b.want(b.ask("GET", "/account"), 200, "Somebody else chose this password")
	b.want(b.ask("POST", "/account/password", "old", password, "password", strong, "again", "x"), 422, "twice alike")
	b.want(b.ask("POST", "/account/password", "old", password, "password", strong, "again", strong), 200, "was changed")
	b.want(b.ask("GET", "/ops"), 200, "sara")
}

func TestARefusalIsKindAndSaysHowLongToWait(t *testing.T) {
	h := open(t)
	h.hire("sara", bot.RoleOfficer)
	b := h.browser()
	page := b.want(b.ask("POST", "/login?lang=en", "login", "sara", "password", "wrong", "lang", "en"), 403, "is not right")
	if strings.Contains(page, "wrong") || !strings.Contains(page, `value="sara"`) {
		t.Error("the password comes back, or the login does not")
	}
	answer := b.ask("POST", "/login", "login", "sara", "password", "wrong", "lang", "en")
	b.want(answer, 429, "in 1 second.")
	if answer.Header().Get("Retry-After") != "1" {
		t.Error(answer.Header())
	}
}

func TestTheCookieIsOfThisHostAlone(t *testing.T) {
	for _, secure := range []bool{true, false} {
		h := open(t, func(a *auth.Auth) { a.Secure = secure })
		b := h.browser()
		b.signIn("sara", h.hire("sara", bot.RoleOfficer))
		name := map[bool]string{true: "__Host-javab", false: "javab"}[secure]
		c := b.cookies[name]
		if c == nil || c.Secure != secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" {
			t.Errorf("%+v", c)
		}
	}
}

func TestAPlantedSessionIsNotTheOneAfterSigningIn(t *testing.T) {
	h := open(t)
	secret := h.hire("sara", bot.RoleOfficer)
	b := h.browser()
	b.signIn("sara", secret)
	planted := *b.cookies["__Host-javab"]
	b.signIn("sara", secret)
	if b.cookies["__Host-javab"].Value == planted.Value {
		t.Fatal("the token stayed")
	}
	thief := h.browser()
	thief.cookies["__Host-javab"] = &planted
	thief.want(thief.ask("GET", "/desk"), 303, "/login")
}

func TestAPauseLocksThePageAndLeadsBackToIt(t *testing.T) {
	h := open(t)
	secret := h.hire("sara", bot.RoleOfficer)
	b := h.browser()
	b.signIn("sara", secret)
	h.now = h.now.Add(staff.Idle)
	b.want(b.ask("GET", "/desk"), 303, "/lock?next=%2Fdesk")
	b.want(b.ask("GET", "/lock"), 200, "Sara &lt;b&gt;")
	b.want(b.ask("POST", "/lock", "code", "000000", "next", "/desk"), 403, "not accepted")
	b.want(b.ask("POST", "/lock", "code", h.code(secret), "next", "/desk"), 303, "/desk")
	b.want(b.ask("GET", "/desk"), 200, "sara")
	b.headers["Referer"] = "https://desk.example/desk?tab=all"
	b.want(b.ask("POST", "/lock/now"), 303, "/lock?next=%2Fdesk%3Ftab%3Dall")
	b.want(b.ask("GET", "/desk"), 303, "/lock")
}

func TestScriptsAndStreamsAreToldAndNotLedAway(t *testing.T) {
	h := open(t)
	b := h.browser()
	b.signIn("sara", h.hire("sara", bot.RoleOfficer))
	b.want(b.ask("GET", "/desk/events"), 204, "")
	h.now = h.now.Add(staff.Idle)
	b.want(b.ask("GET", "/desk/events"), 401, "")
	b.headers["HX-Request"], b.headers["HX-Current-URL"] = "true", "https://desk.example/desk/7"
	answer := b.ask("POST", "/desk/7/reply")
	b.want(answer, 401, "")
	if to := answer.Header().Get("HX-Redirect"); to != "/lock?next=%2Fdesk%2F7" {
		t.Error(to)
	}
}

func TestAStreamNoticesThatItsSessionHasEnded(t *testing.T) {
	h := open(t)
	secret := h.hire("sara", bot.RoleOfficer)
	b, other := h.browser(), h.browser()
	b.signIn("sara", secret)
	stream := *b.cookies["__Host-javab"]
	b.want(b.ask("POST", "/logout"), 303, "/login")
	other.cookies["__Host-javab"] = &stream
	other.want(other.ask("GET", "/desk/events"), 401, "")
}

func TestADisabledPersonIsOutAtTheNextRequest(t *testing.T) {
	h := open(t)
	b := h.browser()
	b.signIn("sara", h.hire("sara", bot.RoleOfficer))
	if err := h.roster.Disable(t.Context(), "", "sara", true); err != nil {
		t.Fatal(err)
	}
	b.want(b.ask("GET", "/desk"), 303, "/login")
}

func TestWhatAsksForAFreshCodeGetsOne(t *testing.T) {
	h := open(t)
	secret := h.hire("sara", bot.RoleOfficer)
	b := h.browser()
	b.signIn("sara", secret)
	b.want(b.ask("GET", "/account/totp"), 200, "data:image/png")
	h.now = h.now.Add(staff.FreshFor)
	b.want(b.ask("GET", "/account/totp"), 303, "/lock?next=%2Faccount%2Ftotp")
	b.headers["Referer"] = "https://desk.example/account"
	b.want(b.ask("POST", "/account/recovery"), 303, "/lock?next=%2Faccount")
	b.want(b.ask("POST", "/lock", "code", h.code(secret)), 303, "/desk")
	if n := strings.Count(b.want(b.ask("POST", "/account/recovery"), 200, "<code>"), "<code>"); n != 10 {
		t.Errorf("%d codes", n)
	}
}

func TestOneSeesAndEndsOnesOtherSessions(t *testing.T) {
	h := open(t)
	secret := h.hire("sara", bot.RoleOfficer)
	a, b := h.browser(), h.browser()
	a.headers["User-Agent"] = "Old phone <script>"
	a.signIn("sara", secret)
	b.signIn("sara", secret)
	page := b.want(b.ask("GET", "/account"), 200, "Old phone &lt;script&gt;")
	end := regexp.MustCompile(`/account/sessions/[0-9a-f]{64}/end`).FindAllString(page, -1)
	if len(end) != 1 { // the phone's; not this browser's
		t.Fatalf("%v", end)
	}
	for _, path := range end {
		b.want(b.ask("POST", path), 303, "/account")
	}
	a.want(a.ask("GET", "/desk"), 303, "/login")
	b.want(b.ask("GET", "/desk"), 200, "sara")
}

func TestAPostFromAnotherSiteIsRefusedOnEveryRoute(t *testing.T) {
	h := open(t)
	b := h.browser()
	b.signIn("sara", h.hire("sara", bot.RoleAdmin))
	for _, from := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "", "Origin": "https://evil.example"}} {
		b.headers = from
		n := 0
		for _, route := range h.web.Routes() {
			if route.Method != http.MethodPost || strings.HasPrefix(route.Path, "/hook") {
				continue
			}
			n++
			b.want(b.ask("POST", strings.ReplaceAll(route.Path, ":chat", "7")), 403, "")
		}
		if n < 10 {
			t.Errorf("only %d routes", n)
		}
	}
	b.headers = nil
	b.want(b.ask("GET", "/ops"), 200, "sara") // nothing happened to the session
}

func TestTheMessengerNeedsNoSession(t *testing.T) {
	b := open(t).browser()
	b.headers["Sec-Fetch-Site"] = ""
	b.want(b.ask("POST", "/hook/tg"), 204, "")
}

func TestNobodyIsLedToAnotherSite(t *testing.T) {
	h := open(t)
	secret := h.hire("sara", bot.RoleOfficer)
	for _, next := range []string{"https://evil.example/", "//evil.example/", `/\evil.example`, "javascript:alert(1)", "/\t/evil.example", "desk"} {
		b := h.browser()
		b.want(b.ask("POST", "/login", "login", "sara", "password", strong, "next", next), 303, "/login/code")
		if to := b.ask("POST", "/login/code", "code", h.code(secret), "next", next).Header().Get("Location"); to != "/desk" {
			t.Errorf("%q leads to %q", next, to)
		}
		h.now = h.now.Add(time.Minute)
	}
}

func TestTheCallersAddressIsWhatTrustedProxiesSay(t *testing.T) {
	for _, row := range []struct{ remote, forwarded, want string }{
		{"192.0.2.1:4000", "", "192.0.2.1"},
		{"192.0.2.1:4000", "198.51.100.7", "192.0.2.1"}, // not ours: a lie
		{"10.0.0.2:4000", "198.51.100.7", "198.51.100.7"},
		{"10.0.0.2:4000", "203.0.113.1, 198.51.100.7, 10.0.0.3", "198.51.100.7"},
		{"10.0.0.2:4000", "nonsense", "10.0.0.2"},
	} {
		h := open(t, func(a *auth.Auth) { a.Trusted = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")} })
		b := h.browser()
		b.headers["Remote"], b.headers["X-Forwarded-For"] = row.remote, row.forwarded
		b.ask("POST", "/login", "login", "nobody", "password", "x")
		lines, err := h.store.AuditLines(t.Context(), staff.AuditQuery{What: "signin.refused", Limit: 1})
		if err != nil || len(lines) != 1 || lines[0].From != row.want {
			t.Errorf("%+v: %+v, %v", row, lines, err)
		}
	}
}

func TestAnOversizedFormIsNotRead(t *testing.T) {
	b := open(t).browser()
	if answer := b.ask("POST", "/login", "login", "x", "password", strings.Repeat("x", 2<<20)); answer.Code == 200 || answer.Code == 303 {
		t.Errorf("answered %d", answer.Code)
	}
}

func TestEveryRouteAndRoleIsAsTheTableSays(t *testing.T) {
	h := open(t)
	cookies := map[bot.Role]*http.Cookie{}
	for _, role := range bot.Roles {
		secret := h.hire("s-"+string(role), role)
		b := h.browser()
		b.signIn("s-"+string(role), secret)
		cookies[role] = b.cookies["__Host-javab"]
	}
	h.now = h.now.Add(-6 * time.Minute) // all codes are fresh
	missing := h.auth.Rules().Missing(h.web)
	if len(missing) != 1 || missing[0] != "GET /forgotten" {
		t.Fatalf("missing: %v", missing)
	}
	h.web = without(t, h, "/forgotten")
	authtest.Walk(t, h.web, h.auth, func(_ *testing.T, role bot.Role) *http.Cookie { return cookies[role] },
		"GET /", "POST /hook", "POST /demo", "DELETE /demo", "* /sim", "POST /desk", "POST /studio", "POST /board", "POST /members", "POST /contact", "POST /settings", "POST /approvals", "POST /cases", "POST /referral", "POST /training")
}

// without is the same web without one route.
func without(t *testing.T, h *house, path string) *echo.Echo {
	t.Helper()
	web := echo.New()
	if err := h.auth.Mount(web); err != nil {
		t.Fatal(err)
	}
	for _, route := range h.web.Routes() {
		if route.Path != path && !strings.Contains(route.Name, "auth.(*Auth)") {
			web.Add(route.Method, route.Path, func(c echo.Context) error { return c.NoContent(http.StatusOK) })
		}
	}
	return web
}

func TestWhatTheTableDoesNotNameIsRefusedToEverybody(t *testing.T) {
	h := open(t)
	secret := h.hire("sara", bot.RoleHead)
	b := h.browser()
	b.want(b.ask("GET", "/forgotten"), 403, "")
	b.signIn("sara", secret)
	b.want(b.ask("GET", "/forgotten"), 403, "")
	b.want(b.ask("GET", "/nowhere"), 404, "")
	b.want(b.ask("POST", "/ops"), 405, "")
}
