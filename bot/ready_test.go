package bot

import "testing"

func TestAReadyReplyIsFilledOnceAndLeavesOpenWhatIsNotKnown(t *testing.T) {
	r := ReadyReply{Text: Text{Fa: "{name}", En: "Dear {name}, {case} by {due}. {officer}"}}
	got := r.Fill(En, map[string]string{"name": "{due} Ann", "due": "Monday", "officer": "", "password": "x"})
	if want := "Dear {due} Ann, {case} by Monday. {officer}"; got != want {
		t.Errorf("filled %q, want %q", got, want)
	}
	if got := r.Fill(Ar, map[string]string{"name": "Ann"}); got != "" {
		t.Errorf("a language without a text says %q", got)
	}
}

func TestATextSaysWhatIsStillLeftOpen(t *testing.T) {
	for text, open := range map[string]string{
		"Dear {name}, your case {case} is ready": "{name}", "by {due}, {name}": "{due}", "Dear Sara": "", "use {braces} freely": "", "": "",
	} {
		if got := LeftOpen(text); got != open {
			t.Errorf("%q leaves %q open, want %q", text, got, open)
		}
	}
}

func TestAReadyReplyIsKnownAgainWhileASentenceOfItStands(t *testing.T) {
	r := ReadyReply{Text: Text{
		Fa: "the same in Persian", Ar: "the same in Arabic",
		En: "Dear {name}, your documents have arrived. We will review them by {due}. Thanks!",
	}}
	for text, stands := range map[string]bool{
		"Dear Sara, your documents have arrived. We will review them by Monday. Thanks!": true,
		"Dear Sara, your documents have arrived. I am on it.":                            true,
		"Hello! We will review them by tomorrow noon.":                                   true,
		"Dear Sara, your papers are here. Thanks!":                                       false, // what is left is nobody's own
		"Dear {name}": false,
		"":            false,
	} {
		if got := r.Stands(text); got != stands {
			t.Errorf("%q is this reply: %v", text, got)
		}
	}
	if short := (ReadyReply{Text: Text{En: "Thank you!"}}); !short.Stands("Thank you!") || short.Stands("Thank them") {
		t.Error("a short reply is known only whole")
	}
}
