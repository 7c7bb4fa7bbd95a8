package caseweb

import (
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/webhook/page"
)

// item is one line of the timeline as the page shows it.
type item struct {
	*file
	At          time.Time
	Group, Icon string
	What        string
	Who         string
	Text        string
	Before, Now string
	Sent        string // how far a message to the member has come
	Failed      bool
	Mine        string // member, officer or bot for what was said; else empty
	Files       []string
}

// Timeline is what has happened, oldest first.
func (f *file) Timeline() []item {
	var list []item
	for _, e := range f.Entries {
		if !f.shownAsLine(e) {
			list = append(list, f.entry(e))
		}
	}
	for _, l := range f.Lines {
		if !f.toldAlready(l) {
			list = append(list, f.line(l))
		}
	}
	for _, k := range f.Contacts {
		if !slices.ContainsFunc(f.Lines, func(l desk.Line) bool { return l.Draft == k.Draft() }) {
			list = append(list, f.contact(k))
		}
	}
	list = slices.DeleteFunc(list, func(i item) bool { return f.Show != groupAll && i.Group != f.Show })
	slices.SortStableFunc(list, func(a, b item) int { return a.At.Compare(b.At) })
	return list
}

// shownAsLine reports whether a line of the timeline is the message itself, which also tells how far it came.
func (f *file) shownAsLine(e bot.CaseEntry) bool {
	return e.What == cases.DidTell && slices.ContainsFunc(f.Lines, func(l desk.Line) bool {
		return l.JobKey == "case:"+string(f.Case.ID)+":t"+e.After
	})
}

// toldAlready reports whether a line came with the words of the case, which stand above.
func (f *file) toldAlready(l desk.Line) bool { return l.Draft != "" && l.Draft == f.Case.Draft }

func (f *file) entry(e bot.CaseEntry) item {
	shown, known := looks[e.What]
	i := item{file: f, At: e.At, Group: groupState, Icon: "activity", What: e.What, Who: f.author(e.Author), Text: e.Text}
	if !known {
		return i
	}
	i.Group, i.Icon, i.What = shown.group, shown.icon, f.T("cases.did."+e.What)
	if shown.before {
		i.Before = f.side(e.Before)
	}
	if shown.side {
		i.Now = f.side(e.After)
	} else {
		i.Before, i.Now = "", i.Before // nothing has taken its place
	}
	f.tell(&i, e)
	return i
}

// tell puts into words what a line keeps by ids.
func (f *file) tell(i *item, e bot.CaseEntry) {
	switch e.What {
	case "edited":
		i.Text = f.cases.Content.Label("questions/"+e.Text, f.Lang)
		if e.Text == "text" || e.Text == "phone" || e.Text == "files" {
			i.Text = f.T("cases.field." + e.Text)
		}
	case cases.DidPlan:
		i.Text, i.Now = f.Planned(e.Text), f.plan(e.After)
	case cases.DidAddTask:
		i.Now = f.side(e.After[strings.LastIndex(e.After, " ")+1:]) // behind its id and who does it
	case cases.ReferralLate, cases.TaskLate, cases.Moot:
		i.Text = f.UnitName(bot.UnitID(e.Text))
		if kind := bot.TaskKind(e.Text); kind == bot.TaskWork || kind == bot.TaskCall {
			i.Text = f.T("cases.task." + e.Text)
		}
	}
}

// author names who did something.
func (f *file) author(by bot.Author) string {
	switch by {
	case bot.ByBot:
		return f.T("cases.by.bot")
	case bot.ByMember:
		return f.Whose()
	}
	return f.Called(bot.StaffID(by))
}

// plan is until when somebody does something, and who, as the timeline keeps it.
func (f *file) plan(kept string) string {
	parts := strings.SplitN(kept, " ", 3)
	shown := f.side(parts[0])
	if len(parts) > 1 {
		if name := f.Called(bot.StaffID(parts[1])); name != parts[1] {
			shown += " \u00b7 " + name
		}
	}
	return shown
}

// side is one side of a change: a state, an instant, somebody, a unit, a root cause, what an approval was for, or words.
func (f *file) side(value string) string {
	if value == "" {
		return ""
	}
	if at, err := time.Parse(time.RFC3339, value); err == nil {
		return f.When(at).Text
	}
	for _, name := range []string{"cases.state." + value, "approvals.kind." + value, "cases.outcome." + value, "cases.mark." + value} {
		if f.known(name) {
			return f.T(name)
		}
	}
	if name := f.Called(bot.StaffID(value)); name != value {
		return name
	}
	if name := f.UnitName(bot.UnitID(value)); name != value {
		return name
	}
	return f.Cause(f.Case.Kind, value)
}

// line is what was said, or what the program wrote to the member.
func (f *file) line(l desk.Line) item {
	i := item{file: f, At: l.At, Group: groupSaid, Icon: "messages-square", Text: l.Text, Who: f.author(l.Author), What: f.T("cases.said.out"), Mine: "officer"}
	switch {
	case members.ContactChannel(l.Kind).Valid() && strings.HasSuffix(l.Text, f.Case.Text):
		i.Icon, i.What, i.Mine, i.Text = "phone", f.T("members.channel."+string(l.Kind)), "", "" // its words stand above
	case members.ContactChannel(l.Kind).Valid():
		i.Icon, i.What, i.Mine = "phone", f.T("members.channel."+string(l.Kind)), ""
	case l.Direction == bot.Note:
		i.Group, i.Icon, i.What, i.Mine = groupNote, "sticky-note", f.T("cases.did.remark"), ""
	case l.Author == bot.ByMember:
		i.What, i.Mine = f.T("cases.said.in"), "member"
	case l.Author == bot.ByBot:
		i.Group, i.Icon, i.What, i.Mine = groupNotice, "bot", f.T("cases.said.letter"), "bot"
	}
	for _, one := range l.Files {
		i.Files = append(i.Files, page.FileName(one))
	}
	if l.Sent != desk.SentNot {
		i.Sent, i.Failed = f.T("desk.sent."+string(l.Sent)), l.Sent == desk.SentFailed
	}
	return i
}

// contact is what was logged by hand.
func (f *file) contact(k members.Contact) item {
	i := item{file: f, At: k.At, Group: groupSaid, Icon: "phone", What: f.T("members.channel." + string(k.Channel)), Who: f.Called(k.Officer), Text: k.Text}
	if k.Text == f.Case.Text {
		i.Text = "" // it stands above
	}
	return i
}

// Groups are what the timeline can be narrowed to.
func (f *file) Groups() (list []page.Choice) {
	for _, id := range groups {
		list = append(list, page.Choice{ID: id, Label: f.T("cases.group." + id), Current: id == f.Show})
	}
	return list
}
