package text

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"javab/bot"
)

// Format writes numbers, money and dates as readers of a language expect them. The results carry no marks of direction:
// whoever puts them into a sentence isolates them. What people copy (phones, codes, card and case numbers) stays ASCII
// and never goes through a Format.
type Format struct {
	Lang bot.Lang
	// Latin asks for ASCII digits in Arabic, where readers differ. Persian never has them, English always.
	Latin bool
	// Zone is where clocks are read; nil means Tehran.
	Zone *time.Location
}

// For is the usual Format of a language.
func For(lang bot.Lang) Format { return Format{Lang: lang} }

func (f Format) names() *names {
	if n, ok := namesOf[f.Lang]; ok {
		return n
	}
	return namesOf[bot.Fa]
}

// digits writes ASCII digits as the language does, and the point and comma of a number with them.
func (f Format) digits(s string) string {
	zero, comma, point := '\u06F0', "\u066C", "\u066B"
	switch {
	case f.Lang == bot.En, f.Lang == bot.Ar && f.Latin:
		return s
	case f.Lang == bot.Ar:
		zero = '\u0660'
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r - '0' + zero)
		case r == ',':
			b.WriteString(comma)
		case r == '.':
			b.WriteString(point)
		case r == '-':
			b.WriteRune('\u2212')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Number writes a whole number in groups of three.
func (f Format) Number(n int64) string { return f.Decimal(strconv.FormatInt(n, 10)) }

// Decimal writes a number given as ASCII digits, with a point if it has a fraction; what is not a number is returned as
// it is.
func (f Format) Decimal(s string) string {
	whole, fraction, hasPoint := strings.Cut(s, ".")
	minus := strings.HasPrefix(whole, "-")
	whole = strings.TrimPrefix(whole, "-")
	if _, ok := OnlyDigits(whole); !ok || strings.Trim(whole+fraction, "0123456789") != "" {
		return s
	}
	var b strings.Builder
	if minus {
		b.WriteByte('-')
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if hasPoint {
		b.WriteString("." + fraction)
	}
	return f.digits(b.String())
}

// Percent writes whole per cents.
func (f Format) Percent(n int) string {
	sign := "\u066A"
	if f.Lang == bot.En || f.Latin {
		sign = "%"
	}
	return f.digits(strconv.Itoa(n)) + sign
}

// Rials writes an amount of money.
func (f Format) Rials(n int64) string { return fmt.Sprintf(f.names().Rials, f.Number(n)) }

// ShortDate writes the day of t in figures, in the calendar of the language.
func (f Format) ShortDate(t time.Time) string { return f.Short(f.day(t)) }

// LongDate writes the day of t in words.
func (f Format) LongDate(t time.Time) string { return f.Long(f.day(t)) }

// Moment writes day and hour of t in words.
func (f Format) Moment(t time.Time) string {
	return fmt.Sprintf(f.names().Moment, f.LongDate(t), f.Time(t))
}

// Time writes the hour and minute of t: twelve hours in Arabic, else twenty-four.
func (f Format) Time(t time.Time) string {
	hour, minute, _ := t.In(f.Location()).Clock()
	half := f.names().Halves[hour/12]
	if half == "" {
		return f.digits(fmt.Sprintf("%02d:%02d", hour, minute))
	}
	return f.digits(fmt.Sprintf("%d:%02d", (hour+11)%12+1, minute)) + " " + half
}

// Short writes a day in figures, in its own calendar.
func (f Format) Short(d Date) string {
	return fmt.Sprintf(f.names().Short, f.digits(fmt.Sprintf("%04d", d.Year)), f.digits(fmt.Sprintf("%02d", d.Month)), f.digits(fmt.Sprintf("%02d", d.Day)))
}

// Long writes a day in words, in its own calendar. A Hijri day is named as Umm al-Qura's, since Iran's may differ.
func (f Format) Long(d Date) string {
	noon, ok := d.Noon(time.UTC)
	if !ok {
		return f.Short(d)
	}
	n := f.names()
	long := fmt.Sprintf(n.Long, n.Weekdays[noon.Weekday()], f.digits(strconv.Itoa(d.Day)), n.Months[d.Calendar][d.Month-1], f.digits(strconv.Itoa(d.Year)))
	if d.Calendar == Hijri {
		return fmt.Sprintf(n.Hijri, long)
	}
	return long
}

// Month writes the month of a day with its year, in the day's own calendar: what stands over a page of the month.
func (f Format) Month(d Date) string {
	return f.names().Months[d.Calendar][d.Month-1] + " " + f.digits(strconv.Itoa(d.Year))
}

// MonthName is the name of a day's month alone.
func (f Format) MonthName(d Date) string { return f.names().Months[d.Calendar][d.Month-1] }

// Calendar is the one that readers of the language live by.
func (f Format) Calendar() Calendar { return f.names().Calendar }

func (f Format) day(t time.Time) Date {
	t = t.In(f.Location())
	if d, ok := DateOf(f.names().Calendar, t); ok {
		return d
	}
	d, _ := DateOf(Gregorian, t)
	return d
}

// Location is the zone in which f reads clocks.
func (f Format) Location() *time.Location {
	if f.Zone == nil {
		return Tehran()
	}
	return f.Zone
}
