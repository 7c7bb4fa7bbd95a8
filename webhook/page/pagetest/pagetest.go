// Package pagetest puts pages up before one reader, and looks each over as its reader, its policy and the browser would.
//
// It knows HTML and the frame of all pages. It never knows what a page is about.
package pagetest

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"javab/bot"
)

// Nonce is the one that pages under test are given.
const Nonce = "n0nce"

// Look fails for whatever is wrong with a page, or a piece of one, by itself.
func Look(t *testing.T, name, html string, lang bot.Lang) {
	t.Helper()
	if err := wellFormed(html); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	direction := "ltr"
	if lang.RTL() {
		direction = "rtl"
	}
	if want := fmt.Sprintf(`<html lang=%q dir=%q`, lang, direction); strings.Contains(html, "<html") && !strings.Contains(html, want) {
		t.Errorf("%s does not begin with %s: %.120s", name, want, html)
	}
	if found := unsaid.FindString(html); found != "" {
		t.Errorf("%s: %q is no word of a reader", name, found)
	}
	policy(t, name, html)
}

// unsaid is an id in the place of its words, or a value that the template refused.
var unsaid = regexp.MustCompile(`>\s*[a-z_]+\.[a-z_]+[a-z_.]*\s*<|ZgotmplZ|no value|%!`)

// forbidden is what the pages' policy would keep from working.
var forbidden = regexp.MustCompile(`<[^>]+\s(?:style|on[a-z]+|hx-on[a-z:-]*)=|<style|(?:src|href|action)="(?:https?:)?//`)

var script = regexp.MustCompile(`<script[^>]*>`)

func policy(t *testing.T, name, html string) {
	t.Helper()
	if found := forbidden.FindString(html); found != "" {
		t.Errorf("%s: the policy forbids %s", name, found)
	}
	for _, tag := range script.FindAllString(html, -1) {
		if !strings.Contains(tag, `nonce="`+Nonce+`"`) && !strings.Contains(tag, `type="application/json"`) {
			t.Errorf("%s: no nonce: %s", name, tag)
		}
	}
}

// void are the elements of HTML that have no end.
var void = []string{"meta", "link", "input", "br", "img", "hr"}

// wellFormed reports whether every element of a page ends where it must. The reader knows XML, so void elements are
// closed for it, and attributes without a value are allowed.
func wellFormed(page string) error {
	reader := xml.NewDecoder(strings.NewReader(strings.Replace(page, "<!doctype html>", "", 1)))
	reader.Strict, reader.Entity, reader.AutoClose = false, xml.HTMLEntity, void
	var open []string
	for {
		token, err := reader.Token()
		if err == io.EOF && len(open) == 0 {
			return nil
		}
		if err != nil {
			return fmt.Errorf("inside %v: %w", open, err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			open = append(open, e.Name.Local)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != e.Name.Local {
				return fmt.Errorf("</%s> inside %v", e.Name.Local, open)
			}
			open = open[:len(open)-1]
		}
	}
}

var address = regexp.MustCompile(`(?:src|href)="(/assets/[^"#]+)(?:#([^"]+))?"`)

// Files fails for every file, and every sign of the sprite, that a page names and files does not serve. It returns how
// many it named.
func Files(t *testing.T, html string, files http.Handler) int {
	t.Helper()
	named := map[string]bool{}
	for _, found := range address.FindAllStringSubmatch(html, -1) {
		if named[found[0]] {
			continue
		}
		named[found[0]] = true
		answer := httptest.NewRecorder()
		files.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, found[1], nil))
		if answer.Code != http.StatusOK || found[2] != "" && !strings.Contains(answer.Body.String(), `id="`+found[2]+`"`) {
			t.Errorf("%s is not there", found[0])
		}
	}
	return len(named)
}
