package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"javab/tools/crowd"
	"javab/tools/messenger"
)

// verdict makes a figure, and an error of it when the promise is broken.
func verdict(kept bool, format string, args ...any) (string, error) {
	figure := fmt.Sprintf(format, args...)
	if !kept {
		return "", errors.New(figure)
	}
	return figure, nil
}

// unanswered is how many of the updates caused no reply in the record.
func unanswered(record []crowd.Row, updates ...messenger.Update) (n int) {
	for _, u := range updates {
		stem := fmt.Sprintf("utg:%d.", u.ID)
		if !slices.ContainsFunc(record, func(row crowd.Row) bool { return strings.HasPrefix(row.Key, stem) }) {
			n++
		}
	}
	return n
}

// pair is two messages back to back.
type pair struct{ first, second string }

// burst is the n-th of a member's bursts: no two messages are the same.
func burst(n int) pair { return pair{fmt.Sprintf("/menu %d", n), fmt.Sprintf("/settings %d", n)} }

// wrong is how many of a chat's bursts were committed the wrong way round, and how many have a message without reply.
func wrong(record []crowd.Row, bursts int) (swapped, silent int) {
	said := heard(record)
	for n := range bursts {
		a, b := said[burst(n).first], said[burst(n).second]
		if a.place >= b.place {
			swapped++
		}
		if a.replies == 0 || b.replies == 0 {
			silent++
		}
	}
	return swapped, silent
}

// line is where a member's words stand in the record, and how many replies follow them.
type line struct{ place, replies int }

func heard(record []crowd.Row) map[string]line {
	said, last := make(map[string]line), ""
	for i, row := range record {
		if row.In {
			last = row.Text
			said[last] = line{place: i}
		} else {
			said[last] = line{said[last].place, said[last].replies + 1}
		}
	}
	return said
}
