package app

import (
	"fmt"
	"log/slog"
	"regexp"
	"slices"
)

// tokens finds bot tokens in error texts, whatever form the configuration takes: every failed call to a messenger would
// print its address, and so the token.
var tokens = regexp.MustCompile(`\d+:[\w-]{20,}`)

// private are attribute names whose values never reach a log.
var private = []string{"phone", "text", "name", "national_id", "email", "token", "secret", "password", "key"}

func scrub(s string) string { return tokens.ReplaceAllString(s, "<token>") }

// scrubAttr keeps tokens and personal data out of the log, in groups too.
func scrubAttr(_ []string, a slog.Attr) slog.Attr {
	if slices.Contains(private, a.Key) {
		return slog.String(a.Key, "<private>")
	}
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(scrub(a.Value.String()))
	case slog.KindAny:
		if err, isError := a.Value.Any().(error); isError {
			a.Value = slog.StringValue(scrub(err.Error()))
		} else if told := fmt.Sprint(a.Value.Any()); tokens.MatchString(told) {
			a.Value = slog.StringValue(scrub(told))
		}
	}
	return a
}
