package text

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"

	"javab/bot"
)

// Why a date was not read.
var (
	ErrNotADate  = errors.New("not a date")
	ErrNoSuchDay = errors.New("the calendar has no such day")
	ErrShortYear = errors.New("the year needs four digits")
)

// DateReader reads dates as members write them: in any digits, with / - . or spaces, the year first or last, months by
// name in the three languages, or just "yesterday".
type DateReader struct {
	Lang bot.Lang
	// Now is the present, in the zone of the member.
	Now time.Time
	// Back and Ahead say how many years away from now a plausible date may lie. They choose the calendar of a year that
	// is possible in two. Zero means DefaultBack and DefaultAhead, between which no year is possible in two calendars.
	Back, Ahead int
}

// The usual reach. Jalali and Hijri years of the same number are 42 years apart, so these leave no doubt.
const (
	DefaultBack  = 25
	DefaultAhead = 5
)

// Read returns the date in the calendar in which it was meant. It is not sure when the calendar or the order of day and
// month was a guess, or the date is out of reach: the member should then see it in both calendars and confirm.
func (r DateReader) Read(s string) (d Date, sure bool, err error) {
	numbers, rest := tokens(s)
	if len(numbers) == 0 {
		return r.byName(rest)
	}
	month, named := monthOf[rest]
	if rest != "" && !named {
		return Date{}, false, ErrNotADate
	}
	d, sure, err = arrange(numbers, month)
	if err != nil {
		return Date{}, false, err
	}
	if named {
		d.Calendar = month.calendar
	} else {
		var certain bool
		d.Calendar, certain = r.calendar(d)
		sure = sure && certain
	}
	if !d.Valid() {
		return Date{}, false, ErrNoSuchDay
	}
	return d, sure && r.plausible(d), nil
}

// byName reads "yesterday".
func (r DateReader) byName(rest string) (Date, bool, error) {
	days, ok := dayOf[rest]
	if !ok {
		return Date{}, false, ErrNotADate
	}
	year, month, day := r.Now.Date()
	d, ok := DateOf(For(r.Lang).names().Calendar, time.Date(year, month, day+days, 12, 0, 0, 0, r.Now.Location()))
	if !ok {
		return Date{}, false, ErrNotADate
	}
	return d, true, nil
}

// calendar decides in which calendar a year is meant: from 1900 on Gregorian, else that of the language, unless only the
// other one gives a plausible day.
func (r DateReader) calendar(d Date) (c Calendar, sure bool) {
	if d.Year >= 1900 {
		return Gregorian, true
	}
	first, second := Jalali, Hijri
	if r.Lang == bot.Ar {
		first, second = Hijri, Jalali
	}
	switch one, other := r.reaches(first, d.Year), r.reaches(second, d.Year); {
	case one:
		return first, !other
	case other:
		return second, true
	default:
		return first, false
	}
}

// reaches reports whether any day of a year is plausible.
func (r DateReader) reaches(c Calendar, year int) bool {
	first, ok := Date{c, year, 1, 1}.Noon(r.Now.Location())
	if !ok {
		return false
	}
	from, to := r.reach()
	return first.AddDate(1, 0, 0).After(from) && first.Before(to)
}

func (r DateReader) plausible(d Date) bool {
	noon, ok := d.Noon(r.Now.Location())
	from, to := r.reach()
	return ok && noon.After(from) && noon.Before(to)
}

// reach is the span of plausible days, with a day of grace at either end.
func (r DateReader) reach() (from, to time.Time) {
	back, ahead := r.Back, r.Ahead
	if back == 0 && ahead == 0 {
		back, ahead = DefaultBack, DefaultAhead
	}
	return r.Now.AddDate(-back, 0, -1), r.Now.AddDate(ahead, 0, 1)
}

// tokens takes the numbers out of a text and returns what is left as one key, without the small words of dates.
func tokens(s string) (numbers []string, rest string) {
	fields := strings.FieldsFunc(spaced(Fold(s)), unicode.IsSpace)
	var left []string
	for _, field := range fields {
		switch {
		case field[0] >= '0' && field[0] <= '9':
			numbers = append(numbers, field)
		case !filler[field]:
			left = append(left, field)
		}
	}
	return numbers, strings.Join(left, "")
}

// spaced puts a space between figures and letters: "21nov".
func spaced(key string) string {
	var b strings.Builder
	var last rune
	for _, r := range key {
		if last != 0 && (r >= '0' && r <= '9') != (last >= '0' && last <= '9') {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last = r
	}
	return b.String()
}

// arrange finds out which number is the year, the month and the day.
func arrange(numbers []string, month namedMonth) (d Date, sure bool, err error) {
	if len(numbers) == 1 && len(numbers[0]) == 8 && month.number == 0 { // 14050830
		numbers = []string{numbers[0][:4], numbers[0][4:6], numbers[0][6:]}
	}
	want := 3
	if month.number != 0 {
		want = 2
	}
	if want == 2 && len(numbers) == 1 && len(numbers[0]) <= 2 { // 30 Aban
		return Date{}, false, ErrShortYear
	}
	if len(numbers) != want {
		return Date{}, false, ErrNotADate
	}
	year := -1
	for i, n := range numbers {
		switch {
		case len(n) == 4 && year < 0:
			year = i
		case len(n) > 2:
			return Date{}, false, ErrNotADate
		}
	}
	if year < 0 {
		return Date{}, false, ErrShortYear
	}
	d.Year, _ = strconv.Atoi(numbers[year])
	first, second := others(numbers, year)
	switch {
	case month.number != 0:
		d.Month, d.Day = month.number, first
		return d, true, nil
	case year == 0:
		d.Month, d.Day = first, second
		return d, true, nil
	case year == 1:
		return Date{}, false, ErrNotADate
	case second > 12: // 11/21/2026
		d.Month, d.Day = first, second
		return d, true, nil
	default: // 21/11/2026: the day first, which 5/8/2026 leaves in doubt
		d.Day, d.Month = first, second
		return d, first > 12 || first == second, nil
	}
}

// others returns the numbers beside the year, in their order; with a named month there is only one.
func others(numbers []string, year int) (first, second int) {
	var rest [2]int
	at := 0
	for i, n := range numbers {
		if i != year {
			rest[at], _ = strconv.Atoi(n)
			at++
		}
	}
	return rest[0], rest[1]
}
