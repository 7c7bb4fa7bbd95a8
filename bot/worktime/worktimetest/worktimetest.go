// Package worktimetest hands out the working time that tests count by.
//
// It knows the sample chamber alone: Saturday to Wednesday, 08:00 to 16:00 in Tehran. It never knows rows that people
// decided.
package worktimetest

import (
	"testing"
	"time"

	"javab/bot/worktime"
)

// Book is the working time of all units for a year before and a year after an instant.
func Book(tb testing.TB, around time.Time) *worktime.Book {
	tb.Helper()
	from, to := around.AddDate(-1, 0, 0), around.AddDate(1, 0, 0)
	table, err := worktime.Default(from, to)
	if err != nil {
		tb.Fatal(err)
	}
	book, err := table.Book(from, to)
	if err != nil {
		tb.Fatal(err)
	}
	return book
}
