package memberweb

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/members"
	"javab/locales/text"
	"javab/webhook/page"
)

// form is a call, a visit or a letter as it is being written down.
type form struct {
	screen
	Member bot.Member // masked; without an id: somebody who is not known yet
	Said   string     // why it was refused
	Known  []members.Hit
	Told   told

	ID, Caller, Phone, Channel, Direction, Into, About, Minutes, Day, Hour, Text string

	Open bool // a case is opened for it
}

// told is what the caller is told: the number of his case, and its promises.
type told struct {
	Number         string
	Due, FirstWord time.Time
	Member         bot.MemberID
	Name           string
}

func (r *Register) begin(c echo.Context) (*form, error) {
	s, err := r.screen(c, "members.contact.title")
	if err != nil {
		return nil, err
	}
	f := &form{
		screen: s, ID: cmp.Or(c.FormValue("id"), r.ID()), Caller: c.FormValue("name"), Phone: c.FormValue("phone"),
		Channel: cmp.Or(c.FormValue("channel"), string(members.Call)), Direction: cmp.Or(c.FormValue("direction"), string(bot.In)),
		Into: c.FormValue("unit"), About: c.FormValue("about"), Minutes: c.FormValue("minutes"), Day: c.FormValue("day"),
		Hour: c.FormValue("hour"), Text: c.FormValue("text"), Open: c.FormValue("open") != "",
	}
	id := memberOf(c)
	if id == "" {
		id = bot.MemberID(c.FormValue("member"))
	}
	if id == "" {
		return f, nil
	}
	p, err := r.Office.Profile(c.Request().Context(), s.By, id)
	f.Member = p.Member
	return f, err
}

func (r *Register) showContact(c echo.Context) error {
	f, err := r.begin(c)
	if err != nil {
		return r.Refuse(c, err)
	}
	return r.views.Render(c, http.StatusOK, "contact", f)
}

// log writes the contact down. Somebody who is not known and has the phone of a member is shown the member first: whether
// he is it, the officer knows.
func (r *Register) log(c echo.Context) error {
	f, err := r.begin(c)
	if err != nil {
		return r.Refuse(c, err)
	}
	contact, filing, err := f.contact()
	if err == nil && f.Member.ID == "" && f.Phone != "" && c.FormValue("new") == "" {
		err = f.recognise(c, contact)
	}
	if err == nil && len(f.Known) > 0 {
		return r.views.Render(c, http.StatusConflict, "contact", f)
	}
	result := bot.Result{}
	if err == nil {
		result, err = r.Office.Log(c.Request().Context(), f.By, contact, filing, r.From(c))
	}
	if err != nil {
		f.Said = f.Explain(err)
		return r.views.Render(c, page.StatusOf(err), "contact", f)
	}
	f.Told = told{
		Number: result.Vars["case.number"].Text, Due: instant(result.Vars["case.due"]), FirstWord: instant(result.Vars["case.first_answer"]),
		Member: result.Member, Name: cmp.Or(f.Member.Name, strings.TrimSpace(f.Caller)),
	}
	return r.views.Render(c, http.StatusOK, "logged", f)
}

func instant(v bot.Value) time.Time {
	if v.At == 0 {
		return time.Time{}
	}
	return time.UnixMilli(v.At)
}

// recognise finds the members who have the phone that was typed; not him who is known only by this very contact.
func (f *form) recognise(c echo.Context, contact members.Contact) error {
	hits, err := f.register.Office.Search(c.Request().Context(), f.By, f.Phone, pageOfHits)
	for _, h := range hits {
		if h.Kind == members.HitMember && h.Member != contact.Caller() {
			f.Known = append(f.Known, h)
		}
	}
	return err
}

