package caseweb

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/cases"
	"javab/bot/members"
	"javab/locales/text"
	"javab/webhook/page"
)

// file is one case as its page shows it.
type file struct {
	screen
	casefile.File
	Show  string // which lines of the timeline: a group, or all
	Alike []bot.CaseNumber
	next  []cases.Heir // to whom it can be handed on
	Link  string       // a reply link that was just made: it is shown this once
	sent  string       // the act whose form was refused
	typed url.Values
}

func (p *Cases) showCase(c echo.Context) error { return p.renderCase(c, "", nil) }

// renderCase shows the case, with the reason why the form of an act was refused above it.
func (p *Cases) renderCase(c echo.Context, sent string, refused error) error {
	f, err := p.forms(c)
	if err != nil {
		return p.Refuse(c, err)
	}
	status := http.StatusOK
	if refused != nil {
		f.Said, status, f.sent = f.Explain(refused), page.StatusOf(refused), sent
		f.typed, _ = c.FormParams()
	}
	return p.views.Render(c, status, "case", f)
}

// showPart is what of the page changes by itself: what somebody fills in beside it stays.
func (p *Cases) showPart(c echo.Context) error {
	f, err := p.file(c)
	if err != nil {
		return p.Refuse(c, err)
	}
	return p.views.Render(c, http.StatusOK, "case-part", f)
}

func (p *Cases) file(c echo.Context) (*file, error) {
	s, err := p.screen(c, "cases.case")
	if err != nil {
		return nil, err
	}
	number, err := numberOf(c)
	if err != nil {
		return nil, err
	}
	f := &file{screen: s, Show: c.QueryParam("show")}
	ctx := c.Request().Context()
	if f.File, err = p.Reads.CaseFile(ctx, s.By, number); err != nil {
		return nil, err
	}
	if !slices.Contains(groups, f.Show) {
		f.Show = groups[0]
	}
	f.Title = number.String() + " · " + f.Subject(f.Case)
	if !f.Narrow && f.Case.State.Open() {
		f.Alike, err = p.Acts.Alike(ctx, s.By, number)
	}
	return f, err
}

// forms is the case with what its forms offer.
func (p *Cases) forms(c echo.Context) (*file, error) {
	f, err := p.file(c)
	if err == nil && f.HandsOn() {
		f.next, err = p.Acts.Heirs(c.Request().Context(), f.By, f.Case.Number)
	}
	return f, err
}

// Path is where the forms of the case go; with "/take" behind it, that of an act.
func (f *file) Path() string { return f.URL(f.Case.Number) }

// Stands names the state.
func (f *file) Stands() string { return f.State(f.Case) }

// Due is how much of the promise is left.
func (f *file) Due() due { return f.due(f.Case) }

// Whose names who filed it.
func (f *file) Whose() string {
	if f.Name != "" {
		return f.Name
	}
	return f.T("cases.nameless")
}

// Phone hides where the member can be reached but for its last digits.
func (f *file) Phone() string { return members.MaskPhone(cmp.Or(f.Case.Phone, f.Member.Phone)) }

// ChatURL leads to the chat; what was only logged by hand has none.
func (f *file) ChatURL() string {
	if f.Case.Chat.Channel() == members.ByHand || !f.Allows(http.MethodGet, "/desk/:chat") {
		return ""
	}
	return f.Way("/desk/") + url.PathEscape(string(f.Case.Chat))
}

// Urgency names how urgent it is.
func (f *file) Urgency() string { return f.cases.Content.Label("urgencies/"+f.Case.Urgency, f.Lang) }

// fact is one answer that came with the case.
type fact struct{ Name, Text string }

// Facts are the answers to the category's questions. What identifies a person is hidden but for its end; where he can be
// reached stands with the member.
func (f *file) Facts() (list []fact) {
	for _, id := range slices.Sorted(maps.Keys(f.Case.Answers)) {
		value := f.Case.Answers[id]
		name := f.cases.Content.Label("questions/"+id, f.Lang)
		switch {
		case value == "" || value == f.Case.Phone:
			continue
		case strings.Contains(id, "phone"):
			name, value = f.T("cases.phone"), members.MaskPhone(value)
		case strings.Contains(id, "national_id"):
			value = members.MaskNationalID(value)
		case strings.Contains(id, "email"):
			value = members.MaskEmail(value)
		case id == "for_whom":
			name, value = f.T("cases.for_whom"), f.cases.Content.Label("for_whom/"+value, f.Lang)
		}
		list = append(list, fact{name, value})
	}
	return list
}

