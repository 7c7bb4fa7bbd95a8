package text

import "testing"

func TestAMaskedTextReadsAsItWasWritten(t *testing.T) {
	for said, want := range map[string]string{
		"Dear member,\nplease call +98 (912) 345-6789, or write to Ann@example.com now": "Dear member,\nplease call [number], or write to [mail] now",
		"See https://example.com/a?b=1 (since 2026), room 12.":                          "See [link] (since 2026), room 12.",
		"\u06f0\u06f9\u06f1\u06f2\u06f3\u06f4\u06f5 @someone":                           "[number] [name]",
		"Nothing of the kind.": "Nothing of the kind.",
		"":                     "",
	} {
		if got := Mask(said); got != want {
			t.Errorf("%q is %q, want %q", said, got, want)
		}
	}
}
