package training

import (
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

func TestEachMistakeInAPersonaIsToldByItsLineAndColumn(t *testing.T) {
	_, err := Load(os.DirFS("testdata/bad"))
	if err == nil {
		t.Fatal("nothing was found")
	}
	want := `omid.yaml:1:8: title: nothing is said in ar
omid.yaml:3:9: "furious" is no temper: calm, confused or angry
omid.yaml:7:5: one of say, tap and press is wanted, here are 2
omid.yaml:9:12: "jumped" is no button of a case
omid.yaml:11:9: two reactions are called hello
omid.yaml:13:13: there are no words "greting"; there are greeting
omid.yaml:14:12: "soon" is no time: write it as 90s or 2m, at most 1h
omid.yaml:15:13: there is no reaction "nobody"
omid.yaml:17:9: two reactions are called hello
omid.yaml:20:5: how long he waits is missing: wait
omid.yaml:23:5: a reaction has an id
omid.yaml:27:11: only who waited has waited for a time
omid.yaml:30:11: there is no item "kissed" in common.yaml
omid.yaml:32:9: there is no reaction "nobody"
omid.yaml:34:12: there is no check "sung"; there are answered, claimed, closed, discreet, language, recorded, said, transferred, unpromised, unsaid
omid.yaml:35:5: the check claimed wants within
omid.yaml:37:5: the check transferred wants unit`
	if got := err.Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// one is a folder with a common file and one more.
func one(name, src string) fstest.MapFS {
	common, err := os.ReadFile("testdata/good/common.yaml")
	if err != nil {
		panic(err)
	}
	return fstest.MapFS{CommonFile: {Data: common}, name: {Data: []byte(src)}}
}

func TestWhatIsNoPersonaAtAllIsToldWhereItEnds(t *testing.T) {
	for want, src := range map[string]string{
		"x.yaml:2:1: unknown field \"colour\"": "temper: calm\ncolour: red\n",
		"x.yaml:1:9: mapping value":            "temper: calm\n  bad: [\n",
		"x.yaml:1:9: ":                         "checks: calm\n",
		"opening says how":                     "temper: calm\n",
		"teaches nothing":                      "temper: calm\n",
	} {
		if _, err := Load(one("x.yaml", src)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", src, err, want)
		}
	}
}

func TestWhatPersonasShareIsCheckedOnce(t *testing.T) {
	for want, src := range map[string]string{
		"common.yaml:2:6: the words w lack ar":   "words:\n  w: {fa: [x], en: [y]}\n",
		"common.yaml:3:12: there is no check":    "items:\n  i:\n    check: sung\n    title: {fa: a, ar: a, en: a}\n    advice: {fa: a, ar: a, en: a}\n",
		"title: nothing is said in fa":           "items:\n  i:\n    check: language\n",
		"common.yaml: file does not exist":       "",
		"common.yaml:1:8: ":                      "words: [1]\n",
		"wants words":                            "items:\n  i:\n    check: said\n    title: {fa: a, ar: a, en: a}\n    advice: {fa: a, ar: a, en: a}\n",
		"\"2 days\" is no time: write it as 90s": "items:\n  i:\n    check: claimed\n    within: 2 days\n    title: {fa: a, ar: a, en: a}\n    advice: {fa: a, ar: a, en: a}\n",
	} {
		files := fstest.MapFS{}
		if src != "" {
			files[CommonFile] = &fstest.MapFile{Data: []byte(src)}
		}
		if _, err := Load(files); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %v, want %s", src, err, want)
		}
	}
}

func TestPersonasComeInTheOrderOfTheirTempers(t *testing.T) {
	src, err := os.ReadFile("testdata/good/omid.yaml")
	if err != nil {
		t.Fatal(err)
	}
	calm := strings.Replace(string(src), "temper: angry", "temper: calm", 1)
	files := one("a.yaml", string(src))
	files["b.yaml"] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(calm, "\n", "\r\n"))}
	all, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) != 2 || all[0].ID != "b" || all[1].ID != "a" {
		t.Errorf("got %v", all)
	}
	item := all[0].Checks[8]
	if item.Unit != "trade" || item.If != "greeted" || item.Title.En != "passes on" {
		t.Errorf("what a persona says otherwise is lost, or what it does not: %+v", item)
	}
}

func TestThePersonasThatComeWithTheProgramAreSoundAndTeachEachTemper(t *testing.T) {
	all, err := Load(os.DirFS("../../flows/personas"))
	if err != nil {
		t.Fatal(err)
	}
	met := map[Temper]bool{}
	for _, p := range all {
		met[p.Temper] = true
		seen := map[string]bool{}
		for _, item := range p.Checks {
			if seen[item.ID] {
				t.Errorf("%s asks twice for %s", p.ID, item.ID)
			}
			seen[item.ID] = true
		}
	}
	if len(met) != len(Tempers) {
		t.Errorf("there are the tempers %v", met)
	}
}
