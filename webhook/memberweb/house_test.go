package memberweb

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/converse"
	"javab/bot/members"
	"javab/locales/text"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook/page"
	"javab/webhook/page/pagetest"
)

// noon is Saturday 2026-11-21, 10:49 in Tehran.
var noon = time.Date(2026, time.November, 21, 7, 19, 0, 0, time.UTC)

// town is testdata/register.yaml.
type town struct {
	Members []struct {
		ID, Chat, Name, Company, Phone, Email, Number string
		NationalID                                    string `yaml:"national_id"`
		Verified                                      bool
	}
	Messages []struct{ Chat, Text string }
	Typed    struct{ Name, Words string }
	Subjects map[bot.CaseKind][]string
	Names    map[string]bot.Text
}

// house is the pages over a store in memory.
type house struct {
	*Register
	*pagetest.Site
	town
	store  *memstore.Store
	down   error // what every read of the register answers
	opens  map[bot.ChatKey]bool
	linked []string
	opened []bot.Call // cases that were asked for
	refuse error      // the answer to a link
}

func open(t *testing.T) *house {
	t.Helper()
	me := bot.Staff{ID: "sara", Name: "Sara", Role: bot.RoleSenior, Units: []bot.UnitID{"member_relations", "finance"}, Lang: bot.En, Confidential: true}
	h := &house{store: memstore.New(), opens: map[bot.ChatKey]bool{"tg:b:1": true, "bale:b:2": true}}
	h.Site = pagetest.Open(t, me, func() time.Time { return noon }, page.Place{URL: "/members", ID: "members.rail", Icon: "users"})
	raw, err := os.ReadFile("testdata/register.yaml")
	if err == nil {
		err = yaml.UnmarshalWithOptions(raw, &h.town, yaml.Strict())
	}
	if err != nil {
		t.Fatal(err)
	}
	h.populate(t)
	h.Register = h.register()
	if err := h.Mount(h.Web); err != nil {
		t.Fatal(err)
	}
	return h
}

func (h *house) register() *Register {
	made := 0
	return &Register{
		Shell:  h.Frame,
		Office: &members.Office{Store: failing{storage.As[members.OfficeTx](h.store), h}, Clock: func() time.Time { return noon }, Open: h.file},
		Linker: h, People: h, Content: h,
		Opens: func(_ context.Context, _ bot.Staff, chat bot.ChatKey) bool { return h.opens[chat] },
		From:  func(echo.Context) string { return "192.0.2.7" },
		ID:    func() string { made++; return fmt.Sprint("id", made) },
	}
}

// failing is a store that can be away.
type failing struct {
	storage.Narrow[members.OfficeTx]
	h *house
}

func (f failing) Search(ctx context.Context, q members.Query) ([]members.Hit, error) {
	hits, err := f.Narrow.Search(ctx, q)
	return hits, errors.Join(f.h.down, err)
}

func (f failing) ReadMembers(ctx context.Context, by bot.Staff, after members.Cursor, limit int) ([]bot.Member, error) {
	list, err := f.Narrow.ReadMembers(ctx, by, after, limit)
	return list, errors.Join(f.h.down, err)
}

// file opens a case as the procedure does: once for each event.
func (h *house) file(_ context.Context, _ members.OfficeTx, call bot.Call) (bot.Result, error) {
	if call.With["category"] == "staff" {
		return bot.Result{Outcome: "unavailable"}, nil
	}
	if len(h.opened) == 0 || h.opened[len(h.opened)-1].Event != call.Event {
		h.opened = append(h.opened, call)
	}
	return bot.Result{Outcome: "ok", Vars: map[string]bot.Value{
		"case.number": {Text: "JV-1405-000123-7"}, "case.due": {At: noon.Add(50 * time.Hour).UnixMilli()}, "case.first_answer": {At: noon.Add(3 * time.Hour).UnixMilli()},
	}}, nil
}

