package casefile

import (
	"context"
	"slices"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/desk"
	"javab/bot/members"
)

// File is a case with all that belongs to it.
type File struct {
	Case      bot.Case
	Chat      bot.Chat   // without where the member stands in a script
	Member    bot.Member // his id is empty when he is not known
	Name      string     // of who filed it, as Row.Name
	Entries   []bot.CaseEntry
	Referrals []bot.Referral
	Tasks     []bot.Task
	Surveys   []bot.Survey
	Approvals []bot.Approval // of the case, also those that are decided
	// Lines are what people said in its chat since it was filed, and what the program wrote about it, oldest first, the
	// newest MaxLines.
	Lines    []desk.Line
	Contacts []members.Contact // that were logged for it
	// Attached are the files that came with it, each once, oldest first.
	Attached []bot.File
	// Narrow says that its reader was only asked: he has the words of the case, its files and the questions to his units.
	Narrow bool
}

// MaxLines is how much of what was said stands in a file.
const MaxLines = 300

// Files gives cases whole.
type Files interface {
	// CaseFile returns a case with all of it that by may see; bot.NotFound when he may not see it, or there is none.
	CaseFile(ctx context.Context, by bot.Staff, number bot.CaseNumber) (File, error)
}

// For is the file as somebody may read it, and whether he may at all: who was only asked has the words of the case and the
// questions to his units.
func (f File) For(by bot.Staff, about []bot.StaffID) (File, bool) {
	switch cases.SightOf(by, f.Case, about, f.Referrals) {
	case cases.SeesCase:
		return f, true
	case cases.SeesQuestion:
		return f.narrow(by), true
	default:
		return File{}, false
	}
}

func (f File) narrow(by bot.Staff) File {
	c := f.Case
	c.Phone, c.Member, c.Next, c.Holder, c.Closure = "", "", bot.Next{}, "", bot.Closure{}
	asked := slices.DeleteFunc(slices.Clone(f.Referrals), func(r bot.Referral) bool { return !by.Serves(r.Unit) || !r.WithdrawnAt.IsZero() })
	return File{Case: c, Chat: bot.Chat{Key: f.Chat.Key, Lang: f.Chat.Lang}, Referrals: asked, Attached: f.Attached, Narrow: true}
}

// Forms are the forms that a case is made of: its own, and those of what was added to it.
func Forms(c bot.Case, entries []bot.CaseEntry) (ids []bot.DraftID) {
	add := func(id bot.DraftID) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	add(c.Draft)
	for _, e := range entries {
		add(e.Draft)
	}
	return ids
}

// Attach adds the files of forms and of what was said, each once.
func (f *File) Attach(forms []bot.Draft) {
	seen := map[string]bool{}
	add := func(file bot.File) {
		if file.ID != "" && !seen[file.ID] {
			f.Attached = append(f.Attached, file)
		}
		seen[file.ID] = true
	}
	for _, form := range forms {
		for _, p := range form.Pieces {
			if p.File != nil {
				add(*p.File)
			}
		}
	}
	for _, l := range f.Lines {
		for _, file := range l.Files {
			add(file)
		}
	}
}
