package officeweb

import (
	"bufio"
	"io"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
)

// calendarFile is what an iCalendar file holds of use: its events as rows, and how many were left out because they repeat,
// are cancelled or have no day that can be read. Of RFC 5545 no more is read than a file of holidays needs.
type calendarFile struct {
	Rows []hours.Row
	Left int
}

// errICS says that a file is no calendar.
var errICS = &bot.Error{Kind: bot.Invalid, Key: "hours_ics"}

// readICS reads a calendar. Times without a zone of their own are read in zone.
func readICS(r io.Reader, zone *time.Location) (calendarFile, error) {
	lines, err := unfolded(r)
	if err != nil || len(lines) == 0 || !strings.EqualFold(strings.TrimPrefix(lines[0], "\uFEFF"), "BEGIN:VCALENDAR") {
		return calendarFile{}, errICS
	}
	var (
		file   calendarFile
		event  map[string]property
		within int // components inside the event: alarms have properties of their own
	)
	for _, line := range lines {
		name, p := propertyOf(line)
		switch {
		case name == "BEGIN" && strings.EqualFold(p.value, "VEVENT"):
			event, within = map[string]property{}, 0
		case event == nil:
		case name == "BEGIN":
			within++
		case name == "END" && within > 0:
			within--
		case name == "END":
			if row, ok := eventRow(event, zone); ok {
				file.Rows = append(file.Rows, row)
			} else {
				file.Left++
			}
			event = nil
		case within == 0:
			event[name] = p
		}
	}
	return file, nil
}

// unfolded returns the lines of a calendar: a line that begins with a space goes on with the one before. It reads each byte
// once, however often a line goes on.
func unfolded(r io.Reader) ([]string, error) {
	var whole strings.Builder
	scanner := bufio.NewScanner(r)
	scanner.Buffer(nil, 64<<10)
	for scanner.Scan() {
		line := strings.TrimRight(scanner.Text(), "\r")
		switch {
		case line == "":
		case (line[0] == ' ' || line[0] == '\t') && whole.Len() > 0:
			whole.WriteString(line[1:])
		case whole.Len() > 0:
			whole.WriteString("\n" + line)
		default:
			whole.WriteString(line)
		}
	}
	return strings.Split(whole.String(), "\n"), scanner.Err()
}

// property is a value with the zone that its parameters name.
type property struct{ value, zone string }

// propertyOf divides NAME;PARAMETER="...":VALUE. A colon inside quotation marks ends nothing.
func propertyOf(line string) (string, property) {
	quoted := false
	end := strings.IndexFunc(line, func(r rune) bool {
		quoted = quoted != (r == '"')
		return r == ':' && !quoted
	})
	if end < 0 {
		return "", property{}
	}
	p := property{value: line[end+1:]}
	name, parameters, _ := strings.Cut(line[:end], ";")
	for one := range strings.SplitSeq(parameters, ";") {
		if key, value, _ := strings.Cut(one, "="); strings.EqualFold(key, "TZID") {
			p.zone = strings.Trim(value, `"`)
		}
	}
	return strings.ToUpper(name), p
}

// eventRow is an event as a row: its days, or the hours of the one day that it lies in.
func eventRow(event map[string]property, zone *time.Location) (hours.Row, bool) {
	_, repeats := event["RRULE"]
	begin, whole, ok := instant(event["DTSTART"], zone)
	if repeats || !ok || strings.EqualFold(event["STATUS"].value, "CANCELLED") {
		return hours.Row{}, false
	}
	end, _, ok := instant(event["DTEND"], zone)
	if !ok || !end.After(begin) { // without an end: the day
		end = begin.AddDate(0, 0, 1)
	}
	first, last := worktime.DayOf(begin, zone), worktime.DayOf(end.Add(-time.Second), zone) // an end is not part of it
	title := unescape.Replace(event["SUMMARY"].value)
	row := hours.Row{Kind: hours.Full, From: first, Until: last, Name: bot.Text{Fa: title, Ar: title, En: title}}
	if !whole && first == last {
		last := worktime.Clock(end.Hour(), end.Minute())
		if last == 0 {
			last = worktime.Clock(24, 0)
		}
		window := worktime.Window{From: worktime.Clock(begin.Hour(), begin.Minute()), To: last}
		if window != (worktime.Window{To: worktime.Clock(24, 0)}) {
			row.Kind, row.Window = hours.Half, window
		}
	}
	return row, strings.TrimSpace(title) != "" && (row.Kind == hours.Full || row.Window.Valid())
}

// unescape takes the backslashes out of a text.
var unescape = strings.NewReplacer(`\n`, " ", `\N`, " ", `\,`, ",", `\;`, ";", `\\`, `\`)

// instant reads 20261121, 20261121T080000 and 20261121T043000Z, in the zone of the chamber; whole says that it is a day.
func instant(p property, zone *time.Location) (t time.Time, whole, ok bool) {
	value := strings.TrimSpace(p.value)
	if t, err := time.ParseInLocation("20060102", value, zone); err == nil {
		return t, true, true
	}
	if t, err := time.Parse("20060102T150405Z", value); err == nil {
		return t.In(zone), false, true
	}
	in := zone
	if named, err := time.LoadLocation(p.zone); err == nil && p.zone != "" {
		in = named
	}
	t, err := time.ParseInLocation("20060102T150405", value, in)
	return t.In(zone), false, err == nil
}
