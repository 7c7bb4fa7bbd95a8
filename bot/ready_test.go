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
