package reportweb

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/report"
)

// cases are items with everything set.
func cases(n int) []report.Item {
	items := make([]report.Item, n)
	for i := range items {
		items[i] = report.Item{
			Standing: report.Late, Took: 90 * time.Minute,
			Case: report.Case{
				ID: bot.CaseID(fmt.Sprint(i)), Number: bot.CaseNumber{Year: 1405, Seq: i + 1}, Kind: bot.Complaint, Category: "delay", Unit: "trade", State: bot.InWork,
				Dispute: true, Confidential: true, Cause: "lost_file", OpenedAt: noon, DueAt: noon, AnsweredAt: noon,
			},
			Survey:  report.Survey{Unit: "trade", Rating: 1, Reason: "slow & rude", AskedAt: noon, RatedAt: noon},
			Contact: report.Contact{Member: "m/1", Name: "Ann", Chat: "tg:b:1", Times: 4, First: noon, Last: noon},
		}
	}
	return items
}

func TestAListShowsItsCasesWithTheirDeadlinesCausesAndPauses(t *testing.T) {
	h := open(t)
	h.items = cases(2)
	number := h.items[0].Case.Number.String()
	body := reads(t, h.get(t, "/board/k3?period=1405-08&only=late&unit=trade", "en"),
		`href="/cases/`+number+`"`, "2 entries", "Late", "cause lost_file", "state in_work", "Contested", "Confidential", "1 h 0 min", "which <card>?", "(goes on)", "did not accept it",
		`href="/board/k3?only=in_time&period=1405-08&unit=trade"`, `aria-current="page">Late <b>5</b>`)
	if strings.Contains(body, `href="/board/k3?period=1405-08&unit=trade" aria-current`) {
		t.Error("all are marked as shown")
	}
	if h.asked[0] != `1 opens k3 of 1405-08, "trade", only "late"` || h.asked[1] != "pauses of 2" {
		t.Errorf("%q", h.asked)
	}
}

func TestALongListGoesOnAndReadsThePausesOfWhatItShows(t *testing.T) {
	h := open(t)
	h.items = cases(120)
	first := reads(t, h.get(t, "/board/k3?period=1405-08", "en"), "120 entries", "from=50")
	if n := strings.Count(first, `href="/cases/`); n != 50 || h.asked[1] != "pauses of 50" {
		t.Errorf("%d cases, %q", n, h.asked)
	}
	last := reads(t, h.get(t, "/board/k3?period=1405-08&from=100", "en"))
	if n := strings.Count(last, `href="/cases/`); n != 20 || strings.Contains(last, "from=") {
		t.Errorf("%d cases at the end", n)
	}
	for _, from := range []string{"-5", "x", "999999"} {
		reads(t, h.get(t, "/board/k3?period=1405-08&from="+from, "en"), "120 entries")
	}
}

func TestTheOtherListsShowWhatTheyAreAbout(t *testing.T) {
	h := open(t)
	h.items = cases(1)
	reads(t, h.get(t, "/board/k4", "en"), "1 h 30 min", "Answered on")
	h.items[0].Survey.Case, h.items[0].Survey.Number = "c9", bot.CaseNumber{Year: 1405, Seq: 9}
	reads(t, h.get(t, "/board/k2", "en"), "slow & rude", `href="/cases/`+bot.CaseNumber{Year: 1405, Seq: 9}.String()+`"`)
	reads(t, h.get(t, "/board/k1", "en"), `href="/members/m%2F1"`, "Ann", ">4<")
	h.items[0].Contact.Member, h.items[0].Contact.Name = "", ""
	reads(t, h.get(t, "/board/k1", "en"), `href="/desk/tg:b:1"`, "Not known who")
	h.items = nil
	reads(t, h.get(t, "/board/k1", "en"), "Nothing in these months")
	reads(t, h.get(t, "/board/disputes", "en"), "Contested cases", "Nothing in these months")
}

func TestSixPeriodsStandInOneTable(t *testing.T) {
	body := reads(t, open(t).get(t, "/board/trend?period=1405-08", "en"), "90%", "No data", "Complaints in time", `href="/board/k3?period=1405-08"`)
	if n := strings.Count(body, "<tr>"); n != 7 {
		t.Errorf("%d rows", n)
	}
}
