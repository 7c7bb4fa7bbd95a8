package app

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"javab/bot"
	"javab/bot/staff"
	"javab/storage"
	"javab/storage/memstore"
	"javab/storage/redisstore"
	"javab/webhook/deskweb"
)

func TestWhoseSessionEndsIsToldOnceItHasEnded(t *testing.T) {
	var told []bot.StaffID
	store := endings{storage.As[staff.Tx](memstore.New()), func(_ context.Context, who bot.StaffID) { told = append(told, who) }}
	ctx, life := t.Context(), opening
	failed := errors.New("no")
	for _, row := range []struct {
		what string
		act  func(staff.Tx) error
		want []bot.StaffID
	}{
		{"sessions begin", func(tx staff.Tx) error {
			return errors.Join(
				tx.SaveSession(ctx, staff.Session{ID: "a", Staff: "1", SeenAt: life}), tx.SaveSession(ctx, staff.Session{ID: "b", Staff: "2", SeenAt: life}),
			)
		}, nil},
		{"one ends in vain", func(tx staff.Tx) error { return errors.Join(tx.EndSession(ctx, "a"), failed) }, nil},
		{"one ends", func(tx staff.Tx) error { return tx.EndSession(ctx, "a") }, []bot.StaffID{"1"}},
		{"it ends again", func(tx staff.Tx) error { return tx.EndSession(ctx, "a") }, nil},
		{"one is locked", func(tx staff.Tx) error { return tx.SaveSession(ctx, staff.Session{ID: "b", Staff: "2"}) }, []bot.StaffID{"2"}},
		{"all of somebody's end", func(tx staff.Tx) error { _, err := tx.EndSessions(ctx, "2", ""); return err }, []bot.StaffID{"2"}},
	} {
		told = nil
		if err := store.Do(ctx, row.act); err != nil && !errors.Is(err, failed) {
			t.Fatal(row.what, err)
		}
		if !slices.Equal(told, row.want) {
			t.Errorf("%s: told of %v, want %v", row.what, told, row.want)
		}
	}
}

func TestAnAccountThatIsDisabledInTheShellEndsItsStreamsByRedis(t *testing.T) {
	server := miniredis.RunT(t)
	i := install(t, "JAVAB_REDIS=redis://"+server.Addr())
	i.want(i.run("migrate"), 0)
	i.want(i.run("staff", "add", "sara", "--name", "Sara", "--units", "member_relations"), 0)
	i.want(i.run("staff", "add", "root", "--name", "Root", "--role", "admin"), 0)
	hot, err := redisstore.Open(redisstore.Config{URL: "redis://" + server.Addr(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer hot.Close()
	told, err := deskSignals{wire: hot}.Subscribe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for server.PubSubNumSub("javab:" + deskTopic)["javab:"+deskTopic] == 0 {
		time.Sleep(time.Millisecond)
	}
	i.want(i.run("staff", "disable", "sara"), 0)
	if s := <-told; s.Kind != deskweb.SessionEnded || s.By == "" {
		t.Errorf("told %+v", s)
	}
	server.Close()
	i.want(i.run("staff", "password", "root"), 0) // Redis may be away: losing a signal is harmless
}
