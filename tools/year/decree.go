package main

import (
	"context"
	"strconv"
)

// decree plans how the working time changes in the course of the year: the moon is seen a day later, a holiday is taken back,
// it snows, the fasting month has hours of its own, a unit opens on a Thursday.
func (t *town) decree(ctx context.Context) {
	at := func(days int, what, name string, with map[string]string) {
		t.plan(newYear+int64(days)*day+10*hour, func() error {
			if row, known := t.rows[with["row"]]; known {
				with["row"] = row
			}
			if err := t.order(ctx, order{Do: "hours", Act: what, Text: name, By: "head", With: with}); err != nil {
				return err
			}
			if row, made := t.replies.Vars["row"].(string); made && row != "" {
				t.rows[name] = row
			}
			return t.newDays(ctx)
		})
	}
	span := func(from, until int) map[string]string {
		return map[string]string{"from": strconv.Itoa(from), "until": strconv.Itoa(until)}
	}
	for _, month := range []int{60, 150, 180, 210, 300} { // each is known three weeks ahead, and moves a day before it comes
		name := "Feast " + strconv.Itoa(month)
		at(month, "holiday", name, span(21, 22))
		at(month+19, "shift", name+" moves", map[string]string{"row": name, "days": "1"})
	}
	at(170, "holiday", "A visit", span(10, 10))
	at(176, "remove", "The visit is put off", map[string]string{"row": "A visit"})
	at(185, "overlay", "The fasting month", span(3, 30))
	at(120, "closure", "No water", map[string]string{"unit": "finance"})
	at(260, "closure", "Snow", map[string]string{})
	at(230, "extra", "An open Thursday", map[string]string{"unit": "finance", "from": "6", "until": "6"})
}
