package app

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

const (
	readme         = "../../../README.md"
	settingsBegin  = "<!-- settings -->\n"
	settingsFinish = "<!-- /settings -->"
)

func TestTheReadmeListsTheSettingsAsTheyAre(t *testing.T) {
	source, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(source), settingsBegin)
	written, after, ended := strings.Cut(rest, settingsFinish)
	if !found || !ended {
		t.Fatal("the README has lost the marks around its table of settings")
	}
	want := settingsTable()
	if written == want {
		return
	}
	if *update {
		if err := os.WriteFile(readme, []byte(before+settingsBegin+want+settingsFinish+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("the README's table of settings is not that of the program; run go test ./cmd/javab/app -run Readme -update")
}

func settingsTable() string {
	var out strings.Builder
	out.WriteString("| variable | meaning | default |\n|---|---|---|\n")
	for _, v := range Variables() {
		value := v.Default
		if value != "" {
			value = "`" + value + "`"
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s |\n", v.Name, strings.ReplaceAll(v.Help, "|", "\\|"), value)
	}
	return out.String()
}
