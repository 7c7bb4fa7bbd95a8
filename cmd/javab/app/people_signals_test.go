package app

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"javab/bot"
	"javab/storage/memstore"
	"javab/webhook/deskweb"
)

func TestASignalOfAChatSaysWhomItReaches(t *testing.T) {
	hot := &memstore.Hot{Now: time.Now}
	standing := map[bot.ChatKey]bot.HandOver{
		"tg:b:1": {Unit: "trade", Confidential: true, Holder: "sara", Named: "omid", About: []bot.StaffID{"mina"}},
	}
	signals := deskSignals{hot, func(_ context.Context, chat bot.ChatKey) (bot.HandOver, error) {
		h, known := standing[chat]
		if !known {
			return h, errors.New("the database is away")
		}
		return h, nil
	}}
	told, err := signals.Subscribe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	hot.Put(bot.Chat{Key: "tg:b:3", Mode: bot.ModeBot})     // concerns no desk
	hot.Put(bot.Chat{Key: "tg:b:2", Mode: bot.ModeWaiting}) // nobody knows whom it concerns
	hot.Put(bot.Chat{Key: "tg:b:1", Mode: bot.ModeSnoozed})
	want := deskweb.Signal{
		Kind: deskweb.ChatChanged, Chat: "tg:b:1", Unit: "trade", Confidential: true, By: "sara", Named: "omid", About: []bot.StaffID{"mina"},
	}
	if got := <-told; !reflect.DeepEqual(got, want) {
		t.Errorf("told %+v\nwant %+v", got, want)
	}
}

func TestAUnitThatAChatHasLeftIsToldSo(t *testing.T) {
	h := &house{hot: &memstore.Hot{Now: time.Now}}
	told, err := deskSignals{wire: h.hot}.Subscribe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.unitLeft(t.Context(), bot.HandOver{Chat: "tg:b:1", Unit: "trade", Confidential: true, Holder: "sara", Named: "omid", About: []bot.StaffID{"mina"}})
	want := deskweb.Signal{Kind: deskweb.ChatChanged, Chat: "tg:b:1", Unit: "trade", Confidential: true, Named: "omid", About: []bot.StaffID{"mina"}}
	if got := <-told; !reflect.DeepEqual(got, want) {
		t.Errorf("told %+v\nwant %+v", got, want)
	}
}
