package app

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/labstack/echo/v4"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/bot/staff"
	"javab/bot/training"
	"javab/flows/personas"
	"javab/locales"
	"javab/storage"
	"javab/storage/memstore"
	"javab/webhook"
	"javab/webhook/assets"
	"javab/webhook/auth"
)

// lesson is testdata/training/<persona>.yaml.
type lesson struct {
	Good, Bad, Corrected []deed
	Missed               []string
}

// deed is what an officer does, and how long he then waits.
type deed struct {
	Do   string
	Say  bot.Text
	Unit bot.UnitID
	Wait string
}

// classroom is a house in which people practise. It serves nobody else.
type classroom struct {
	*practice
	real *listening
}

// listening is a real store that counts who writes into it.
type listening struct {
	storage.Store
	written int
}

func (l *listening) Do(ctx context.Context, f func(storage.Tx) error) error {
	l.written++
	return l.Store.Do(ctx, f)
}

func (l *listening) CommitTurn(ctx context.Context, a converse.Acceptance, rows converse.Rows, lease bot.Lease) (converse.Verdict, []bot.Job, error) {
	l.written++
	return l.Store.CommitTurn(ctx, a, rows, lease)
}

// openClassroom puts one up in the bubble of a test: its clock begins on a Sunday morning in Tehran.
func openClassroom(t testing.TB) *classroom {
	t.Helper()
	begun := time.Now()
	env := System()
	env.Clock = func() time.Time { return opening.Add(time.Since(begun)) }
	real := &listening{Store: memstore.New()}
	h := &house{env: env, log: slog.New(slog.NewTextHandler(failing{t}, nil)), store: real, library: builtIn(t), hot: &memstore.Hot{Now: env.Clock}}
	words, err := locales.New(h.log)
	if err != nil {
		t.Fatal(err)
	}
	set, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	p := &people{words: words, assets: set, auth: &auth.Auth{
		Gate: &staff.Gate{Clock: env.Clock}, Reads: real, Words: words, Assets: set, Page: webhook.Page, Nonce: webhook.Nonce, Now: env.Clock,
	}}
	if err := p.auth.Mount(echo.New()); err != nil {
		t.Fatal(err)
	}
	room := &classroom{real: real}
	if room.practice, err = h.openPractice(p); err != nil {
		t.Fatal(err)
	}
	return room
}

// failing fails a test for whatever is logged.
type failing struct{ t testing.TB }

func (f failing) Write(line []byte) (int, error) {
	f.t.Errorf("the log says: %s", line)
	return len(line), nil
}

// novice is who practises. Outside she is a manager: in a sandbox everybody is an officer.
func novice(lang bot.Lang) bot.Staff {
	return bot.Staff{ID: "7", Login: "sara", Name: "Sara", Role: bot.RoleManager, Units: []bot.UnitID{"finance"}, Lang: lang}
}

// teaches plays an exercise and returns the checklist.
func (s *classroom) teaches(t *testing.T, persona string, lang bot.Lang, deeds []deed) training.Exercise {
	t.Helper()
	by := novice(lang)
	if err := s.Start(t.Context(), by, persona, lang); err != nil {
		t.Fatalf("%v: %v", err, errors.Unwrap(err))
	}
	box := s.touch(by.ID)
	for i, d := range deeds {
		if err := box.does(t.Context(), d, lang, strconv.Itoa(i)); err != nil {
			t.Fatalf("%s %s: %s %s: %v", persona, lang, d.Do, d.Say.In(lang), err)
		}
		wait, err := time.ParseDuration(d.Wait)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(wait)
	}
	if err := s.Finish(t.Context(), by.ID); err != nil {
		t.Fatal(err)
	}
	now, _ := s.Running(by.ID)
	return now.Exercise
}

func (s *sandbox) does(ctx context.Context, d deed, lang bot.Lang, id string) error {
	words := d.Say.In(lang)
	switch d.Do {
	case "claims":
		return s.desk.Claim(ctx, s.officer, s.chat)
	case "notes":
		return s.desk.Note(ctx, s.officer, s.chat, desk.Note{ID: id, Text: words})
	case "transfers":
		return s.desk.Transfer(ctx, s.officer, s.chat, desk.To{Unit: d.Unit, Reason: "it is theirs"})
	case "closes":
		return s.desk.Close(ctx, s.officer, s.chat, desk.Ending{Outcome: "solved", Greet: true})
	case "waits":
		return nil
	}
	return s.desk.Reply(ctx, s.officer, s.chat, desk.Reply{ID: id, Text: words, Sure: s.desk.Hints(words)})
}

