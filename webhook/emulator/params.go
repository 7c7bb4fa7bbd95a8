package emulator

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// maxRequest bounds a call: a file of 50 MB and its form.
const maxRequest = 51 << 20

// params are a call's parameters, in whichever of the API's forms they came. Objects are kept as JSON text.
type params struct {
	values  map[string]string
	uploads map[string]upload
}

type upload struct {
	name string
	mime string
	body []byte
}

func readParams(r *http.Request) (params, error) {
	p := params{values: make(map[string]string)}
	for name, values := range r.URL.Query() {
		p.values[name] = values[0]
	}
	if r.Method != http.MethodPost && r.Method != http.MethodGet {
		return p, errors.New("method is not allowed")
	}
	r.Body = http.MaxBytesReader(nil, r.Body, maxRequest)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		return p, p.readJSON(r.Body)
	case "application/x-www-form-urlencoded":
		if err := r.ParseForm(); err != nil {
			return p, errors.New("can't parse form")
		}
		for name, values := range r.PostForm {
			p.values[name] = values[0]
		}
	case "multipart/form-data":
		return p, p.readMultipart(r)
	}
	return p, nil
}

func (p *params) readJSON(body io.Reader) error {
	var object map[string]json.RawMessage
	err := json.NewDecoder(body).Decode(&object)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return errors.New("can't parse JSON object")
	}
	for name, raw := range object {
		var text string
		switch {
		case string(raw) == "null":
		case json.Unmarshal(raw, &text) == nil:
			p.values[name] = text
		default:
			p.values[name] = string(raw)
		}
	}
	return nil
}

// readMultipart reads a form. An empty one has no parts at all, as the library sends it for a call without parameters.
func (p *params) readMultipart(r *http.Request) error {
	reader, err := r.MultipartReader()
	if err != nil {
		return errors.New("can't parse multipart")
	}
	p.uploads = make(map[string]upload)
	for first := true; ; first = false {
		part, err := reader.NextPart()
		if errors.Is(err, io.EOF) || err != nil && first {
			return nil
		}
		if err != nil {
			return errors.New("can't parse multipart")
		}
		body, err := io.ReadAll(part)
		if err != nil {
			return errors.New("request is too large")
		}
		if part.FileName() != "" {
			p.uploads[part.FormName()] = upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), body: body}
			continue
		}
		p.values[part.FormName()] = string(body)
	}
}

func (p params) text(name string) string { return p.values[name] }

func (p params) number(name string) int64 {
	n, _ := strconv.ParseInt(strings.TrimSpace(p.values[name]), 10, 64)
	return n
}

func (p params) flag(name string) bool {
	switch strings.ToLower(p.values[name]) {
	case "true", "1", "yes", "y", "t":
		return true
	}
	return false
}

// object reads a parameter that is an object or a list; a missing one leaves dest as it is.
func (p params) object(name string, dest any) *refusal {
	raw := p.values[name]
	if raw == "" {
		return nil
	}
	if json.Unmarshal([]byte(raw), dest) != nil {
		return bad("can't parse " + name + " JSON object")
	}
	return nil
}
