package bot

import "testing"

func TestAButtonOfACaseIsReadAsItWasWritten(t *testing.T) {
	for _, button := range CaseButtons {
		p := CasePress{Button: button, Number: CaseNumber{Year: 1405, Seq: 123}, Round: 12, Answer: "5"}
		if len(p.Data()) > 64 {
			t.Errorf("%s is longer than a messenger takes", p.Data())
		}
		if got, ok := ParseCasePress(p.Data()); !ok || got != p {
			t.Errorf("%s is read as %+v", p.Data(), got)
		}
	}
}

func TestAForgedButtonOfACaseIsNone(t *testing.T) {
	for _, data := range []string{
		"", "c:", "f:ab:solved", "c:solved:JV-1405-000123-7", "c:solved:JV-1405-000123-8:1", "c:rob:JV-1405-000123-7:1",
		"c:solved:JV-1405-000123-7:-1", "c:solved:JV-1405-000123-7:x", "c:rate:JV-1405-000123-7:1:5:6",
	} {
		if p, ok := ParseCasePress(data); ok {
			t.Errorf("%q is read as %+v", data, p)
		}
	}
}
