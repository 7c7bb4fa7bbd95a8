package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/report"
	"javab/locales/text"
	"javab/storage"
)

// fileMonth files complaints of one unit whose promises ended in a month: some were kept, some broken.
func fileMonth(t *testing.T, store storage.Store, unit bot.UnitID, month report.Month, kept, broken int) {
	t.Helper()
	err := store.Do(t.Context(), func(tx storage.Tx) error {
		for i := range kept + broken {
			c := bot.Case{
				ID: bot.CaseID(fmt.Sprint("k", i)), Number: bot.CaseNumber{Year: month.Year}, Kind: bot.Complaint, Category: "delay", Unit: unit,
				State: bot.InWork, Chat: "tg:b:1", Draft: bot.DraftID(fmt.Sprint("k", i)), Text: "words of a member", OpenedAt: month.Begins().AddDate(0, 0, -9),
				DueAt: month.Begins().Add(time.Hour), Clock: bot.Clock{Promised: time.Hour},
			}
			opened, err := tx.OpenCase(t.Context(), c)
			if err != nil {
				return err
			}
			c.Number = opened.Number
			if i < kept {
				c.State, c.Closure.DeliveredAt, c.Closure.ClosedAt = bot.Closed, month.Begins(), month.Begins()
			} else {
				c.BreachedAt = c.DueAt
			}
			if err := tx.SaveCase(t.Context(), c); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// beside runs a command beside a running house.
func (o *office) beside(t *testing.T, args ...string) ended {
	t.Helper()
	i := &installation{t, t.TempDir(), []string{"JAVAB_DATA=" + o.house.config.Data}}
	e := i.environment(args...)
	e.Clock = time.Now
	return i.runIn(e)
}

func TestABoardItsListsAndTheCommandSayTheSame(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	month := report.MonthOf(time.Now())
	fileMonth(t, o.house.store, "member_relations", month, 7, 3)
	maryam := o.signIn(t, "maryam")
	about := url.Values{"period": {month.String()}, "unit": {"member_relations"}}.Encode()
	get := func(path string) string {
		answer := o.ask(http.MethodGet, path, maryam, nil)
		if answer.Code != http.StatusOK {
			t.Errorf("%s: %d", path, answer.Code)
		}
		return answer.Body.String()
	}
	board := get("/board?" + about)
	for standing, n := range map[report.Standing]int{report.Kept: 7, report.Late: 3, report.Pending: 0} {
		link := fmt.Sprintf(`href="/board/k3?only=%s&amp;%s">%s</a>`, standing, strings.ReplaceAll(about, "&", "&amp;"), text.For(bot.Fa).Number(int64(n)))
		if !strings.Contains(board, link) {
			t.Errorf("the board has no %s", link)
		}
	}
	for only, want := range map[string]int{"": 10, "&only=in_time": 7, "&only=late": 3, "&only=pending": 0} {
		if n := strings.Count(get("/board/k3?"+about+only), `href="/cases/`); n != want {
			t.Errorf("%q opens %d cases, not %d", only, n, want)
		}
	}
	told := o.beside(t, "report", "--month", month.String(), "--unit", "member_relations", "--json")
	var printed boardJSON
	if err := json.Unmarshal([]byte(told.out), &printed); err != nil {
		t.Fatalf("%v: %s%s", err, told.out, told.errors)
	}
	k3 := printed.Indicators[2]
	if k3.ID != report.InTime || k3.Over != 7 || k3.Under != 10 || k3.Value == nil || *k3.Value != .7 || k3.Parts[report.Late] != 3 {
		t.Errorf("the command says %+v", k3)
	}
	who, err := o.house.store.AllStaff(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, by := range who {
		if by.Login != "maryam" {
			continue
		}
		f, err := o.house.reports().Figure(t.Context(), report.Ask{By: by, Period: report.Period{First: month, Last: month}, Unit: "member_relations"}, report.InTime)
		if err != nil || f.Over != 7 || f.Under != 10 {
			t.Errorf("counted %d of %d, %v", f.Over, f.Under, err)
		}
	}
}

func TestOnlyManagersAndTheHeadReadTheBoard(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	for login, want := range map[string]int{"sara": http.StatusForbidden, "maryam": http.StatusOK} {
		person := o.signIn(t, login)
		for _, path := range []string{"/board", "/board/k3", "/board/trend"} {
			if answer := o.ask(http.MethodGet, path, person, nil); answer.Code != want {
				t.Errorf("%s as %s: %d", path, login, answer.Code)
			}
		}
	}
}

func TestTheReportIsToldInThreeLanguages(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	month := report.Month{Year: 1405, Month: 7}
	fileMonth(t, o.house.store, "member_relations", month, 9, 1)
	for lang, want := range map[string][]string{
		"en": {"Mehr 1405", "K3  Complaints in time: 90% · Target 90% · reached · 9 of 10", "    Late: 1", "K5  Renewed members: No data", "Contested cases: 0"},
		"fa": {"\u06F1\u06F4\u06F0\u06F5", "\u06F9\u06F0\u066A", "K3"},
		"ar": {"\u0669\u0660\u066A", "K3"},
	} {
		told := o.beside(t, "report", "--month", "1405-07", "--lang", lang)
		for _, part := range want {
			if told.code != exitFine || !strings.Contains(told.out, part) {
				t.Errorf("%s lacks %q:\n%s%s", lang, part, told.out, told.errors)
			}
		}
		if strings.Contains(told.out, "words of a member") || strings.Contains(told.out, "report.") {
			t.Errorf("%s:\n%s", lang, told.out)
		}
	}
	listed := o.beside(t, "report", "--month", "1405-07", "--list", "k3")
	if n := strings.Count(listed.out, "JV-1405-"); n != 10 || !strings.Contains(listed.out, "\tLate\t") {
		t.Errorf("listed %d:\n%s%s", n, listed.out, listed.errors)
	}
}

func TestWhatIsNoMonthUnitOrListIsRefused(t *testing.T) {
	i := install(t)
	i.want(i.run("report"), exitProblems, "There is no database")
	i.want(i.run("migrate"), 0)
	for part, args := range map[string][]string{
		"is no month":      {"--month", "2026-11"},
		"Did you mean":     {"--unit", "member_relation"},
		"There is no list": {"--list", "k6"},
		"xx":               {"--lang", "xx"},
	} {
		i.want(i.run(append([]string{"report"}, args...)...), exitUsage, part)
	}
}

func TestTheSampleContentAimsAtNineOfTen(t *testing.T) {
	l := furnish(t).house.library
	aims := l.Aims()
	if aims.GoodFrom != 4 || len(aims.Targets) != 1 || aims.Targets[0].InTime != .9 || aims.Targets[0].From != (report.Month{Year: 1405, Month: 1}) {
		t.Errorf("%+v", aims)
	}
	if !l.Pauses(bot.WaitingMember) || l.Pauses(bot.Proposed) || l.Pauses(bot.InWork) {
		t.Error("clocks pause elsewhere")
	}
	if name := l.CategoryName(bot.Complaint, "gone", bot.En); name != "gone" {
		t.Errorf("a category that is no more is %q", name)
	}
	if name := l.CauseName("gone", bot.En); name != "gone" {
		t.Errorf("a cause that is no more is %q", name)
	}
}