// attachment is a file as the page shows it.
type attachment struct {
	page.File
	URL string // empty while it cannot be had
}

// Files are the files of the case.
func (f *file) Files() (list []attachment) {
	for _, one := range f.Attached {
		a := attachment{File: f.screen.File(one)}
		a.Name = page.FileName(one)
		if one.State == bot.FileStored {
			a.URL = f.Path() + "/file/" + url.PathEscape(one.ID)
		}
		list = append(list, a)
	}
	return list
}

// Stored reports whether there is a file to take.
func (f *file) Stored() bool {
	return slices.ContainsFunc(f.Attached, func(one bot.File) bool { return one.State == bot.FileStored })
}

// Was is what was typed into a field of the form that was refused; otherwise what stands there before anybody writes.
func (f *file) Was(act, field, otherwise string) string {
	if f.sent == act {
		return f.typed.Get(field)
	}
	return otherwise
}

// Sent reports whether the form of an act was refused: it is open then.
func (f *file) Sent(act string) bool { return f.sent == act }

// field is one field of a form that several have.
type field struct {
	*file
	Name, Value string
}

// Field is a field with what was typed into it.
func (f *file) Field(name string) field {
	typed := ""
	if f.typed != nil {
		typed = f.typed.Get(name)
	}
	return field{f, name, typed}
}

// FormID is a new id for a form.
func (f *file) FormID() string { return f.cases.ID() }

// Supervises reports whether the reader stands over the unit of the case.
func (f *file) Supervises() bool { return f.By.Supervises() }

// Works reports whether the reader may do something to the case.
func (f *file) Works() bool { return !f.Narrow && f.May("take") }

// Takes reports whether he may make himself who works on it.
func (f *file) Takes() bool {
	return f.Works() && f.Case.State.Open() && f.Case.Holder != f.By.ID && (f.Case.Holder == "" || f.By.Leads())
}

// Gives reports whether he may give it to a colleague.
func (f *file) Gives() bool { return f.By.Leads() || f.Case.Holder == f.By.ID }

// Is reports whether the case is in one of the states.
func (f *file) Is(states ...string) bool { return slices.Contains(states, string(f.Case.State)) }

// HandsOn reports whether the reader may hand the case on to another representative of the company.
func (f *file) HandsOn() bool {
	return f.Works() && f.May("handon") && f.Supervises() && f.Case.State.Open()
}

// Representatives are those to whom it can be handed on: who, how he is reached, and whether only he says that the
// membership number is his.
func (f *file) Representatives() (list []page.Choice) {
	for _, h := range f.next {
		known := f.T("cases.handon.told")
		if h.Entered {
			known = f.T("cases.handon.entered")
		}
		name := text.Isolate(cmp.Or(h.Member.Name, f.T("cases.nameless")))
		list = append(list, page.Choice{
			ID: string(h.Chat), Label: strings.Join([]string{name, text.LTR(members.MaskPhone(h.Member.Phone)), f.channel(h.Chat), known}, " · "),
			Current: f.Was("handon", "chat", "") == string(h.Chat),
		})
	}
	return list
}

// channel names the messenger of a chat.
func (f *file) channel(chat bot.ChatKey) string {
	switch id := chat.Channel(); id {
	case "tg", "bale":
		return f.T("members.channel." + string(id))
	default:
		return string(id)
	}
}

// Heirs are the colleagues who can work on the case.
func (f *file) Heirs() []page.Choice { return f.Colleagues(f.Case.Unit) }

// Others are the units that can be asked.
func (f *file) Others() (list []page.Choice) {
	for _, id := range f.cases.Content.Units() {
		if id != f.Case.Unit {
			list = append(list, page.Choice{ID: string(id), Label: f.UnitName(id), Current: f.Was("refer", "unit", "") == string(id)})
		}
	}
	return list
}

// Causes are the root causes of such a case.
func (f *file) Causes(act string) (list []page.Choice) {
	for _, item := range f.cases.Content.Causes(f.Case.Kind) {
		list = append(list, page.Choice{
			ID: item.ID, Label: f.cases.Content.Label(item.Ref, f.Lang), Current: f.Was(act, "cause", f.Case.Cause) == item.ID,
		})
	}
	return list
}
