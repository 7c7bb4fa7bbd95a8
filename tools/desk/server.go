package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// served are the requests whose times the program itself tells of, by the pattern of their route.
var served = []struct{ what, method, route string }{
	{"a claim", "POST", "/desk/:chat/claim"},
	{"a reply", "POST", "/desk/:chat/reply"},
	{"the page of a chat", "GET", "/desk/:chat"},
	{"a piece of a chat", "GET", "/desk/part/:chat"},
	{"a row of the list", "GET", "/desk/row/:chat"},
	{"the list", "GET", "/desk/list"},
}

// bucket is how many requests took no longer.
type bucket struct {
	seconds float64
	n       float64
}

// buckets are those of a route that was answered well, between two readings.
func buckets(before, after reading, method, route string) []bucket {
	prefix := fmt.Sprintf(`javab_desk_seconds_bucket{method=%q,route=%q,status="2xx",le="`, method, route)
	var list []bucket
	for _, name := range slices.Sorted(maps.Keys(after.metrics)) {
		bound, is := strings.CutPrefix(name, prefix)
		seconds, err := strconv.ParseFloat(strings.TrimSuffix(bound, `"}`), 64)
		if is && err == nil {
			list = append(list, bucket{seconds, after.metrics[name] - before.metrics[name]})
		}
	}
	slices.SortFunc(list, func(a, b bucket) int { return cmp.Compare(a.seconds, b.seconds) })
	return list
}

// quantile is read between the bounds of a bucket, as if its requests were spread evenly; beyond the last bound it is that.
func quantile(list []bucket, share float64) time.Duration {
	var below bucket
	for _, b := range list {
		if wanted := share * list[len(list)-1].n; b.n < wanted || b.n == below.n {
			below = b
			continue
		} else if !math.IsInf(b.seconds, 1) {
			below.seconds += (b.seconds - below.seconds) * (wanted - below.n) / (b.n - below.n)
		}
		break
	}
	return time.Duration(below.seconds * float64(time.Second))
}

// tellServed writes what the program says of its own time.
func tellServed(w io.Writer, before, after reading) {
	for _, s := range served {
		if list := buckets(before, after, s.method, s.route); len(list) > 0 {
			fmt.Fprintf(w, "  at the server: %-29s p50 %-9s p99 %-9s of %.0f\n", s.what,
				round(quantile(list, 0.5)), round(quantile(list, 0.99)), list[len(list)-1].n)
		}
	}
}