func (h *house) Link(_ context.Context, by bot.Staff, chat bot.ChatKey, to bot.MemberID, reason string) error {
	h.linked = append(h.linked, fmt.Sprintf("%s links %s to %s: %s", by.ID, chat, to, reason))
	return h.refuse
}

func (h *house) Unlink(_ context.Context, by bot.Staff, chat bot.ChatKey, reason string) error {
	h.linked = append(h.linked, fmt.Sprintf("%s unlinks %s: %s", by.ID, chat, reason))
	return h.refuse
}

func (h *house) AllStaff(context.Context) ([]bot.Staff, error) { return []bot.Staff{h.Me}, nil }
func (h *house) Units() []bot.UnitID                           { return []bot.UnitID{"member_relations", "finance", "cards"} }
func (h *house) Unit(id bot.UnitID, _ bot.Lang) string         { return "unit " + string(id) }
func (h *house) Subjects(kind bot.CaseKind) []string           { return h.town.Subjects[kind] }

func (h *house) Topic(id string, lang bot.Lang) string {
	if name, known := h.Names[id]; known {
		return name.In(lang)
	}
	return "topic " + id
}

// populate makes the members with their chats, and lets them speak.
func (h *house) populate(t *testing.T) {
	t.Helper()
	h.do(t, func(ctx context.Context, tx storage.Tx) error {
		for i, m := range h.Members {
			if m.Chat != "" {
				chat := bot.Chat{Key: bot.ChatKey(m.Chat), Rev: 1, Lang: bot.Fa, Mode: bot.ModeBot, Since: noon}
				receipt := bot.ReceiptKey{Source: "tg", ID: m.ID}
				if _, err := tx.Accept(ctx, converse.Acceptance{Receipt: receipt, At: noon, Chat: chat}); err != nil {
					return err
				}
			}
			member := bot.Member{
				ID: bot.MemberID(m.ID), Name: m.Name, Company: m.Company, Phone: m.Phone, Email: m.Email, NationalID: m.NationalID,
				MembershipNo: m.Number, Verified: m.Verified, CreatedAt: noon.Add(-time.Duration(i) * time.Hour),
			}
			if i == 0 {
				member.Consent = map[string]time.Time{"case_contact": noon, "!email": noon}
			}
			if err := tx.SaveMember(ctx, member, bot.ChatKey(m.Chat)); err != nil {
				return err
			}
		}
		var rows converse.Rows
		for _, m := range h.Messages {
			rows.Messages = append(rows.Messages, bot.Message{
				Chat: bot.ChatKey(m.Chat), Direction: bot.In, Author: bot.ByMember, Kind: bot.KindText, Text: m.Text, SearchKey: text.Fold(m.Text),
				Unit: "member_relations", Files: []bot.File{{ID: m.Chat, Kind: "photo", Name: "Card 7.jpg", Size: 214_000, State: bot.FileStored}}, At: noon,
			})
		}
		_, err := tx.Append(ctx, rows, bot.Lease{})
		return err
	})
}

func (h *house) do(t *testing.T, f func(context.Context, storage.Tx) error) {
	t.Helper()
	if err := h.store.Do(t.Context(), func(tx storage.Tx) error { return f(t.Context(), tx) }); err != nil {
		t.Fatal(err)
	}
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

// profile is a member as the store has him.
func (h *house) profile(t *testing.T, id bot.MemberID) members.Profile {
	t.Helper()
	p, err := h.store.ReadProfile(t.Context(), h.Me, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// audited are the acts of the audit on a subject, oldest first.
func (h *house) audited(t *testing.T) (list []string) {
	t.Helper()
	lines, err := h.store.AuditLines(t.Context(), allLines)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines {
		list = append([]string{fmt.Sprintf("%s %s %s: %s (%s)", l.By, l.What, l.Subject, l.Reason, l.From)}, list...)
	}
	return list
}
