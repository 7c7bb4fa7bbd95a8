package deskweb

import (
	"net/http"
	"net/url"
	"strings"

	"javab/bot"
	"javab/bot/desk"
	"javab/bot/members"
	"javab/webhook/page"
)

// line is one line of a chat as its page shows it.
type line struct {
	screen
	desk.Line
	Kind  string // member, bot, officer, note, system or day
	Who   string
	Words string // of system and day lines
	URL   string // of the chat
	Tab   desk.Tab
	// What the reader may do about it.
	Retry, Edit, Delete bool
	Typed               string // the words of a change that was refused
	Held                string // id of what is said of words that wait, or waited, for approval
	Withdraw            string // where their author takes them back
	Wrong               string // where the reader says that this answer of the bot is wrong
}

// Lines are the lines of the chat with the days between them.
func (t thread) Lines() []line {
	var lines []line
	day := ""
	for _, l := range t.Thread.Lines {
		if today := t.Format.LongDate(l.At); today != day {
			day = today
			lines = append(lines, line{screen: t.screen, Kind: "day", Words: today})
		}
		lines = append(lines, t.line(l))
	}
	return lines
}

func (t thread) line(l desk.Line) line {
	shown := line{screen: t.screen, Line: l, Kind: "officer", Who: t.author(l.Author), URL: t.URL(), Tab: t.Tab}
	switch {
	case l.Flow == desk.NoteFlow && l.Step == desk.ActHeldBack:
		shown.Kind, shown.Held = "note", "desk.held_back.was"
		if t.asked[l.JobKey] {
			shown.Held = "desk.held_back"
		}
		if t.asked[l.JobKey] && l.Author == t.By.Author() {
			shown.Withdraw = t.Way("/approvals/") + url.PathEscape(l.JobKey) + "/withdraw"
		}
	case l.Flow == desk.NoteFlow && l.Direction == bot.Note:
		shown.Kind, shown.Words = "system", t.happened(l)
	case l.Direction == bot.Note:
		shown.Kind = "note"
	case byHand(l):
		shown.Kind, shown.Sent, shown.Words = "contact", desk.SentNot, t.T("members.channel."+string(l.Message.Kind))+" · "+t.T("members.direction."+string(l.Direction))
	case l.Direction == bot.In:
		shown.Kind = "member"
	case l.Author == bot.ByBot:
		shown.Kind, shown.Wrong = "bot", t.wrong(l)
	}
	failed := l.Sent == desk.SentFailed || l.Amended == desk.SentFailed
	shown.Retry = shown.Kind == "officer" && failed && !t.Others() && t.May("retry")
	shown.Edit, shown.Delete = t.amends(l)
	if l.ID == t.Amending {
		shown.Typed = t.Amended
	}
	return shown
}

// wrong is the address of the form on which an answer of the bot is called wrong; empty when the line is no answer.
func (t thread) wrong(l desk.Line) string {
	if l.Text == "" || !t.Allows(http.MethodGet, "/studio/propose") {
		return ""
	}
	entry, lang := t.desk.Answered(l.Text)
	if entry == "" {
		return ""
	}
	return "/studio/propose?" + url.Values{"entry": {entry}, "lang": {string(lang)}, "chat": {string(t.Row.Chat)}}.Encode()
}

// byHand reports whether a line is a call, a visit or a letter that somebody logged.
func byHand(l desk.Line) bool { return members.ContactChannel(l.Message.Kind).Valid() }

func (t thread) author(by bot.Author) string {
	switch by {
	case bot.ByMember:
		return t.called(t.Row)
	case bot.ByBot:
		return t.T("desk.bot")
	case t.By.Author():
		return t.T("desk.you")
	default:
		return t.staff.Name(bot.StaffID(by))
	}
}

// acts that the desk notes in the record.
var noted = map[string]bool{
	desk.ActClaimed: true, desk.ActTransferred: true, desk.ActReleased: true, desk.ActTakenOver: true, desk.ActClosed: true,
	desk.ActSnoozed: true, desk.ActWoken: true, desk.ActNamed: true, desk.ActWarned: true, desk.ActAsked: true,
	desk.ActUnanswered: true, desk.ActAbsent: true, desk.ActShift: true, desk.ActHandedBack: true,
	desk.ActAccused: true, desk.ActAbsolved: true, desk.ActCautioned: true, desk.ActMuted: true, desk.ActUnmuted: true,
	desk.ActLegalHold: true, desk.ActLegalLifted: true, desk.ActManager: true, desk.ActLinked: true, desk.ActUnlinked: true,
	desk.ActApproved: true, desk.ActRefused: true, desk.ActChanged: true, desk.ActWithdrawn: true,
}

// happened says what the desk noted, by whom, and why.
func (t thread) happened(l desk.Line) string {
	words := l.Step
	if noted[l.Step] {
		words = t.Say("desk.noted."+l.Step, "Who", t.author(l.Author))
	}
	if why := strings.TrimSpace(l.Text); why != "" {
		words += " · " + why
	}
	return words
}

// Initial is the first letter of who wrote.
func (l line) Initial() string { return page.Initial(l.Who) }

// Heard is what a line shows when it has no words: a kind of message that only its name can stand for.
func (l line) Heard() string {
	if l.Text != "" || len(l.Files) > 0 || l.Message.Kind == bot.KindText || l.Message.Kind == "" {
		return ""
	}
	return l.T("desk.heard." + string(l.Message.Kind))
}

// attached is a file under a line.
type attached struct {
	page.File
	URL     string // where it can be had; empty while it cannot
	Preview string // of a picture
}

// maxPreview is how large a picture is loaded with the chat.
const maxPreview = 2 << 20

// Attached are the files that came with a line.
func (l line) Attached() []attached {
	var files []attached
	for _, f := range l.Files {
		a := attached{File: l.File(f)}
		if f.State == bot.FileStored {
			a.URL = l.URL + "/file/" + url.PathEscape(f.ID)
		}
		if a.URL != "" && picture(f) && f.Size <= maxPreview {
			a.Preview = a.URL + "?preview=1"
		}
		files = append(files, a)
	}
	return files
}

// State says how far an outgoing message has come.
func (l line) State() string {
	if l.Sent == desk.SentNot {
		return ""
	}
	return l.T("desk.sent." + string(l.Sent))
}
