package app

import (
	"net/netip"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"javab/storage/vault"
)

// field is one setting of a Config that is being filled.
type field struct {
	tag   reflect.StructTag
	value reflect.Value
}

func fields(c *Config) []field {
	var all []field
	for structField, value := range reflect.ValueOf(c).Elem().Fields() {
		all = append(all, field{structField.Tag, value})
	}
	return all
}

// set takes the field's value from values or its default, after its check. Secrets are never repeated in errors.
func (f field) set(values map[string]string) error {
	name := f.tag.Get("env")
	text, given := values[name]
	if !given {
		text = f.tag.Get("default")
	}
	shown := text
	if f.tag.Get("secret") != "" {
		shown = "…"
	}
	if rule, checked := rules[f.tag.Get("check")]; checked && text != "" && !rule(text) {
		return badValue(name, shown, "config.want."+f.tag.Get("check"), nil)
	}
	if f.value.Kind() == reflect.Int {
		n, err := strconv.Atoi(text)
		if err != nil {
			return badValue(name, shown, "config.want.count", err)
		}
		f.value.SetInt(int64(n))
		return nil
	}
	f.value.SetString(text)
	return nil
}

var (
	tokenForm  = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]{20,}$`)
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{32,256}$`)
)

// rules are what values must be, by the name in the struct's tag. The catalog has the words for each: config.want.<name>.
var rules = map[string]func(string) bool{
	"url":      scheme("http", "https"),
	"database": scheme("postgres", "postgresql"),
	"redis":    scheme("redis", "rediss", "unix"),
	"proxy":    scheme("http", "https", "socks5"),
	"smtp":     scheme("smtp", "smtps"),
	"token":    tokenForm.MatchString,
	"secret":   secretForm.MatchString,
	"key":      func(s string) bool { _, err := vault.ParseKey(s); return err == nil },
	"cidrs":    goodCIDRs,
	"senders":  between(1, 64),
	"count":    between(0, 1<<30),
	"patience": between(20, 2000),
	"log":      func(s string) bool { return slices.Contains([]string{"debug", "info", "warn", "error"}, s) },
}

func scheme(allowed ...string) func(string) bool {
	return func(s string) bool {
		u, err := url.Parse(s)
		return err == nil && u.Host != "" && slices.Contains(allowed, u.Scheme)
	}
}

func between(least, most int) func(string) bool {
	return func(s string) bool {
		n, err := strconv.Atoi(s)
		return err == nil && n >= least && n <= most
	}
}

func goodCIDRs(s string) bool {
	for part := range strings.SplitSeq(s, ",") {
		if _, err := netip.ParsePrefix(strings.TrimSpace(part)); err != nil {
			return false
		}
	}
	return true
}
