package officeweb

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/hours"
	"javab/bot/worktime"
	"javab/locales/text"
)

// written is what somebody has put into a form of working time, kept as he wrote it so that a refusal loses nothing.
type written struct {
	Kind        hours.Kind
	From, Until string // days, in any calendar and any digits
	Window      string // "8:00-12:00", one or several
	Week        [7]string
	Name        bot.Text
	Reason      string
	Expected    bool
	Crisis      bool
}

func (h clockwork) written(c echo.Context) written {
	field := func(name string) string { return strings.TrimSpace(c.FormValue(name)) }
	w := written{
		Kind: hours.Kind(field("kind")), From: field("from"), Until: field("until"), Window: field("window"), Reason: field("reason"),
		Name:     bot.Text{Fa: field("name_fa"), Ar: field("name_ar"), En: field("name_en")},
		Expected: field("expected") != "", Crisis: field("crisis") != "",
	}
	for day := range w.Week {
		w.Week[day] = field("day_" + strings.ToLower(time.Weekday(day).String()))
	}
	return w
}

// row reads a form. What cannot be read is refused with the sentence of its field.
func (h clockwork) row(w written, unit bot.UnitID) (r hours.Row, err error) {
	r = hours.Row{Kind: w.Kind, Unit: unit, Name: w.Name, Reason: w.Reason, Confirmed: !w.Expected}
	if r.From, err = h.readDay(w.From); err != nil {
		return r, err
	}
	if w.Until != "" {
		if r.Until, err = h.readDay(w.Until); err != nil {
			return r, err
		}
	}
	if r.Weekly() {
		for day, hours := range w.Week {
			if r.Open[day], err = readWindows(hours); err != nil {
				return r, err
			}
		}
		return r, nil
	}
	if r.Kind == hours.Full {
		return r, nil
	}
	windows, err := readWindows(w.Window)
	if err != nil || len(windows) != 1 {
		return r, &bot.Error{Kind: bot.Invalid, Key: "hours_window"}
	}
	r.Window = windows[0]
	if w.Crisis && r.Kind == hours.Open {
		r.Source = worktime.ByEmergency
	}
	return r, nil
}

// readDay reads a day as somebody wrote it, in any calendar and any digits.
func (h clockwork) readDay(written string) (worktime.Day, error) {
	midnight, err := h.Midnight(written, 0)
	if err != nil || midnight.IsZero() {
		return 0, &bot.Error{Kind: bot.Invalid, Key: "hours_day", Params: map[string]string{"Value": written}, Err: err}
	}
	return worktime.DayOf(midnight.Add(12*time.Hour), h.Format.Location()), nil
}

// clock is an hour with or without its minutes.
var clock = regexp.MustCompile(`(\d{1,2})(?::(\d{1,2}))?`)

// readWindows reads hours as people write them: "8-12, 13:00-16:30", in any digits. Nothing is a day off.
func readWindows(written string) ([]worktime.Window, error) {
	refused := &bot.Error{Kind: bot.Invalid, Key: "hours_window"}
	if strings.ContainsFunc(written, unicode.IsLetter) {
		return nil, refused
	}
	var times []worktime.Minute
	for _, m := range clock.FindAllStringSubmatch(text.Digits(written), -1) {
		hour, _ := strconv.Atoi(m[1])
		minute, _ := strconv.Atoi("0" + m[2])
		if hour > 24 || minute > 59 {
			return nil, refused
		}
		times = append(times, worktime.Clock(hour, minute))
	}
	if len(times)%2 != 0 || len(times) == 0 && strings.TrimSpace(written) != "" {
		return nil, refused
	}
	var windows []worktime.Window
	for i := 0; i < len(times); i += 2 {
		w := worktime.Window{From: times[i], To: times[i+1]}
		if !w.Valid() || i > 0 && w.From < times[i-1] {
			return nil, refused
		}
		windows = append(windows, w)
	}
	return windows, nil
}

// draft writes hours as a form takes them.
func draft(open []worktime.Window) string {
	written := make([]string, len(open))
	for i, w := range open {
		written[i] = w.String()
	}
	return strings.Join(written, ", ")
}

// readHours reads a number of working hours.
func readHours(written string) (time.Duration, error) {
	n, err := strconv.Atoi(strings.TrimSpace(text.Digits(written)))
	if err != nil || n < 0 || n > longestPromise {
		return 0, &bot.Error{Kind: bot.Invalid, Key: "hours_why", Err: err}
	}
	return time.Duration(n) * time.Hour, nil
}

// readTime reads a time of a day: "8:00".
func readTime(written string) (worktime.Minute, error) {
	windows, err := readWindows(written + "-24:00") // a time is where a window begins
	if err != nil || len(windows) != 1 {
		return 0, &bot.Error{Kind: bot.Invalid, Key: "hours_why", Err: err}
	}
	return windows[0].From, nil
}
