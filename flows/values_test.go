package flows

import (
	"testing"

	"javab/bot"
)

// asking makes a script of one question, whose answer is told back.
func asking(t *testing.T, expect, shown string) *chat {
	t.Helper()
	c := scripted(t, `
flow: asking
title: `+words+`
steps:
  - id: q
    ask: `+words+`
    expect: `+expect+`
    save: v
  - id: told
    say: {fa: "{`+shown+`}", ar: "{`+shown+`}", en: "{`+shown+`}"}
    end: done
`)
	return c
}

func TestEachKindOfAnswerIsToldBackAsItIsReadInItsLanguage(t *testing.T) {
	for _, row := range []struct {
		expect, shown, said string
		in                  [3]string // in Persian, Arabic and English
	}{
		{"number", "v:number", "1234567", [3]string{"\u06f1\u066c\u06f2\u06f3\u06f4\u066c\u06f5\u06f6\u06f7", "\u0661\u066c\u0662\u0663\u0664\u066c\u0665\u0666\u0667", "1,234,567"}},
		{"date", "v:date", "2026-11-21", [3]string{"\u06f1\u06f4\u06f0\u06f5/\u06f0\u06f8/\u06f3\u06f0", "\u0662\u0660\u0662\u0666/\u0661\u0661/\u0662\u0661", "2026-11-21"}},
		{"phone", "v:code", "0912 123 4567", [3]string{"+989121234567", "+989121234567", "+989121234567"}},
		{"national_id", "v:code", "0499370899", [3]string{"0499370899", "0499370899", "0499370899"}},
	} {
		for i, lang := range bot.Langs {
			c := asking(t, row.expect, row.shown)
			c.lang = lang
			c.enters("asking")
			c.types(row.said)
			if got := show(c.said[len(c.said)-1]); got != row.in[i]+" ["+c.p.system["label.menu"].In(lang).raw()+"]" {
				t.Errorf("%s in %s: %q, not %q", row.expect, lang, got, row.in[i])
			}
		}
	}
}

func TestAUnitIsChosenFromAllUnitsWithoutNamingThem(t *testing.T) {
	c := asking(t, "unit", "v")
	c.enters("asking")
	c.says("[Member Relations]")
	c.types("finance")
	c.says("Finance")
}

func TestAQuestionInDoubtIsAskedAgainAfterANo(t *testing.T) {
	c := asking(t, "amount", "v:money")
	c.enters("asking")
	c.types("250 toman")
	c.says("EN expect.amount_toman")
	c.says("EN confirm IRR 2,500")
	c.taps("No")
	c.at("asking", "q")
	if c.st.Doubtful != nil || len(c.st.Vars) != 0 {
		t.Errorf("%+v", c.st)
	}
	c.types("250 toman")
	c.types("yes")
	c.says("IRR 2,500")
}

func TestFilesAreGatheredUntilDoneAndNotWithoutAny(t *testing.T) {
	c := asking(t, "{files: {max: 2}}", "v")
	c.enters("asking")
	c.taps("Done")
	c.says("EN account.empty")
	c.types("here they are")
	c.at("asking", "q")
	c.says("EN expect.files")
	c.sends("a", "")
	c.sends("b", "")
	c.taps("Done")
	c.says("2")
	if got := pieces(c.kept); got != "v: file a; v: file b" {
		t.Errorf("kept %s", got)
	}
}

func TestAFormMayAskAListByItsName(t *testing.T) {
	c := scripted(t, `
flow: listed
title: `+words+`
steps:
  - id: all
    form: questions
    save: answers
  - id: told
    say: {fa: "{answers}", ar: "{answers}", en: "{answers}"}
    end: done
`)
	c.enters("listed")
	for _, said := range []string{"123", "2500000", "2026-11-01", "Finance", "it broke", "done"} {
		if c.st.Flow != "listed" || c.st.Step != "all" {
			t.Fatalf("the form is over before %q", said)
		}
		c.types(said)
	}
	c.says("Which unit? Finance")
	c.says("IRR 2,500,000")
}

func TestAResultThatNobodyWaitsForIsSilent(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	before := len(c.said)
	c.step(Input{Kind: bot.KindText, Result: &bot.Result{Outcome: "ok"}, Lang: bot.En})
	c.at("complaint", "group")
	if len(c.said) != before {
		t.Errorf("said %s", c.last())
	}
}

func TestAResultForAPlaceThatIsGoneGoesToAnOfficer(t *testing.T) {
	c := newChat(t, bot.En)
	c.st = State{Schema: 1, Flow: "complaint", Step: "gone"}
	c.step(Input{Kind: bot.KindText, Result: &bot.Result{Outcome: "ok"}, Lang: bot.En})
	c.handedOver()
}
