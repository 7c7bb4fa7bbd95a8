package content

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"javab/bot"
	"javab/bot/faq"
	"javab/flows"
)

// files are the lists of the content as their files have them, each with its source.
type files struct {
	answers    answersFile
	services   servicesFile
	complaints complaintsFile
	requests   requestsFile
	units      unitsFile
	variables  variablesFile
	system     systemFile
	features   featuresFile
	names      namesFile
	replies    repliesFile
	manners    mannersFile
	words      wordsFile
	unfit      []faq.Unfit // of the words
	promises   Promises

	sources map[string]*source // by name without the ending
	scripts []*source
}

// Load reads the scripts (*.yaml) and the lists (content/*.yaml) of a file system, and checks them. It reports all
// problems at once; the bundle is nil when one of them is an error. A file that cannot be read at all is a problem too.
func Load(fsys fs.FS) (*Bundle, []flows.Problem) { return new(Loader).Load(fsys) }

// Load does as the function of that name, and reads only what has changed since the last time.
func (l *Loader) Load(fsys fs.FS) (*Bundle, []flows.Problem) {
	digest := digestOf(fsys)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.loads++
	found, known := l.lately.find(digest)
	if !known {
		found = finding{digest: digest}
		found.bundle, found.problems = l.load(fsys)
		l.lately.keep(found)
	}
	return found.bundle, slices.Clone(found.problems)
}

func (l *Loader) load(fsys fs.FS) (*Bundle, []flows.Problem) {
	var problems []flows.Problem
	f := l.readFiles(fsys, &problems)
	scripts := l.readScripts(fsys, f, &problems)
	k := l.together(f)
	b := k.with(scripts)
	problems = append(problems, k.problems...)
	problems = append(problems, flows.Check(scripts, b.Env())...)
	lint(f, b, k, l.heard.next(), &problems)
	flows.SortProblems(problems)
	if flows.HasErrors(problems) {
		return nil, problems
	}
	b.Program = flows.Compile(scripts, b.Env())
	return b, problems
}

// readFiles decodes every list file.
func (l *Loader) readFiles(fsys fs.FS, problems *[]flows.Problem) *files {
	f := &files{sources: map[string]*source{}}
	f.sources["answers"] = decodeLong(l, fsys, "answers", &f.answers, func(f *answersFile) *[]answerEntry { return &f.Answers }, problems)
	f.sources["services"] = decode(l, fsys, "services", &f.services, problems)
	f.sources["complaints"] = decode(l, fsys, "complaints", &f.complaints, problems)
	f.sources["requests"] = decode(l, fsys, "requests", &f.requests, problems)
	f.sources["units"] = decode(l, fsys, "units", &f.units, problems)
	f.sources["variables"] = decode(l, fsys, "variables", &f.variables, problems)
	f.sources["system"] = decode(l, fsys, "system", &f.system, problems)
	f.sources["features"] = decode(l, fsys, "features", &f.features, problems)
	f.sources["names"] = decode(l, fsys, "names", &f.names, problems)
	f.sources["promises"] = decode(l, fsys, "promises", &f.promises, problems)
	f.sources["replies"] = decode(l, fsys, "replies", &f.replies, problems)
	f.sources["manners"] = decode(l, fsys, "manners", &f.manners, problems)
	if _, err := fs.Stat(fsys, "content/words.yaml"); err == nil { // content that is older than the file has none
		f.sources["words"] = decode(l, fsys, "words", &f.words, problems)
	}
	return f
}

// readScripts parses every script. Its source is kept for the lint of its texts.
func (l *Loader) readScripts(fsys fs.FS, f *files, problems *[]flows.Problem) []*flows.Script {
	var scripts []*flows.Script
	names, _ := fs.Glob(fsys, "*.yaml")
	for _, name := range names {
		s, script := l.script(fsys, name, problems)
		if script == nil {
			continue
		}
		scripts = append(scripts, script)
		f.scripts = append(f.scripts, s)
		if flow := strings.TrimSuffix(path.Base(name), ".yaml"); script.Flow.Text != flow && script.Flow.Text != "" {
			s.fail(nil, "content.flow_name", "Flow", script.Flow.Text, "File", flow)
		}
	}
	return scripts
}

// build puts the bundle together from whatever could be read of the lists.
func build(f *files) *Bundle {
	a := assemble(f)
	b := &Bundle{
		Promises: f.promises, Variables: a.vars, Features: a.on, System: f.system.Texts, lists: a.lists,
		Replies: a.replies(), Manners: f.manners.words(), categories: map[string]bot.Category{}, kinds: map[bot.CaseKind]kind{},
	}
	for _, u := range f.units.Units {
		b.Units = append(b.Units, Unit{
			ID: bot.UnitID(u.ID), Parent: bot.UnitID(u.Parent), Code: u.Code, Name: u.Name, Processes: u.Processes,
		})
	}
	for _, e := range f.answers.Answers {
		b.Answers = append(b.Answers, e.answer(a))
	}
	for _, c := range f.complaints.Categories {
		b.file(bot.Complaint, "categories", c.Matter)
		for _, lang := range bot.Langs {
			b.suggested = append(b.suggested, Phrased{ID: "categories/" + c.Matter.ID, Lang: lang, Phrasings: c.phrasings(lang)})
		}
	}
	for _, r := range f.requests.Requests {
		b.file(bot.Request, "requests", r.Matter)
	}
	for _, m := range f.requests.Others {
		of, in := bot.Request, "requests"
		if m.ID == string(bot.Suggestion) {
			of, in = bot.Suggestion, "matters"
		}
		b.file(of, in, m)
	}
	return b
}

// file notes a matter as a category of one kind of case.
func (b *Bundle) file(of bot.CaseKind, in string, m matter) {
	k, ok := b.kinds[of]
	if !ok {
		k = kind{list: in, ids: map[string]bool{}}
		b.kinds[of] = k
	}
	k.ids[m.ID] = true
	b.categories[m.ID] = bot.Category{
		ID: m.ID, Name: m.Name, Unit: bot.UnitID(m.Unit), Urgency: m.Urgency, Confidential: m.Confidential,
		SLAHours: m.SLAHours, FirstResponseHours: m.FirstResponseHours,
	}
}

func (c categoryEntry) phrasings(lang bot.Lang) []string {
	switch lang {
	case bot.Ar:
		return c.Phrasings.Ar
	case bot.En:
		return c.Phrasings.En
	default:
		return c.Phrasings.Fa
	}
}

func (e answerEntry) answer(a *assembly) Answer {
	until, _ := time.Parse(time.DateOnly, e.ValidUntil)
	return Answer{
		ID: e.ID, Topic: e.Topic, Service: e.Service, Next: e.Next, Unit: bot.UnitID(e.Unit), Title: e.Title, Question: e.Q,
		Text: a.expand(a.promised(e.Feature, e.A, e.Without)), Risk: e.Risk, Basis: e.Basis, ValidUntil: until,
		Phrasings: map[bot.Lang][]string{
			bot.Fa: append([]string{e.Q.Fa}, e.Alt.Fa...),
			bot.Ar: append([]string{e.Q.Ar}, e.Alt.Ar...),
			bot.En: append([]string{e.Q.En}, e.Alt.En...),
		},
		Finglish: e.Alt.Fin,
	}
}
