package studioweb

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/flows/studio"
	"javab/webhook/page"
)

// list is the scripts, the other files of the content, what was published lately, and scripts to begin with.
type list struct {
	screen
	Said      string
	Scripts   []entry
	Others    []entry // lists
	Dialogues []entry
	Drafts    []entry // of the reader
	Published int     // the version that he has just published
	Requests  []request
	Versions  []version
	Templates []template
}

// entry is one file in a list.
type entry struct {
	studio.Sheet
	screen
	Flow  string // empty when it is no script
	Title string
	Chats int      // in which it was used in the last days
	Waits []string // names of colleagues who have drafts of it too
}

func (w *Web) showList(c echo.Context) error {
	l, err := w.list(c)
	if err != nil {
		return w.Refuse(c, err)
	}
	return w.views.Render(c, http.StatusOK, "list", l)
}

func (w *Web) list(c echo.Context) (*list, error) {
	l := &list{screen: w.screen(c, "studio.title")}
	ctx := c.Request().Context()
	sheets, err := w.Sheets.Files(ctx, l.By.ID)
	if err != nil {
		return nil, err
	}
	bodies, err := w.Content.Draft(ctx, l.By.ID)
	if err != nil {
		return nil, err
	}
	staff, err := page.ReadStaff(ctx, w.People)
	if err != nil {
		return nil, err
	}
	uses, err := w.Counts.Uses(ctx, usedIn)
	if err != nil {
		return nil, err
	}
	for _, sheet := range sheets {
		e := entry{Sheet: sheet, screen: l.screen, Flow: flowOf(sheet.Name), Title: sheet.Name}
		for _, id := range sheet.Others {
			e.Waits = append(e.Waits, staff.Name(id))
		}
		switch {
		case strings.HasSuffix(sheet.Name, ".chat"):
			l.Dialogues = append(l.Dialogues, e)
		case e.Flow == "":
			l.Others = append(l.Others, e)
		default:
			e.Chats = uses[e.Flow]
			e.Title = cmp.Or(w.titleOf(sheet.Name, bodies[sheet.Name], l.Lang), e.Flow)
			l.Scripts = append(l.Scripts, e)
		}
		if sheet.Drafted {
			l.Drafts = append(l.Drafts, e)
		}
		l.Published = justPublished(c, sheet.Live)
	}
	slices.SortStableFunc(l.Scripts, func(a, b entry) int { return b.weight() - a.weight() })
	if l.Versions, err = w.versions(c, l.screen, staff); err != nil {
		return nil, err
	}
	if l.Requests, err = w.waiting(c, l.screen, staff); err != nil {
		return nil, err
	}
	l.Versions = l.Versions[:min(len(l.Versions), lately)]
	l.Templates, err = l.templates()
	return l, err
}

// The list shows so many versions, and the use of so many days.
const (
	lately = 5
	usedIn = 7
)

// weight puts what wants somebody's attention first: a file that clashes, then problems, then drafts.
func (e entry) weight() int {
	switch {
	case e.Clashes:
		return 4
	case e.Errors > 0:
		return 3
	case e.Drafted:
		return 2
	case e.Warnings > 0:
		return 1
	default:
		return 0
	}
}

// titleOf is what a script calls its flow.
func (w *Web) titleOf(name string, body []byte, lang bot.Lang) string {
	script := w.Content.Script(name, body)
	if script == nil {
		return ""
	}
	if said := script.Title.In(lang); said != nil {
		return said.Raw
	}
	return ""
}

// URL leads to the file.
func (e entry) URL() string { return urlOf(e.Name) }

// Back is the page to which whoever does something with it returns.
func (e entry) Back() string { return "/studio" }

// Back is the page to which publishing returns.
func (l *list) Back() string { return "/studio" }

// Spoken is what the scripts of the page say.
func (l *list) Spoken() (string, error) { return l.speak(ofPublishing, nil) }

// Changed counts the dialogues of which the reader has a draft.
func (l *list) Changed() (n int) {
	for _, e := range l.Dialogues {
		if e.Drafted {
			n++
		}
	}
	return n
}