// contact is what was written down. What opens a case has another id than what does not: to say so later is to log it
// anew.
func (f *form) contact() (c members.Contact, filing members.Filing, err error) {
	kind, subject, _ := strings.Cut(f.About, ":")
	filing.Phone = f.Phone
	c = members.Contact{
		ID: f.ID, Member: f.Member.ID, Name: f.Caller, Channel: members.ContactChannel(f.Channel), Direction: bot.Direction(f.Direction),
		Topic: subject, Text: f.Text, Unit: bot.UnitID(f.Into),
	}
	if f.Open {
		c.ID += ".case"
		filing.Kind, filing.Category = bot.CaseKind(kind), subject
		if subject == "" {
			return c, filing, refuse("members.error.about")
		}
	}
	if c.Minutes, err = minutes(f.Minutes); err != nil {
		return c, filing, err
	}
	c.At, err = f.moment()
	return c, filing, err
}

// longest is how long a contact can have lasted, in minutes: a day.
const longest = 24 * 60

func minutes(typed string) (int, error) {
	if typed = strings.TrimSpace(typed); typed == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(text.Digits(typed))
	if err != nil || n < 0 || n > longest {
		return 0, refuse("members.error.minutes")
	}
	return n, nil
}

// moment is when it was, zero for now: a day as somebody wrote it, and an hour of that day, or of today.
func (f *form) moment() (time.Time, error) {
	if f.Day == "" && f.Hour == "" {
		return time.Time{}, nil
	}
	day, err := f.Midnight(cmp.Or(f.Day, f.Today()), 0)
	if err != nil {
		return day, err
	}
	if f.Hour != "" {
		hour, err := time.Parse("15:04", text.Digits(strings.TrimSpace(f.Hour)))
		if err != nil {
			return day, refuse("members.error.hour")
		}
		day = time.Date(day.Year(), day.Month(), day.Day(), hour.Hour(), hour.Minute(), 0, 0, day.Location())
	}
	if day.After(f.Instant) {
		return day, refuse("members.error.future")
	}
	return day, nil
}

func refuse(key string) error { return &bot.Error{Kind: bot.Invalid, Key: key} }

// Today is the present day, as an example of how a date is written.
func (f *form) Today() string { return text.Digits(f.Format.ShortDate(f.Instant)) }

// URL is where the form is sent.
func (f *form) URL() string {
	if f.Member.ID == "" {
		return "/contact"
	}
	return f.screen.URL(f.Member.ID) + "/contact"
}

// Whose leads to a member.
func (f *form) Whose(id bot.MemberID) string { return f.screen.URL(id) }

// choice is one of several in the form.
type choice = page.Choice

// Channels are the ways of a contact that no messenger brings.
func (f *form) Channels() []choice {
	return f.choices("members.channel.", f.Channel, string(members.Call), string(members.Visit), string(members.Letter))
}

// Directions say who came to whom.
func (f *form) Directions() []choice {
	return f.choices("members.direction.", f.Direction, string(bot.In), string(bot.Out))
}

func (f *form) choices(names, current string, ids ...string) (list []choice) {
	for _, id := range ids {
		list = append(list, choice{ID: id, Label: f.T(names + id), Current: id == current})
	}
	return list
}

// Units are those that the person works in.
func (f *form) Units() (list []choice) {
	for _, id := range f.register.Content.Units() {
		if f.By.Serves(id) {
			list = append(list, choice{ID: string(id), Label: f.Unit(id), Current: string(id) == f.Into})
		}
	}
	return list
}

// subjects are what a case of one kind can be about.
type subjects struct {
	Label string
	List  []choice
}

// Subjects are all that a contact can be about.
func (f *form) Subjects() (list []subjects) {
	for _, kind := range []bot.CaseKind{bot.Complaint, bot.Request, bot.Suggestion} {
		group := subjects{Label: f.T("members.kind." + string(kind))}
		for _, id := range f.register.Content.Subjects(kind) {
			value := string(kind) + ":" + id
			group.List = append(group.List, choice{ID: value, Label: f.Topic(id), Current: value == f.About})
		}
		list = append(list, group)
	}
	return list
}
