package app

import (
	"slices"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/cases"
	"javab/bot/hours"
	"javab/storage"
)

// seenLast is when a channel was last noted to work: from then on it will count as away.
func (tw *town) seenLast(channel bot.ChannelID) (at time.Time) {
	tw.t.Helper()
	ctx, later := tw.t.Context(), tw.house.env.Clock().Add(time.Hour)
	err := storage.As[cases.RoundTx](tw.house.store).Do(ctx, func(tx cases.RoundTx) error {
		outages, err := tx.Outages(ctx, channel, time.Time{}, later)
		if len(outages) == 1 {
			at = outages[0].From
		}
		return err
	})
	if err != nil {
		tw.t.Fatal(err)
	}
	return at
}

func TestAChannelIsNotedWhileItWorksAndNotWhileItFails(t *testing.T) {
	t.Parallel()
	tw, tele, _ := duty(t)
	for end := time.Now().Add(15 * time.Second); tw.seenLast("tg").IsZero() && time.Now().Before(end); time.Sleep(quickWatch) {
	}
	tele.AddFault(refusing)
	time.Sleep(manyLooks) // the look that was under way ends
	failing := tw.house.env.Clock()
	for end := time.Now().Add(15 * time.Second); !tw.seenLast("bale").After(failing) && time.Now().Before(end); time.Sleep(quickWatch) {
	}
	if tg, bale := tw.seenLast("tg"), tw.seenLast("bale"); tg.IsZero() || tg.After(failing) || !bale.After(failing) {
		t.Errorf("it fails since %s; tg was seen %s, bale %s", failing, tg, bale)
	}
}

func TestWhyDatesMovedIsSaidInTheWordsOfWhoeverMovedThem(t *testing.T) {
	t.Parallel()
	tw := settle(t, false)
	if _, err := tw.house.hours.Close(t.Context(), "boss", hours.Emergency{Days: 1, Name: bot.Text{En: "Snow"}, Reason: "roads"}); err != nil {
		t.Fatal(err)
	}
	for version, want := range map[int64][]cases.Changed{0: {{Reason: "roads"}}, 1: nil} {
		got, err := changedHours{tw.house.hours, bot.En}.ChangedSince(t.Context(), version)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("after version %d: %v, %v", version, got, err)
		}
	}
}
