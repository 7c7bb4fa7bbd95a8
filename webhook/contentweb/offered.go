package contentweb

import (
	"slices"
	"strings"

	"javab/bot"
	"javab/flows"
	"javab/flows/changes"
	"javab/flows/studio"
	"javab/flows/texts"
	"javab/locales/text"
)

// passage is one text that the program has changed, in one language.
type passage struct {
	Path   string // where it stands in the file; empty for a dialogue, which is one text
	Called string // its language; empty for a dialogue
	Reads  string // the direction
	Lang   string // as the browser calls it
	Field  string // in which a choice is sent; empty when there is none to be made
	Sides  []side // as it was, the chamber's, the program's
}

// side is one of the three that a passage has.
type side struct {
	Label  string
	Words  string
	Choice studio.Choice // that it would be; empty: it is none
	Stands bool          // it is the one that the draft will have
}

// shownPassages is how much of one file is laid out: a new file would fill the page.
const shownPassages = 60

// lay sets the three sides beside one another, and tells what else is new.
func (o *offer) lay() {
	o.Told = o.tell()
	if !strings.HasSuffix(o.Name, ".yaml") {
		o.Rows = []passage{o.dialogue()}
		return
	}
	base, mine, theirs := spoken(o.Base), spoken(o.Mine), spoken(o.Theirs)
	clashes, done := map[spot]texts.Clash{}, map[spot]bool{}
	for _, c := range o.Clashes {
		clashes[spot{c.Path, c.Lang}] = c
	}
	for _, at := range slices.Concat(theirs.order, base.order, mine.order) {
		words, clash := theirs.words[at], clashes[at]
		same := words == mine.words[at] || words == base.words[at] && !o.Whole() // taken whole, the chamber's own goes too
		if done[at] || same && clash.Whole() {
			continue
		}
		done[at] = true
		if len(o.Rows) >= shownPassages && clash.Whole() { // what wants a choice is never left out
			o.More++
			continue
		}
		o.Rows = append(o.Rows, o.passage(at, base.words[at], mine.words[at], words, clash))
	}
}

// passage lays out one of them. Where they clash neither stands before somebody has chosen; where clash is the empty one
// they do not.
func (o *offer) passage(at spot, base, mine, theirs string, clash texts.Clash) passage {
	s := passage{
		Path: at.path, Called: o.called(at.lang), Lang: tagged(at.lang), Reads: cell{Lang: at.lang}.Dir(),
		Sides: []side{
			{Label: o.T("forms.offers.was"), Words: base},
			{Label: o.T("forms.offers.mine"), Words: mine},
			{Label: o.T("forms.offers.theirs"), Words: theirs, Stands: clash.Whole()},
		},
	}
	if !clash.Whole() && !clash.Gone {
		s.Field = choiceOf + studio.Key(clash)
		s.Sides[1].Choice, s.Sides[2].Choice = studio.Mine, studio.Theirs
	}
	return s
}

// dialogue is a file that is one text: members and the bot speak in it in its own language.
func (o *offer) dialogue() passage {
	s := o.passage(spot{}, string(o.Base), string(o.Mine), string(o.Theirs), texts.Clash{})
	s.Reads = "auto"
	return s
}

// tagged is how browsers call a language.
func tagged(lang bot.Lang) string {
	if lang == texts.Finglish {
		return "fa-Latn"
	}
	return string(lang)
}

// called names a language.
func (o *offer) called(lang bot.Lang) string {
	switch {
	case lang == texts.Finglish:
		return o.T("forms.finglish")
	case lang == "":
		return ""
	}
	return o.T("lang." + string(lang))
}

// tell says what the program has changed besides sentences. What cannot be read tells nothing.
func (o *offer) tell() (told []string) {
	for _, c := range o.differences() {
		if c.Kind == changes.TextChanged {
			continue
		}
		data := map[string]any{}
		for name, value := range c.Params() {
			data[name] = text.Isolate(value)
		}
		if c.Lang != "" {
			data["Lang"] = o.called(c.Lang)
		}
		told = append(told, o.web.Shell.Words.T(o.Frame.Lang, "change."+string(c.Kind), data))
	}
	return told
}

func (o *offer) differences() []changes.Change {
	switch {
	case o.Base == nil || o.Theirs == nil: // all of it is new, or gone: the head of the file says so
		return nil
	case isScript(o.Name):
		was, _ := flows.Parse(o.Name, o.Base)
		is, _ := flows.Parse(o.Name, o.Theirs)
		return changes.Between(was, is)
	case strings.HasSuffix(o.Name, ".yaml"):
		list, err := changes.Lists(o.Base, o.Theirs)
		if err != nil {
			return nil // the studio says what is wrong with a file that cannot be read
		}
		return list
	}
	return nil
}

// spot is where a text stands in a file.
type spot struct {
	path string
	lang bot.Lang
}

// said is every text of a file.
type said struct {
	order []spot
	words map[spot]string
}

// spoken reads the texts of a file; one that is not there, or cannot be read, has none.
func spoken(src []byte) said {
	s := said{words: map[spot]string{}}
	rows, err := texts.Read(src)
	if err != nil {
		return s
	}
	for _, r := range rows {
		for _, lang := range append(bot.Langs[:], texts.Finglish) {
			if c, there := r.Cells[lang]; there && !c.Missing {
				s.order, s.words[spot{r.Path, lang}] = append(s.order, spot{r.Path, lang}), c.Text
			}
		}
	}
	return s
}
