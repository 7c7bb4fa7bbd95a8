package studioweb

import (
	"context"
	"encoding/json"
	"net/http"
	"regexp"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
)

// Trial is what somebody tries in the memory of one request: a script, and all that he has done in it so far.
type Trial struct {
	Flow string   `json:"-"`
	Body []byte   `json:"-"`
	Lang bot.Lang `json:"lang"` // of the member's messenger
	Acts []Act    `json:"acts"`
}

// Act is one thing that is done in a trial.
type Act struct {
	Do    Doing  `json:"do"`
	What  string `json:"what"`
	Value string `json:"value,omitempty"`
}

// Doing says what is done.
type Doing string

// The member says something, presses a button by its label, or sends a file of a kind; the admin begins at a step, gives
// a variable a value, says how an action ends, or lets time pass: so many hours, or until the chamber opens next.
const (
	Says   Doing = "say"
	Taps   Doing = "tap"
	Sends  Doing = "send"
	Begins Doing = "begin"
	Sets   Doing = "set"
	Feigns Doing = "feign"
	Waits  Doing = "wait"
)

// Opening is what Waits is told instead of a number of hours.
const Opening = "opening"

// Tried is how a trial went.
type Tried struct {
	Lines   []Line    `json:"lines"`
	Flow    string    `json:"flow"` // in which it stands
	Step    string    `json:"step"` // and where
	Now     time.Time `json:"-"`
	Clock   string    `json:"clock"` // what time it is there, in words
	Vars    []Var     `json:"vars"`
	Actions []Acted   `json:"actions"`
	Chat    []byte    `json:"-"` // as a dialogue
}

// Line is one thing that was said or done.
type Line struct {
	Who  string   `json:"who"` // member, bot, program, queue, case, stage, time
	Act  string   `json:"act,omitempty"`
	Text string   `json:"text"`
	Flow string   `json:"flow,omitempty"` // of the bot: where it speaks
	Step string   `json:"step,omitempty"`
	Keys []string `json:"keys,omitempty"`
	Live bool     `json:"live,omitempty"` // its buttons can be pressed
}

// Var is what the chat remembers.
type Var struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Label string `json:"label,omitempty"` // what a member reads of it
	Fixed bool   `json:"fixed,omitempty"` // it can only be looked at
}

// Acted is an action of the script, with the ways in which it can end.
type Acted struct {
	Name     string   `json:"name"`
	Outcomes []string `json:"outcomes"`
	Feigned  string   `json:"feigned,omitempty"`
}

// asked reads a trial from a request.
func asked(c echo.Context) (Trial, error) {
	t := Trial{Flow: c.Param("id"), Body: []byte(typed(c, "text"))}
	if err := json.Unmarshal([]byte(c.FormValue("trial")), &t); err != nil {
		return t, &bot.Error{Kind: bot.Invalid, Key: "studio_trial", Err: err}
	}
	if len(t.Acts) > longestTrial {
		return t, &bot.Error{Kind: bot.Invalid, Key: "studio_trial"}
	}
	return t, nil
}

// longestTrial bounds what is played anew with each act.
const longestTrial = 200

// trial plays the text that stands in the editor.
func (w *Web) trial(c echo.Context) error {
	s := w.screen(c, "studio.title")
	t, err := asked(c)
	if err != nil {
		return w.tell(c, s, err)
	}
	tried, err := w.Stage.Try(c.Request().Context(), s.By.ID, t)
	if err != nil {
		return w.tell(c, s, err)
	}
	tried.Clock = s.Format.Moment(tried.Now)
	return c.JSON(http.StatusOK, tried)
}

var chatName = regexp.MustCompile(`^[a-z][a-z0-9_]{0,29}$`)

// kept is where a trial was written down.
type kept struct {
	File string `json:"file"`
}

// keep writes a trial down as a dialogue: from then on it is played before anything is published.
func (w *Web) keep(c echo.Context) error {
	s, ctx := w.screen(c, "studio.title"), c.Request().Context()
	t, err := asked(c)
	name := c.FormValue("name")
	if err == nil && !chatName.MatchString(name) {
		err = &bot.Error{Kind: bot.Invalid, Key: "studio_name", Params: map[string]string{"File": name}}
	}
	var tried Tried
	if err == nil {
		tried, err = w.Stage.Try(ctx, s.By.ID, t)
	}
	file := t.Flow + "." + name + "." + string(t.Lang) + ".chat"
	if err == nil {
		err = w.write(ctx, s.By.ID, file, tried.Chat)
	}
	if err != nil {
		return w.tell(c, s, err)
	}
	return c.JSON(http.StatusOK, kept{file})
}

// write keeps a dialogue, in the place of one of the same name.
func (w *Web) write(ctx context.Context, who bot.StaffID, file string, body []byte) error {
	before, err := w.Sheets.Open(ctx, who, file)
	if err != nil && bot.KindOf(err) != bot.NotFound {
		return err
	}
	_, _, err = w.Sheets.Save(ctx, who, file, before.Rev, body)
	return err
}
