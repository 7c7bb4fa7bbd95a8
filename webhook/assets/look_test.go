package assets

import (
	"fmt"
	"io/fs"
	"math"
	"regexp"
	"strings"
	"testing"
)

func sheets(t *testing.T) map[string]string {
	t.Helper()
	found := map[string]string{}
	names, err := fs.Glob(embedded, "css/*.css")
	if err != nil || len(names) == 0 {
		t.Fatal("no style sheets", err)
	}
	for _, name := range names {
		body, err := fs.ReadFile(embedded, name)
		if err != nil {
			t.Fatal(err)
		}
		found[name] = regexp.MustCompile(`(?s)/\*.*?\*/`).ReplaceAllString(string(body), "")
	}
	return found
}

func TestNoStyleKnowsLeftFromRight(t *testing.T) {
	side := regexp.MustCompile(`(?i)[^\n]*\b(left|right)\b[^\n]*`)
	for name, sheet := range sheets(t) {
		for _, line := range side.FindAllString(sheet, -1) {
			t.Errorf("%s: %s", name, strings.TrimSpace(line))
		}
	}
}

func TestColoursAreNamedOnlyInTheTokens(t *testing.T) {
	for name, sheet := range sheets(t) {
		if found := regexp.MustCompile(`#[0-9a-fA-F]{3,8}\b`).FindString(sheet); found != "" && name != "css/tokens.css" {
			t.Errorf("%s: %s", name, found)
		}
	}
}

func TestEveryTokenThatIsUsedIsDefined(t *testing.T) {
	all := ""
	for _, sheet := range sheets(t) {
		all += sheet
	}
	for _, found := range regexp.MustCompile(`var\((--[a-z0-9-]+)`).FindAllStringSubmatch(all, -1) {
		if !strings.Contains(all, found[1]+":") {
			t.Errorf("%s is used and not defined", found[1])
		}
	}
}

// read are the pairs of ground and text that people read. 4.5 to 1 is what WCAG 2.2 AA asks of text, 3 to 1 of the
// edges by which a control is found.
var read = []struct {
	ground string
	texts  []string
	least  float64
}{
	{"bg", []string{"text", "muted", "brand", "info", "bad"}, 4.5},
	{"surface", []string{"text", "muted", "brand", "info", "ok", "warn", "bad"}, 4.5},
	{"raised", []string{"text", "muted", "brand"}, 4.5},
	{"brand", []string{"on-brand"}, 4.5},
	{"brand-soft", []string{"brand", "text", "muted"}, 4.5},
	{"brand-deep", []string{"on-brand-deep"}, 4.5},
	{"bg", []string{"practice"}, 4.5},
	{"surface", []string{"practice"}, 4.5},
	{"raised", []string{"practice"}, 4.5},
	{"bubble-in", []string{"practice"}, 4.5},
	{"key", []string{"practice"}, 4.5},
	{"officer-soft", []string{"practice"}, 4.5},
	{"practice", []string{"on-practice"}, 4.5},
	{"practice-soft", []string{"practice", "text", "muted", "warn", "info"}, 4.5},
	{"practice-deep", []string{"on-practice-deep"}, 4.5},
	{"info-soft", []string{"info", "text"}, 4.5},
	{"ok-soft", []string{"ok", "text"}, 4.5},
	{"warn-soft", []string{"warn", "text"}, 4.5},
	{"bad-soft", []string{"bad", "text"}, 4.5},
	{"bubble-in", []string{"text", "bubble-muted-in", "brand"}, 4.5},
	{"bubble-out", []string{"text", "bubble-muted-out", "bad"}, 4.5},
	{"key", []string{"text", "brand"}, 4.5},
	{"bg", []string{"warn"}, 4.5},
	{"brand-soft", []string{"warn", "info"}, 4.5},
	{"officer-soft", []string{"text", "quiet", "bad", "brand"}, 4.5},
	{"note-soft", []string{"text", "quiet"}, 4.5},
	{"info-soft", []string{"quiet"}, 4.5},
	{"surface", []string{"quiet", "note-edge"}, 3},
	{"pill", []string{"text", "muted"}, 4.5},
	{"surface", []string{"edge"}, 3},
}

func TestEveryPairOfColoursIsReadableInBothThemes(t *testing.T) {
	colours := tokens(t)
	for _, row := range read {
		for _, text := range row.texts {
			for theme := range 2 {
				got := contrast(colours[row.ground][theme], colours[text][theme])
				if got < row.least {
					t.Errorf("%s on %s, %s: %.2f", text, row.ground, [...]string{"light", "dark"}[theme], got)
				}
			}
		}
	}
}

// tokens reads the light and the dark value of each colour.
func tokens(t *testing.T) map[string][2]float64 {
	t.Helper()
	found := map[string][2]float64{}
	pair := regexp.MustCompile(`--([a-z-]+): light-dark\(#([0-9a-f]{6}), #([0-9a-f]{6})\)`)
	for _, m := range pair.FindAllStringSubmatch(sheets(t)["css/tokens.css"], -1) {
		found[m[1]] = [2]float64{luminance(m[2]), luminance(m[3])}
	}
	for _, row := range read {
		for _, name := range append([]string{row.ground}, row.texts...) {
			if _, known := found[name]; !known {
				t.Fatalf("no colour --%s", name)
			}
		}
	}
	return found
}

// luminance is WCAG's relative luminance of an sRGB colour.
func luminance(hex string) float64 {
	var r, g, b uint8
	_, _ = fmt.Sscanf(hex, "%02x%02x%02x", &r, &g, &b)
	linear := func(v uint8) float64 {
		c := float64(v) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}

func contrast(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }
