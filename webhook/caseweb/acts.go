package caseweb

import (
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/cases"
	"javab/webhook/page"
)

// form is what was sent for an act.
type form struct {
	c      echo.Context
	screen screen
	cases  *Cases
	number bot.CaseNumber
	unit   bot.UnitID // of the case
}

func (f form) field(name string) string { return strings.TrimSpace(f.c.FormValue(name)) }

// until reads a day in any calendar, as the end of its working time in a unit; zero when nothing was written.
func (f form) until(name string, unit bot.UnitID) (time.Time, error) {
	day, err := f.screen.Midnight(f.field(name), 0)
	if err != nil || day.IsZero() {
		return day, err
	}
	end, err := f.cases.Hours.For(unit).NextClosing(day)
	if err != nil {
		return end, &bot.Error{Kind: bot.Invalid, Key: "hours_horizon", Err: err}
	}
	return end, nil
}

// next reads who does what next, and when; false when nothing was written.
func (f form) next() (bot.Next, bool, error) {
	what, day := f.field("next"), f.field("next_day")
	if what == "" && day == "" {
		return bot.Next{}, false, nil
	}
	at, err := f.until("next_day", f.unit)
	if err == nil && at.IsZero() {
		err = &bot.Error{Kind: bot.Invalid, Key: "desk.error.date"}
	}
	return bot.Next{What: what, Who: bot.StaffID(f.field("next_who")), At: at}, true, err
}

// then adds what is done next to an act, when the form says so.
func (f form) then(act cases.Act) (cases.Act, error) {
	next, said, err := f.next()
	if err != nil || !said {
		return act, err
	}
	return cases.Then{Act: act, Next: next}, nil
}

// doing reads an act from its form. Where the page goes on is the part of it that the act is about.
type doing struct {
	read func(form) (cases.Act, error)
	part string
}

// acts are the forms of a case: each reads what it asks for.
var acts = map[string]doing{
	"take":   {func(form) (cases.Act, error) { return cases.Take{}, nil }, ""},
	"assign": {func(f form) (cases.Act, error) { return cases.Assign{To: bot.StaffID(f.field("to"))}, nil }, ""},
	"begin":  {func(f form) (cases.Act, error) { return f.then(cases.Begin{}) }, ""},
	"resume": {func(f form) (cases.Act, error) { return f.then(cases.Resume{}) }, ""},
	"plan":   {plan, ""},
	"await":  {await, ""},
	"stop":   {func(f form) (cases.Act, error) { return cases.StopClock{Reason: f.field("reason")}, nil }, "promise"},
	"start":  {func(form) (cases.Act, error) { return cases.StartClock{}, nil }, "promise"},
	"refer":  {refer, "referrals"},
	"answer": {func(f form) (cases.Act, error) {
		return cases.AnswerReferral{ID: f.field("referral"), Reply: f.field("reply")}, nil
	}, "referrals"},
	"recall":  {func(f form) (cases.Act, error) { return cases.RecallReferral{ID: f.field("referral")}, nil }, "referrals"},
	"task":    {task, "tasks"},
	"endtask": {endTask, "tasks"},
	"mark":    {mark, "marks"},
	"classify": {func(f form) (cases.Act, error) {
		return cases.Classify{Cause: f.field("cause"), External: f.field("external")}, nil
	}, "marks"},
	"remark":  {func(f form) (cases.Act, error) { return f.then(cases.Remark{Text: f.field("text")}) }, "remark"},
	"tell":    {tell, "promise"},
	"propose": {propose, "closure"},
	"letter":  {letter, "letter"},
	"reopen":  {func(f form) (cases.Act, error) { return f.then(cases.Reopen{Reason: f.field("reason")}) }, "closure"},
	"handon": {func(f form) (cases.Act, error) {
		return cases.HandOn{Chat: bot.ChatKey(f.field("chat")), Reason: f.field("reason")}, nil
	}, ""},
}

func tell(f form) (cases.Act, error) {
	return f.then(cases.Tell{ID: f.field("id"), Text: f.field("text"), Await: f.field("await") != ""})
}

func plan(f form) (cases.Act, error) {
	next, said, err := f.next()
	if err == nil && !said {
		err = &bot.Error{Kind: bot.Invalid, Key: "case_empty"}
	}
	return cases.Plan{Next: next}, err
}

func await(f form) (cases.Act, error) {
	if f.field("whom") == "outside" {
		return f.then(cases.AwaitOutside{Reason: f.field("reason"), External: f.field("external")})
	}
	return f.then(cases.AwaitMember{ID: f.field("id"), Reason: f.field("reason")})
}

func refer(f form) (cases.Act, error) {
	unit := bot.UnitID(f.field("unit"))
	due, err := f.until("due", unit)
	return cases.Refer{ID: f.field("id"), Unit: unit, Question: f.field("question"), DueAt: due}, err
}

func task(f form) (cases.Act, error) {
	due, err := f.until("due", f.unit)
	return cases.AddTask{Task: bot.Task{ID: f.field("id"), What: f.field("what"), Who: bot.StaffID(f.field("who")), DueAt: due}}, err
}

func endTask(f form) (cases.Act, error) {
	return cases.EndTask{ID: f.field("task"), Outcome: bot.TaskOutcome(f.field("outcome")), Words: f.field("words")}, nil
}

func mark(f form) (cases.Act, error) {
	return cases.Mark{Dispute: f.field("dispute") != "", Financial: f.field("financial") != ""}, nil
}

func propose(f form) (cases.Act, error) {
	return cases.Propose{ID: f.field("id"), Result: f.field("result"), Cause: f.field("cause")}, nil
}

func letter(f form) (cases.Act, error) {
	return cases.Letter{ID: f.field("id"), To: f.field("to"), Text: f.field("text")}, nil
}

// act does what a form asks for and goes back to the case. What is refused shows the case as it is now, with what was typed.
func act(name string, of doing) func(*Cases, echo.Context) error {
	return func(p *Cases, c echo.Context) error {
		f, err := p.form(c)
		if err != nil {
			return p.Refuse(c, err)
		}
		act, err := of.read(f)
		if err == nil {
			err = p.Acts.Do(c.Request().Context(), f.screen.By, f.number, act)
		}
		if err != nil {
			return p.renderCase(c, name, err)
		}
		to := p.Way("/cases/") + f.number.String()
		if of.part != "" {
			to += "#" + of.part
		}
		return page.Lead(c, to)
	}
}

func (p *Cases) form(c echo.Context) (form, error) {
	number, err := numberOf(c)
	if err != nil {
		return form{}, err
	}
	s, err := p.screen(c, "cases.case")
	if err != nil {
		return form{}, err
	}
	found, err := p.Reads.CaseFile(c.Request().Context(), s.By, number) // who may not see it learns nothing by it
	return form{c: c, screen: s, cases: p, number: number, unit: found.Case.Unit}, err
}

// link makes a reply link for a unit without a sign-in. It is shown once: nobody can read it again.
func (p *Cases) link(c echo.Context) error {
	f, err := p.form(c)
	if err != nil {
		return p.Refuse(c, err)
	}
	token, err := p.Acts.Link(c.Request().Context(), f.screen.By, f.number, f.field("referral"))
	if err != nil {
		return p.renderCase(c, "link", err)
	}
	shown, err := p.forms(c)
	if err != nil {
		return p.Refuse(c, err)
	}
	shown.Link = strings.TrimSuffix(p.Address, "/") + "/referral/" + token
	return p.views.Render(c, http.StatusOK, "case", shown)
}
