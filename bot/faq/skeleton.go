package faq

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"javab/bot"
)

// Finglish is Persian in Latin letters: a class of texts with an index of its own. Arabizi is Arabic in Latin letters: it is
// told from the others, and has none.
const (
	Finglish bot.Lang = "fa-Latn"
	Arabizi  bot.Lang = "ar-Latn"
)

// skeletonWords returns the words of a text in either script as consonants of one alphabet, so that what somebody types
// in Latin letters meets the phrasing in his own. Vowels are dropped: nobody agrees on how to type them.
func (p *Speech) skeletonWords(s string) []string {
	t := p.tablesOf(bot.Fa)
	words := t.join(foldedWords(s))
	bones := make([]string, 0, len(words))
	for _, w := range words {
		if b := skeleton(w); b != "" {
			if to := t.bones[b]; to != "" {
				b = to
			}
			bones = append(bones, b)
		}
	}
	return bones
}

// skeleton is one folded word as consonants.
func skeleton(word string) string {
	r, _ := utf8.DecodeRuneInString(word)
	var b []byte
	if r < unicode.MaxLatin1 {
		b = latinBones(strings.TrimFunc(word, func(r rune) bool { return r == '\'' }))
	} else {
		b = arabicBones(word)
	}
	single := b[:0]
	for i, c := range b {
		if i == 0 || c != b[i-1] {
			single = append(single, c)
		}
	}
	return string(single)
}

// latinPairs are two letters for one sound.
var latinPairs = map[string]byte{
	"kh": 'K', "ch": 'C', "sh": 'S', "zh": 'j', "gh": 'q', "ck": 'k', "ph": 'f', "th": 't', "dh": 'z',
}

func latinBones(w string) []byte {
	var b []byte
	for i := 0; i < len(w); i++ {
		c := w[i]
		if i+1 < len(w) {
			if sound := latinPairs[w[i:i+2]]; sound != 0 {
				b = append(b, sound)
				i++
				continue
			}
		}
		switch {
		case c >= utf8.RuneSelf || strings.IndexByte("aeiou'", c) >= 0:
		case (c == 'y' || c == 'v' || c == 'w') && i > 0:
		case c == 'h' && i == len(w)-1 && i > 0:
		case c == 'w':
			b = append(b, 'v')
		case c == 'x':
			b = append(b, 'K')
		case c == 'c':
			b = append(b, 'k')
		default:
			b = append(b, c)
		}
	}
	return b
}

// arabicLetters maps folded letters to sounds; letters that are missing are dropped.
var arabicLetters = map[rune]byte{
	'\u0628': 'b', '\u067E': 'p', '\u062A': 't', '\u0637': 't', '\u062B': 's', '\u0633': 's', '\u0635': 's', '\u062C': 'j',
	'\u0698': 'j', '\u0686': 'C', '\u062D': 'h', '\u0647': 'h', '\u062E': 'K', '\u062F': 'd', '\u0630': 'z', '\u0632': 'z',
	'\u0636': 'z', '\u0638': 'z', '\u0631': 'r', '\u0634': 'S', '\u0642': 'q', '\u063A': 'q', '\u0641': 'f', '\u06A9': 'k',
	'\u06AF': 'g', '\u0644': 'l', '\u0645': 'm', '\u0646': 'n',
}

const (
	folVav, folYeh, folHeh, folKheh, folAlef = '\u0648', '\u06CC', '\u0647', '\u062E', '\u0627'
)

func arabicBones(w string) []byte {
	var b []byte
	letters := []rune(w)
	for i, r := range letters {
		switch {
		case r == folVav && i == 0:
			b = append(b, 'v')
		case r == folYeh && i == 0:
			b = append(b, 'y')
		case r == folHeh && i == len(letters)-1 && i > 0:
		case r >= '0' && r <= '9', r >= 'a' && r <= 'z':
			b = append(b, byte(r))
		default:
			if c := arabicLetters[r]; c != 0 {
				b = append(b, c)
			}
		}
	}
	return b
}

// latinOnly reports whether a text has letters, and none but Latin ones.
func latinOnly(s string) bool {
	found := false
	for _, r := range s {
		if unicode.IsLetter(r) {
			if r > 0x024F {
				return false
			}
			found = true
		}
	}
	return found
}
