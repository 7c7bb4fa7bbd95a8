package text

import "testing"

func TestWhatMayBeSomebodysIsTakenOutOfAText(t *testing.T) {
	for said, want := range map[string]string{
		"call me: 0912 123-4567, please": "call me [number] please",
		"+98 (21) 1866 0000":             "[number]",
		"my id is \u06f0\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9": "my id is [number]",
		"6037-9911-2233-4455 was charged":                                       "[number] was charged",
		"code 4821":                                                             "code [number]",
		"Ann.Lee@example.com or @ann_lee":                                       "[mail] or [name]",
		"see https://example.com/x?id=1 there":                                  "see [link] there",
		"JV-1405-000123-7":                                                      "jv [number]",
		"two cards, 3 weeks, fees of 1405":                                      "two cards 3 weeks fees of 1405",
		"in \u06f1\u06f4\u06f0\u06f5":                                           "in 1405",
		"  Where?  ":                                                            "where",
		"":                                                                      "",
	} {
		if got := Redact(said); got != want {
			t.Errorf("%q becomes %q, want %q", said, got, want)
		}
	}
}

func TestALongTextIsKeptInPart(t *testing.T) {
	long := make([]rune, 2000)
	for i := range long {
		long[i] = '\u06a9'
	}
	if got := Redact(string(long)); len(got) > maxRedacted || got == "" {
		t.Errorf("%d bytes are kept", len(got))
	}
}
