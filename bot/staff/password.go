package staff

import (
	"cmp"
	"crypto/rand"
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"javab/bot"
)

// The lengths of a password, in characters. There are no rules of composition: long is what makes it strong.
const (
	minPassword = 15
	maxPassword = 128

	minOwn      = 8 // characters that are left without what everybody would try first
	minDistinct = 6
)

//go:embed common.txt
var commonText string

// common are the words and runs that everybody would try first, the longest first.
var common = longestFirst(strings.Fields(commonText))

func longestFirst(words []string) []string {
	slices.SortFunc(words, func(a, b string) int { return cmp.Compare(len(b), len(a)) })
	return words
}

// CheckPassword says what is wrong with a new password of somebody, if anything is.
func CheckPassword(password string, of bot.Staff) error {
	password = norm.NFKC.String(password)
	n := utf8.RuneCountInString(password)
	switch {
	case n < minPassword:
		return &bot.Error{Kind: bot.Invalid, Key: "auth.password_short", Params: map[string]string{"N": strconv.Itoa(minPassword)}}
	case n > maxPassword:
		return &bot.Error{Kind: bot.Invalid, Key: "auth.password_long", Params: map[string]string{"N": strconv.Itoa(maxPassword)}}
	case guessable(strings.ToLower(password), of):
		return &bot.Error{Kind: bot.Invalid, Key: "auth.password_common"}
	}
	return nil
}

// guessable reports whether little is left of a password once common words and the person's own names are taken out.
func guessable(password string, of bot.Staff) bool {
	distinct := map[rune]bool{}
	for _, r := range password {
		distinct[r] = true
	}
	if len(distinct) < minDistinct {
		return true
	}
	own := strings.FieldsFunc(strings.ToLower(norm.NFKC.String(of.Login+" "+of.Name)), func(r rune) bool {
		return strings.ContainsRune(" ._-@", r)
	})
	left := password
	for _, word := range append(longestFirst(own), common...) {
		if utf8.RuneCountInString(word) >= 3 {
			left = strings.ReplaceAll(left, word, "")
		}
	}
	return utf8.RuneCountInString(left) < minOwn
}

// newPassword makes one that somebody else hands over: 100 bits in groups that can be read out.
func newPassword() string {
	text := strings.ToLower(rand.Text())
	return strings.Join([]string{text[:5], text[5:10], text[10:15], text[15:20]}, "-")
}