// lessons are those of all personas.
func lessons(t *testing.T) map[string]lesson {
	t.Helper()
	all := map[string]lesson{}
	for _, persona := range []string{"renewal", "export", "refund"} {
		src, err := os.ReadFile("testdata/training/" + persona + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		var one lesson
		if err := yaml.UnmarshalWithOptions(src, &one, yaml.Strict()); err != nil {
			t.Fatal(err)
		}
		all[persona] = one
	}
	return all
}

// with are the items of a checklist with a verdict.
func with(found []training.Finding, v training.Verdict) (ids []string) {
	for _, f := range found {
		if f.Verdict == v {
			ids = append(ids, f.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

func TestAGoodOfficerMeetsTheWholeChecklistOfEveryPersonaAndABadOneDoesNot(t *testing.T) {
	all := lessons(t)
	for _, persona := range slices.Sorted(maps.Keys(all)) {
		for _, lang := range bot.Langs {
			t.Run(persona+" "+string(lang), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					s := openClassroom(t)
					defer s.Leave("7")
					s.teaches(t, persona, lang, all[persona].Good)
					good := s.touch("7")
					if missed := with(good.found, training.Unmet); len(missed) > 0 {
						t.Errorf("the good officer misses %v\n%s", missed, good.told(t))
					}
					s.teaches(t, persona, lang, all[persona].Bad)
					bad := s.touch("7")
					want := slices.Sorted(slices.Values(all[persona].Missed))
					if missed := with(bad.found, training.Unmet); !slices.Equal(missed, want) {
						t.Errorf("the bad officer misses %v, want %v\n%s", missed, want, bad.told(t))
					}
				})
			})
		}
	}
}

// told is an exercise as a test shows it.
func (s *sandbox) told(t *testing.T) (out string) {
	t.Helper()
	thread, err := s.thread(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range thread.Lines {
		out += string(l.Author) + " " + string(l.Direction) + " " + l.Flow + "/" + l.Step + ": " + l.Text + "\n"
	}
	return out
}

func TestNothingOfAnExerciseReachesTheRealHouseButHowItWent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openClassroom(t)
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		told := 0
		for _, topic := range []string{deskTopic, storage.Moved, liveTopic, hoursTopic} {
			ear, err := s.hot.Subscribe(ctx, topic)
			if err != nil {
				t.Fatal(err)
			}
			go func() {
				for range ear {
					told++
				}
			}()
		}
		good := lessons(t)["refund"].Good
		began := s.env.Clock()
		done := s.teaches(t, "refund", bot.En, good)
		if s.real.written != 1 || told != 0 {
			t.Errorf("the real house was written to %d times and told %d times, want 1 and 0", s.real.written, told)
		}
		if err := s.Finish(t.Context(), "7"); err != nil { // once more: it is kept once
			t.Fatal(err)
		}
		list, _, err := s.office.Done(t.Context(), novice(bot.En))
		if err != nil || !slices.Equal(list, []training.Exercise{done}) {
			t.Errorf("kept are %+v, %v; want %+v", list, err, done)
		}
		if done.Persona != "refund" || done.Lang != bot.En || done.Staff != "7" || !done.Began.Equal(began) || done.Met != done.Of || done.Of == 0 {
			t.Errorf("it went %+v", done)
		}
		lines, err := s.real.AuditLines(t.Context(), staff.AuditQuery{Reader: "9", Limit: 9})
		if err != nil || len(lines) != 1 || lines[0].What != "training.done" || lines[0].By != "7" || lines[0].After != "refund en 11/11" {
			t.Errorf("the audit says %+v, %v", lines, err)
		}
		s.Leave("7")
	})
}

func TestAPromiseIsHeldBackTheMemberReadsNothingAndTheManagerWantsItSaidOtherwise(t *testing.T) {
	for _, lang := range bot.Langs {
		synctest.Test(t, func(t *testing.T) {
			s := openClassroom(t)
			defer s.Leave("7")
			s.teaches(t, "refund", lang, lessons(t)["refund"].Corrected)
			box := s.touch("7")
			if missed := with(box.found, training.Unmet); slices.Contains(missed, "unpromised") || !slices.Contains(missed, "passed_on") {
				t.Errorf("%s: not met is %v\n%s", lang, missed, box.told(t))
			}
		})
	}
}

func TestAMemberPressesTheButtonsOfAProposedResultAsHeWasTreated(t *testing.T) {
	kind := lessons(t)["refund"].Good[:2]
	for want, before := range map[bot.CaseState][]deed{bot.Closed: kind, bot.InWork: kind[:1]} {
		synctest.Test(t, func(t *testing.T) {
			s := openClassroom(t)
			defer s.Leave("7")
			if err := s.Start(t.Context(), novice(bot.En), "refund", bot.En); err != nil {
				t.Fatal(err)
			}
			box := s.touch("7")
			for i, d := range before {
				if err := box.does(t.Context(), d, bot.En, strconv.Itoa(i)); err != nil {
					t.Fatal(err)
				}
				time.Sleep(20 * time.Second)
			}
			thread, err := box.thread(t.Context())
			if err != nil || len(thread.Cases) != 1 {
				t.Fatalf("the member has %d cases, %v", len(thread.Cases), err)
			}
			number := thread.Cases[0].Number
			for _, act := range []cases.Act{cases.Take{}, cases.Begin{}, cases.Propose{ID: "p", Result: "Finance has looked into it."}} {
				if err := box.cases.Do(t.Context(), box.officer, number, act); err != nil {
					t.Fatal(err)
				}
			}
			time.Sleep(time.Minute)
			if c, err := box.store.ReadCase(t.Context(), number); err != nil || c.State != want {
				t.Errorf("the case is %s, %v; want %s", c.State, err, want)
			}
		})
	}
}

