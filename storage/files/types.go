package files

import (
	"bufio"
	"errors"
	"io"
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// sniffed is how much of a body its type is found in.
const sniffed = 3072

// family says what a type is to us; types that are not here are refused. Nothing in these families is run or unpacked
// by a browser that is told not to guess.
func family(mime string) string {
	mime, _, _ = strings.Cut(strings.ToLower(mime), ";")
	switch strings.TrimSpace(mime) {
	case "application/pdf", "application/x-pdf":
		return "application/pdf"
	case "image/jpeg", "image/jpg", "image/pjpeg":
		return "image/jpeg"
	case "image/png", "image/webp":
		return mime
	case "audio/ogg", "application/ogg", "video/ogg", "audio/opus", "audio/x-opus+ogg":
		return "audio/ogg"
	case "video/mp4", "audio/mp4", "audio/x-m4a", "audio/m4a":
		return "video/mp4"
	}
	return ""
}

// detect finds the type of a body by its beginning. What the sender declared must be of the same family; one who
// declares nothing, or just bytes, is believed to know no better.
func detect(in *bufio.Reader, declared string) (string, error) {
	head, err := in.Peek(sniffed)
	if err != nil && !errors.Is(err, io.EOF) {
		return declared, err
	}
	if len(head) == 0 {
		return declared, ErrEmpty
	}
	found := family(mimetype.Detect(head).String())
	if found == "" {
		return declared, ErrType
	}
	if declared != "" && declared != "application/octet-stream" && family(declared) != found {
		return declared, ErrType
	}
	return found, nil
}
