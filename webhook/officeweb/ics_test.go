package officeweb

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"javab/bot/hours"
	"javab/bot/worktime"
	"javab/locales/text"
)

// sample has what calendars of holidays have, and what they had better not.
var sample = strings.ReplaceAll(`BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VTIMEZONE
TZID:Asia/Tehran
END:VTIMEZONE
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270310
DTEND;VALUE=DATE:20270311
SUMMARY:Eid\; first\, d
 ay
BEGIN:VALARM
DTSTART:20200101
SUMMARY:not the event's
END:VALARM
END:VEVENT
BEGIN:VEVENT
DTSTART;TZID="Asia/Tehran":20270601T120000
DTEND:20270601T110000Z
SUMMARY:Ceremony
END:VEVENT
BEGIN:VEVENT
dtstart;value=date:20270701
dtend;value=date:20270705
SUMMARY;LANGUAGE=en:Long
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270101
RRULE:FREQ=YEARLY
SUMMARY:Every year
END:VEVENT
BEGIN:VEVENT
DTSTART;VALUE=DATE:20270102
STATUS:CANCELLED
SUMMARY:Not at all
END:VEVENT
BEGIN:VEVENT
DTSTART:someday
SUMMARY:No day
END:VEVENT
END:VCALENDAR
`, "\n", "\r\n")

func TestACalendarFileIsReadAsRows(t *testing.T) {
	file, err := readICS(strings.NewReader("\uFEFF"+sample), text.Tehran())
	if err != nil || file.Left != 3 {
		t.Fatalf("left out %d, %v", file.Left, err)
	}
	var got []string
	for _, r := range file.Rows {
		got = append(got, r.Name.Fa+": "+r.String())
	}
	want := []string{
		"Eid; first, day: full 2027-03-10..2027-03-10  expected",
		"Ceremony: half 2027-06-01..2027-06-01 12:00-14:30  expected",
		"Long: full 2027-07-01..2027-07-04  expected",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("read\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestAnEventHasTheDaysThatItTouches(t *testing.T) {
	for times, want := range map[string]string{
		"DTSTART;VALUE=DATE:20270310":                      "full 2027-03-10..2027-03-10",
		"DTSTART:20270310T000000\nDTEND:20270311T000000":   "full 2027-03-10..2027-03-10",
		"DTSTART:20270310T200000\nDTEND:20270311T020000":   "full 2027-03-10..2027-03-11",
		"DTSTART:20270309T203000Z\nDTEND:20270310T043000Z": "half 2027-03-10..2027-03-10 00:00-08:00",
	} {
		file, err := readICS(strings.NewReader("BEGIN:VCALENDAR\nBEGIN:VEVENT\n"+times+"\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR"), text.Tehran())
		if err != nil || len(file.Rows) != 1 || !strings.HasPrefix(file.Rows[0].String(), want) {
			t.Errorf("%q is %v (%v), want %s", times, file.Rows, err, want)
		}
	}
}

func TestALineThatGoesOnAndOnIsReadOnce(t *testing.T) {
	const pieces = 300_000
	body := "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270310\nSUMMARY:x\nDESCRIPTION:" + strings.Repeat("\n y", pieces) + "\nEND:VEVENT\nEND:VCALENDAR"
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	file, err := readICS(strings.NewReader(body), text.Tehran())
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; err != nil || len(file.Rows) != 1 || took > 100<<20 {
		t.Errorf("%d rows for %d MB, %v", len(file.Rows), took>>20, err)
	}
}

func FuzzICS(f *testing.F) {
	f.Add(sample)
	f.Add("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270310\n SUMMARY\n:")
	f.Fuzz(func(t *testing.T, content string) {
		file, _ := readICS(strings.NewReader(content), text.Tehran())
		for _, r := range file.Rows {
			if r.Until < r.From || r.Kind == hours.Half && !r.Window.Valid() || r.From < worktime.MakeDay(0, time.January, 1) {
				t.Errorf("read %+v", r)
			}
		}
	})
}

func TestHoursAreReadAsPeopleWriteThem(t *testing.T) {
	for written, want := range map[string]string{
		"8-12": "08:00-12:00", "08:00-12:00, 13:00-16:30": "08:00-12:00, 13:00-16:30", "\u06f8:\u06f3\u06f0 \u2013 \u06f2\u06f4": "08:30-24:00", "": "", " ": "",
		"8": "-", "8-": "-", "16-8": "-", "8-25": "-", "8:70-9": "-", "8 to 9": "-", "8-12 10-14": "-", "closed": "-", "-": "-",
	} {
		windows, err := readWindows(written)
		got := draft(windows)
		if err != nil {
			got = "-"
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", written, got, want)
		}
	}
}
