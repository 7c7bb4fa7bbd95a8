package page_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/webhook/page/pagetest"
)

var (
	errBroken = errors.New("read member: disk I/O error")
	errAway   = fmt.Errorf("read member: %w", &bot.Error{Kind: bot.Unavailable, Key: "store_unavailable", Err: errors.New("connection refused")})
)

// mend puts up a page that is refused with an error, and one that tells of it in its own words.
func mend(s *pagetest.Site, err *error) {
	s.Web.GET("/members/:id", func(c echo.Context) error { return s.Frame.Refuse(c, *err) })
	s.Web.POST("/members/:id", func(c echo.Context) error {
		return c.String(http.StatusOK, s.Frame.Screen(c, "page.refused").Explain(*err))
	})
}

func TestAFaultOfTheProgramIsToldToTheLogOnceWithItsRouteAndRequestAndNothingOfItsPath(t *testing.T) {
	for _, method := range []string{"GET", "POST"} {
		s, err := open(t), errBroken
		mend(s, &err)
		before := s.Serve(pagetest.Request(t, method, "/members/m71?q=secret", nil))
		told := s.Listen()
		answer := s.Serve(pagetest.Request(t, method, "/members/m71?q=secret", nil))
		pagetest.Faulty(t, told(), "/members/:id", "m71", "secret")
		if line := told()[0]; !strings.Contains(line, errBroken.Error()) {
			t.Errorf("%s: the log is not told what it was: %s", method, line)
		}
		if answer.Code != before.Code || answer.Body.String() != before.Body.String() || strings.Contains(answer.Body.String(), "disk") {
			t.Errorf("%s: the reader is told %d %s", method, answer.Code, answer.Body)
		}
	}
}

func TestARefusalIsNoneOfTheLogsBusiness(t *testing.T) {
	for _, kind := range []bot.ErrorKind{bot.NotFound, bot.Conflict, bot.Invalid, bot.Forbidden} {
		for _, method := range []string{"GET", "POST"} {
			var err error = &bot.Error{Kind: kind, Key: "member_not_found", Err: errBroken}
			s := open(t)
			mend(s, &err)
			told := s.Listen()
			s.Serve(pagetest.Request(t, method, "/members/m71", nil))
			if len(told()) > 0 {
				t.Errorf("%s %s: %q", method, kind, told())
			}
		}
	}
	err := fmt.Errorf("read the form: %w", echo.ErrBadRequest)
	s := open(t)
	mend(s, &err)
	told := s.Listen()
	if s.Serve(pagetest.Request(t, "GET", "/members/m71", nil)); len(told()) > 0 {
		t.Errorf("a form that nobody can read: %q", told())
	}
}

func TestThatTheDatabaseIsAwayIsOneWarningForEachRequest(t *testing.T) {
	s := open(t)
	told := s.Listen()
	s.Web.GET("/members/:id", func(c echo.Context) error {
		_ = s.Frame.Screen(c, "page.refused").Explain(errAway)
		return s.Frame.Refuse(c, errAway)
	})
	for n := 1; n <= 2; n++ {
		answer := s.Serve(pagetest.Request(t, "GET", "/members/m71", nil))
		if answer.Code != http.StatusServiceUnavailable || len(told()) != n || !strings.Contains(told()[n-1], "level=WARN") {
			t.Fatalf("request %d: %d and %q", n, answer.Code, told())
		}
	}
}

func TestAReaderWhoHasLeftIsNoFaultOfTheProgram(t *testing.T) {
	for _, row := range []struct {
		err   error
		lines int
	}{
		{fmt.Errorf("read member: %w", context.Canceled), 0},
		{errAway, 0}, // so a store says that it was called off
		{errBroken, 1},
	} {
		s := open(t)
		mend(s, &row.err)
		told := s.Listen()
		ctx, leave := context.WithCancel(t.Context())
		leave()
		s.Serve(pagetest.Request(t, "GET", "/members/m71", nil).WithContext(ctx))
		if len(told()) != row.lines {
			t.Errorf("%v: %q", row.err, told())
		}
	}
	s, err := open(t), fmt.Errorf("ask the matcher: %w", context.Canceled)
	mend(s, &err)
	told := s.Listen()
	s.Serve(pagetest.Request(t, "GET", "/members/m71", nil))
	pagetest.Faulty(t, told(), "/members/:id", "m71")
}
