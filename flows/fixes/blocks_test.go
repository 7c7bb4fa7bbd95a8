package fixes

import (
	"io/fs"
	"strings"
	"testing"

	"javab/bot"
	"javab/flows"
	"javab/flows/scripts"
	"javab/flows/texts"
)

// TestEveryBlockFitsBelowEveryStep puts each block below each step of some real scripts.
func TestEveryBlockFitsBelowEveryStep(t *testing.T) {
	c := theCompany(t)
	for _, name := range []string{"track.yaml", "language.yaml", "suggestion.yaml"} {
		src, err := fs.ReadFile(scripts.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		script, _ := flows.Parse(name, src)
		x := c.fixer(name)
		for _, b := range Blocks {
			for i := -1; i < len(script.Steps); i += 3 {
				below := ""
				if i >= 0 {
					below = script.Steps[i].ID.Text
				}
				out, id, err := x.Insert(src, below, b)
				if err != nil {
					if i >= 0 && !strings.Contains(string(src), "id: "+below) {
						continue // a step without a name
					}
					t.Fatalf("%s below %q of %s: %v", b, below, name, err)
				}
				for _, p := range x.Check(out) {
					if p.Severity == flows.Error {
						t.Errorf("%s below %q: %v\n%s", b, below, p, out)
					}
				}
				after, _ := flows.Parse(name, out)
				if !has(after, id) || len(after.Steps) <= len(script.Steps) {
					t.Errorf("%s below %q is not there as %s", b, below, id)
				}
				if before, now := said(t, src), said(t, out); !before.within(now) {
					t.Errorf("%s below %q changed what was said", b, below)
				}
			}
		}
	}
}

func has(s *flows.Script, id string) bool {
	for _, step := range s.Steps {
		if step.ID.Text == id {
			return true
		}
	}
	return false
}

// sayings are the texts of a script by place.
type sayings map[string]string

func said(t *testing.T, src []byte) sayings {
	t.Helper()
	rows, err := texts.Read(src)
	if err != nil {
		t.Fatal(err)
	}
	all := sayings{}
	for _, r := range rows {
		for lang, c := range r.Cells {
			all[r.Path+" "+string(lang)] = c.Text
		}
	}
	return all
}

func (s sayings) within(other sayings) bool {
	for at, text := range s {
		if other[at] != text {
			return false
		}
	}
	return true
}

func TestASecondBlockHasANameOfItsOwn(t *testing.T) {
	c := theCompany(t)
	src, err := fs.ReadFile(scripts.FS, "language.yaml")
	if err != nil {
		t.Fatal(err)
	}
	x := c.fixer("language.yaml")
	once, first, err := x.Insert(src, "", "text")
	if err != nil {
		t.Fatal(err)
	}
	_, second, err := x.Insert(once, first, "text")
	if err != nil || first != "text" || second != "text_2" {
		t.Errorf("%s, %s: %v", first, second, err)
	}
	if _, _, err := x.Insert(src, "nowhere", "say"); bot.KindOf(err) != bot.NotFound {
		t.Error(err)
	}
}

func TestEveryBlockAndFixHasItsTitle(t *testing.T) {
	catalog := catalogOf(t)
	for _, b := range Blocks {
		if !strings.Contains(catalog, "\nblock."+string(b)+": ") {
			t.Errorf("block.%s is in no catalog", b)
		}
	}
	codes := codesOf(t)
	for _, code := range codes {
		if !strings.Contains(catalog, "\nfix."+code+": ") {
			t.Errorf("fix.%s is in no catalog", code)
		}
	}
	if n := strings.Count(catalog, "\nfix."); n != len(codes) {
		t.Errorf("the catalog has %d titles for the fixes %q", n, codes)
	}
}