func TestEachOfficerHasOneSandboxAndTheHouseHasRoomForSoMany(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openClassroom(t)
		start := func(who int, persona string) error {
			by := novice(bot.Fa)
			by.ID = bot.StaffID(strconv.Itoa(who))
			return s.Start(t.Context(), by, persona, bot.Fa)
		}
		for who := range maxSandboxes {
			if err := start(who, "renewal"); err != nil {
				t.Fatal(err)
			}
		}
		if err := start(maxSandboxes, "renewal"); bot.KindOf(err) != bot.Unavailable {
			t.Errorf("one too many is let in: %v", err)
		}
		if err := start(3, "export"); err != nil || len(s.rooms) != maxSandboxes {
			t.Errorf("another one for the same officer: %v, %d rooms", err, len(s.rooms))
		}
		if now, _ := s.Running("3"); now.Persona.ID != "export" {
			t.Errorf("he practises %s", now.Persona.ID)
		}
		if err := start(4, "opera"); bot.KindOf(err) != bot.Invalid {
			t.Errorf("an exercise that is none: %v", err)
		}
		if _, is := s.Running("4"); !is {
			t.Error("who asks for nonsense loses what he has")
		}
		time.Sleep(sandboxIdle - time.Minute)
		s.touch("5")
		time.Sleep(time.Minute)
		s.sweep()
		if _, is := s.Running("5"); !is || len(s.rooms) != 1 {
			t.Errorf("%d rooms are left", len(s.rooms))
		}
		s.end(func(bot.StaffID, *trainee) bool { return true })
	})
}

func TestTheEndOfTheProgramEndsEverySandboxAndLetsNobodyBeginOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openClassroom(t)
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.run(ctx) }()
		if err := s.Start(t.Context(), novice(bot.Ar), "export", bot.Ar); err != nil {
			t.Fatal(err)
		}
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
		if _, is := s.Running("7"); is {
			t.Error("a sandbox has outlived the program")
		}
		if err := s.Start(t.Context(), novice(bot.Ar), "export", bot.Ar); bot.KindOf(err) != bot.Unavailable {
			t.Errorf("one begins after the end: %v", err)
		}
	})
}

func TestWhoeverWritesWithoutEndHasFinishedHisExercise(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := openClassroom(t)
		defer s.Leave("7")
		if err := s.Start(t.Context(), novice(bot.En), "renewal", bot.En); err != nil {
			t.Fatal(err)
		}
		box := s.touch("7")
		claim := box.desk.Claim(t.Context(), box.officer, box.chat)
		for i := range practiceLines {
			if err := box.desk.Note(t.Context(), box.officer, box.chat, desk.Note{ID: strconv.Itoa(i), Text: "again"}); err != nil || claim != nil {
				t.Fatal(err, claim)
			}
		}
		time.Sleep(2 * time.Second)
		if now, _ := s.Running("7"); len(now.Found) == 0 || s.real.written != 1 {
			t.Errorf("%d items are judged, %d times kept", len(now.Found), s.real.written)
		}
	})
}

func TestAnExerciseBeginsInOpeningHours(t *testing.T) {
	book, err := workingHours(opening)
	if err != nil {
		t.Fatal(err)
	}
	calendar := book.For("")
	day := opening.Truncate(24 * time.Hour)
	for _, now := range []time.Time{opening, day.Add(2 * time.Hour), day.Add(11 * time.Hour), day.Add(20 * time.Hour), day.Add(-60 * time.Hour)} {
		at := inHours(calendar, now)
		if !calendar.Open(at) || !calendar.Open(at.Add(practiceTime)) || at.After(now) || now.Sub(at) > 5*24*time.Hour {
			t.Errorf("at %v it begins at %v", now, at)
		}
	}
	if at := inHours(calendar, opening); !at.Equal(opening) {
		t.Errorf("in the morning it begins at %v", at)
	}
}

func TestPersonasPassMembersOnlyToUnitsThatThereAre(t *testing.T) {
	all, err := training.Load(personas.FS)
	if err != nil {
		t.Fatal(err)
	}
	units := builtIn(t).Units()
	for _, p := range all {
		for _, item := range p.Checks {
			if item.Unit != "" && !slices.Contains(units, item.Unit) {
				t.Errorf("%s: there is no unit %s", p.ID, item.Unit)
			}
		}
	}
}

func BenchmarkAnExerciseBegins(b *testing.B) {
	s := openClassroom(b)
	for b.Loop() {
		if err := s.Start(b.Context(), novice(bot.Fa), "refund", bot.Fa); err != nil {
			b.Fatal(err)
		}
	}
	s.Leave("7")
}
