package deskweb

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"javab/bot"
	"javab/bot/desk"
)

func TestARowThatSaysTheSameIsRenderedOnce(t *testing.T) {
	h := open(t)
	h.get(t, "/desk/list?tab=all", true)
	shown, rendered := h.Rows()
	if shown == 0 || rendered != shown {
		t.Fatalf("of %d rows %d were rendered at first", shown, rendered)
	}
	h.get(t, "/desk/list?tab=all", true)
	if again, made := h.Rows(); again != 2*shown || made != rendered {
		t.Errorf("then of %d rows %d were rendered", again, made)
	}
}

// TestARowThatSaysAnotherThingIsRenderedAnew changes each part of a row: what a desk that has rendered nothing yet shows
// otherwise, a desk that has rendered the row before must show so too.
func TestARowThatSaysAnotherThingIsRenderedAnew(t *testing.T) {
	h := open(t)
	row := func(h *house) string { return h.get(t, "/desk/row/tg:b:6?tab=all", true).Body.String() }
	before, showing := row(h), map[string]bool{}
	for i := range reflect.TypeFor[desk.Row]().NumField() {
		name := reflect.TypeFor[desk.Row]().Field(i).Name
		if name == "Chat" {
			continue // it is what is asked for
		}
		change := func(r *desk.Row) { alter(t, reflect.ValueOf(r).Elem().Field(i)) }
		fresh := open(t)
		fresh.change, h.change = change, change
		want, got := row(fresh), row(h)
		if got != want {
			t.Errorf("%s: shown %s\nwant %s", name, got, want)
		}
		showing[name] = want != before
	}
	for _, name := range []string{"Name", "Topic", "Reason", "LastText", "Unread", "KeyAccount", "Confidential", "Upset", "DueAt", "Holder", "PausedBy"} {
		if !showing[name] && name != "Reason" { // it stands where there is no topic and nothing was said
			t.Errorf("%s is not shown", name)
		}
	}
	h.change = nil
	h.room.Topics = map[string]bot.Text{}
	h.change = func(r *desk.Row) { r.Topic = "services/renewal" }
	old := row(h)
	h.room.Topics["services/renewal"] = bot.Text{Fa: "renamed", Ar: "renamed", En: "renamed"}
	if got := row(h); got == old || !strings.Contains(got, "renamed") {
		t.Error("the content names the topic anew, and the row does not")
	}
}

// alter puts another value of its kind into a field of a row.
func alter(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(noon.Add(77 * time.Minute)))
		return
	case []string:
		v.Set(reflect.ValueOf([]string{"x"}))
		return
	case bot.HandOverState:
		v.SetString(string(bot.HandOverSnoozed))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("2")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(77)
	default:
		t.Fatalf("no other value of %s", v.Type())
	}
}
