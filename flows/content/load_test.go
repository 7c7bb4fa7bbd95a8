package content

import (
	"testing"

	"javab/flows/scripts"
)

func TestTheEmbeddedContentLoadsWithoutAProblem(t *testing.T) {
	b, problems := Load(scripts.FS)
	for _, p := range problems {
		t.Errorf("%s:%d:%d: %s %v", p.File, p.Line, p.Column, p.Code, p.Params)
	}
	if b == nil {
		t.Fatal("no bundle")
	}
}
