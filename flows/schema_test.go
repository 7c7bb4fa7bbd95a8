package flows

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

var update = flag.Bool("update", false, "rewrite generated files")

const schemaFile = "script.schema.json"

func TestTheSchemaFileIsWhatTheTablesSay(t *testing.T) {
	want, err := JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	want = append(want, '\n')
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("script.schema.json is out of date: run go test ./flows -run Schema -update")
	}
}

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	raw, err := JSONSchema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("script.json", doc); err != nil {
		t.Fatal(err)
	}
	return c.MustCompile("script.json")
}

// asJSON reads a YAML file as the schema's validator wants its data.
func asJSON(t *testing.T, src []byte) any {
	t.Helper()
	var doc any
	if err := yaml.Unmarshal(src, &doc); err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(doc)
	if err != nil {
		t.Fatal(err)
	}
	doc, err = jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestTheSchemaAcceptsEveryScript(t *testing.T) {
	schema := compiledSchema(t)
	for _, pattern := range []string{"testdata/scripts/*.yaml", "scripts/*.yaml"} {
		paths, _ := filepath.Glob(pattern)
		for _, path := range paths {
			src, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := schema.Validate(asJSON(t, src)); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
}

func TestTheSchemaRefusesWhatTheParserRefuses(t *testing.T) {
	schema := compiledSchema(t)
	for name, src := range map[string]string{
		"an unknown key":          "flow: x\ntitle: {fa: f, ar: a, en: e}\nstep: []\n",
		"a missing language":      "flow: x\ntitle: {fa: f, ar: a}\nsteps: [{end: done}]\n",
		"two kinds in a step":     "flow: x\ntitle: {fa: f, ar: a, en: e}\nsteps: [{run: y, form: z}]\n",
		"an unknown kind":         "flow: x\ntitle: {fa: f, ar: a, en: e}\nsteps: [{ask: \"{x}\", expect: numbr}]\n",
		"a name in capitals":      "flow: X\ntitle: {fa: f, ar: a, en: e}\nsteps: [{end: done}]\n",
		"a condition in two ways": "flow: x\ntitle: {fa: f, ar: a, en: e}\nsteps: [{if: {var: x, all: []}, then: y}]\n",
	} {
		if schema.Validate(asJSON(t, []byte(src))) == nil {
			t.Errorf("%s is accepted", name)
		}
		if _, problems := Parse("x.yaml", []byte(src)); len(problems) == 0 && name != "a missing language" {
			t.Errorf("%s: the parser has no problem with it", name)
		}
	}
}
