package studioweb

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/funnel"
	"javab/flows"
	"javab/flows/content"
	"javab/flows/fixes"
	"javab/flows/scripts"
	"javab/flows/studio"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// noon is Saturday 2026-11-21, 10:49 in Tehran.
var noon = time.Date(2026, time.November, 21, 7, 19, 0, 0, time.UTC)

// builtIn is the content that the program comes with, read once; bundle is the same, loaded.
var (
	builtIn = sync.OnceValue(func() studio.Folder {
		folder, err := studio.ReadFolder(scripts.FS)
		if err != nil {
			panic(err)
		}
		return folder
	})
	bundle = sync.OnceValue(func() *content.Bundle {
		loaded, problems := content.Load(builtIn())
		if loaded == nil {
			panic(content.Describe(problems[0]))
		}
		return loaded
	})
)

// house is the pages over a studio in memory. Dialogues go as a test says, and trials too.
type house struct {
	*Web
	*pagetest.Site
	studio *studio.Studio
	store  *memstore.Store
	ids    int
	plays  []studio.Played
	tried  []Trial
	mends  *flows.Fix
	refuse error // the answer of a trial
	counts fixedCounts
}

func open(t *testing.T) *house {
	t.Helper()
	h := &house{store: memstore.New()}
	me := bot.Staff{ID: "ann", Login: "ann", Name: "Ann", Role: bot.RoleAdmin, Lang: bot.En}
	h.Site = pagetest.Open(t, me, func() time.Time { return noon }, page.Place{URL: "/studio", ID: "studio.rail", Icon: "workflow"})
	h.studio = &studio.Studio{
		Store: storage.As[studio.Tx](h.store), Clock: func() time.Time { return noon }, BuiltIn: builtIn(), Loader: new(content.Loader), Log: slog.New(slog.DiscardHandler),
		ID: func() string { h.ids++; return fmt.Sprint("id", h.ids) },
		Play: func(_ context.Context, _ fs.FS, progress func(done, all int)) ([]studio.Played, error) {
			progress(1, 2)
			progress(2, 2)
			return h.plays, nil
		},
	}
	for _, one := range []bot.Staff{me, {ID: "bob", Login: "bob", Name: "Bob", Role: bot.RoleAdmin}} {
		if err := h.store.Do(t.Context(), func(tx storage.Tx) error { return tx.SaveStaff(t.Context(), one) }); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := h.studio.Found(t.Context()); err != nil {
		t.Fatal(err)
	}
	h.Web = &Web{
		Shell: h.Frame, Sheets: h.studio, Fresh: h.studio, Press: h.studio, Second: h.studio, Past: h.studio, Content: mending{h.studio, h}, Language: language{}, Stage: h,
		Counts: h,
		People: h.store,
	}
	if err := h.Mount(h.Site.Web); err != nil {
		t.Fatal(err)
	}
	return h
}

// mending offers one fix for the first problem of a file.
type mending struct {
	*studio.Studio
	*house
}

func (m mending) Draft(ctx context.Context, who bot.StaffID) (studio.Folder, error) {
	return m.Studio.Draft(ctx, who)
}

func (m mending) Check(ctx context.Context, who bot.StaffID, name string, body []byte) ([]flows.Problem, error) {
	return m.Studio.Check(ctx, who, name, body)
}

func (m mending) Fix(name string, _ []byte, found []flows.Problem) []flows.Problem {
	found = slices.Clone(found)
	for i := range found {
		if found[i].File == name && m.mends != nil {
			found[i].Fix = m.mends
			break
		}
	}
	return found
}

// Insert puts a block where the built-in content has no new error with it.
func (mending) Insert(name string, body []byte, after string, block fixes.Block) ([]byte, string, error) {
	check := func(src []byte) []flows.Problem {
		script, problems := flows.Parse(name, src)
		others := slices.DeleteFunc(slices.Clone(bundle().Scripts), func(s *flows.Script) bool { return s.File == name })
		return append(problems, flows.Check(append(others, script), bundle().Env())...)
	}
	return fixes.Fixer{Env: bundle().Env(), Check: check}.Insert(body, after, block)
}

// language is that of the built-in content.
type language struct{}

func (language) Env() flows.Env      { return bundle().Env() }
func (language) ListNames() []string { return bundle().ListNames() }
func (language) FlowNames() []string { return []string{"complaint", "home"} }

// Try answers every trial alike.
func (h *house) Try(_ context.Context, _ bot.StaffID, t Trial) (Tried, error) {
	h.tried = append(h.tried, t)
	return Tried{
		Lines: []Line{{Who: "bot", Text: "Hello", Flow: "home", Step: "menu", Keys: []string{"Services"}, Live: true}},
		Flow:  "home", Step: "menu", Now: noon, Chat: []byte("language en\n\nmember\n  hello\n"),
	}, h.refuse
}

func (h *house) get(t *testing.T, path string, cookies ...string) *httptest.ResponseRecorder {
	t.Helper()
	return h.Serve(pagetest.Request(t, "GET", path, nil, cookies...))
}

func (h *house) post(t *testing.T, path string, fields ...string) *httptest.ResponseRecorder {
	t.Helper()
	form := url.Values{}
	for i := 0; i+1 < len(fields); i += 2 {
		form.Set(fields[i], fields[i+1])
	}
	return h.Serve(pagetest.Request(t, "POST", path, form))
}

// text is a file as somebody sees it.
func (h *house) text(t *testing.T, who bot.StaffID, name string) studio.Sheet {
	t.Helper()
	sheet, err := h.studio.Open(t.Context(), who, name)
	if err != nil {
		t.Fatal(err)
	}
	return sheet
}

// draft keeps a draft of somebody.
func (h *house) draft(t *testing.T, who bot.StaffID, name, body string) {
	t.Helper()
	if _, _, err := h.studio.Save(t.Context(), who, name, h.text(t, who, name).Rev, []byte(body)); err != nil {
		t.Fatal(err)
	}
}

// publish makes somebody's drafts live.
func (h *house) publish(t *testing.T, who bot.StaffID) {
	t.Helper()
	if _, err := h.studio.Publish(t.Context(), who, studio.Publishing{Note: "changed", Warnings: true, Words: true}, nil); err != nil {
		t.Fatal(err)
	}
}

// with is the built-in content with one more file.
func with(name string, body []byte) studio.Folder {
	folder := maps.Clone(builtIn())
	folder[name] = body
	return folder
}

func number(n int) string { return strconv.Itoa(n) }

// fixedCounts are what was counted of every flow.
type fixedCounts []funnel.Stop

// Of implements Counts.
func (h *house) Of(_ context.Context, flow string, _ int) (funnel.Funnel, error) {
	return funnel.Funnel{Flow: flow, Stops: h.counts}, nil
}

// Uses implements Counts.
func (h *house) Uses(context.Context, int) (map[string]int, error) {
	uses := map[string]int{}
	for _, s := range h.counts {
		uses["help"] += s.Entered
	}
	return uses, nil
}
