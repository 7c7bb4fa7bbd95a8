package studio

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode/utf8"

	"javab/bot"
)

// MaxBytes is how large one file may be.
const MaxBytes = 2 << 20

// named is what files of the content are called: scripts and dialogues by their flow, lists under content/.
var named = regexp.MustCompile(`^([a-z][a-z0-9_]*(\.[a-z0-9_]+)*\.(yaml|chat)|content/[a-z][a-z0-9_]*\.yaml)$`)

// tidy refuses what cannot be a file of the content, and gives its lines one kind of ending: after CRLF and a comment the
// places of problems would be wrong.
func tidy(name string, body []byte) ([]byte, error) {
	refuse := func(key string) error {
		return &bot.Error{Kind: bot.Invalid, Key: key, Params: map[string]string{"File": name, "Max": strconv.Itoa(MaxBytes >> 20)}}
	}
	switch {
	case !named.MatchString(name) || len(name) > 100:
		return nil, refuse("studio_name")
	case len(body) > MaxBytes:
		return nil, refuse("studio_long")
	case !utf8.Valid(body) || bytes.IndexByte(body, 0) >= 0:
		return nil, refuse("studio_bytes")
	}
	body = bytes.ReplaceAll(bytes.TrimPrefix(body, []byte("\uFEFF")), []byte("\r\n"), []byte("\n"))
	if body == nil { // an empty file is a file: nil says that there is none
		body = []byte{}
	}
	return body, nil
}
