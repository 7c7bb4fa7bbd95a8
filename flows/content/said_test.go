package content

import (
	"strings"
	"testing"

	"javab/bot"
)

func TestAStepIsCalledByWhatTheBotSaysThere(t *testing.T) {
	b := embedded(t)
	for _, step := range []struct{ flow, step, begins string }{
		{"complaint", "story", "Tell us what happened"},
		{"complaint", "category", "…: which of these?"}, // the group that he has chosen is his, not the script's
		{"complaint", "opened", "Your complaint is filed."},
		{"complaint", "submit", ""}, // there the bot says nothing
		{"complaint", "nowhere", ""},
		{"nowhere", "story", ""},
	} {
		said := b.Asked(step.flow, step.step)
		if !strings.HasPrefix(said.En, step.begins) || step.begins == "" && !said.Empty() || strings.Contains(said.En, "\n") {
			t.Errorf("%s/%s is called %q", step.flow, step.step, said.En)
		}
		for _, lang := range bot.Langs {
			if step.begins != "" && said.In(lang) == "" {
				t.Errorf("%s/%s has no name in %s", step.flow, step.step, lang)
			}
		}
	}
}

func TestWhatWasCollectedIsCalledByItsQuestion(t *testing.T) {
	b := embedded(t)
	for _, field := range []struct{ flow, field, begins string }{
		{"complaint", "member_no", "Membership number"},
		{"request", "applicant", "Applicant"},
		{"complaint", "story", "Tell us what happened"},
		{"officer", "about", "Write briefly what it is about"},
		{"officer", "story", "Tell us what happened"}, // that another flow asked for
		{"complaint", "company", "Company"},
		{"complaint", "for_whom", "On whose behalf"},
		{"complaint", "nothing_like_it", ""},
	} {
		called := b.Field(field.flow, field.field).En
		if !strings.HasPrefix(called, field.begins) || field.field == "nothing_like_it" && called != "" {
			t.Errorf("%s of %s is called %q", field.field, field.flow, called)
		}
	}
	if named := b.Field("complaint", "member_no"); strings.HasSuffix(named.Fa+named.Ar+named.En, ":") {
		t.Errorf("a name ends in a colon: %q", named)
	}
}

func TestThereIsAGuideForWhatTheBotExplains(t *testing.T) {
	b := embedded(t)
	answer := b.Answers[0]
	if b.Guide(answer.ID) != answer.Text {
		t.Errorf("the guide of %s is %q", answer.ID, b.Guide(answer.ID).En)
	}
	service := b.Guide("membership_issue")
	for _, lang := range bot.Langs {
		if strings.Count(service.In(lang), "\n– ") < 3 {
			t.Errorf("in %s the guide of a service has no steps: %q", lang, service.In(lang))
		}
	}
	if !b.Guide("words of a member").Empty() {
		t.Error("there is a guide for what nobody knows")
	}
}

func TestEveryTopicLeadsToTheRepliesOfItsSubject(t *testing.T) {
	b := embedded(t)
	for topic, subject := range map[string]string{
		"membership.how_to_apply": "joining", "membership_issue": "joining", "membership_renewal": "renewal", "renewal": "renewal", "words of a member": "", "": "",
	} {
		if got := b.Subject(topic); got != subject {
			t.Errorf("%q belongs to %q, want %q", topic, got, subject)
		}
	}
	complaints, _ := b.List(b.CategoryList(bot.Complaint))
	for _, category := range complaints {
		if b.Subject(category.ID) != "complaint" {
			t.Errorf("the category %s belongs to %q", category.ID, b.Subject(category.ID))
		}
	}
}

func TestRepliesOfTheSubjectComeFirstAndNoneIsMissing(t *testing.T) {
	b := embedded(t)
	first, rest := b.Offered("membership_renewal", "renewal")
	if len(first) < 2 || first[0].Topic != "renewal" || first[0].Unit != "membership_renewal" {
		t.Errorf("first come %v", first)
	}
	for _, r := range rest {
		if r.Topic == "renewal" || r.Unit == "membership_renewal" {
			t.Errorf("%s is not among the first", r.ID)
		}
	}
	if len(first)+len(rest) != len(b.Replies) {
		t.Errorf("%d and %d of %d replies", len(first), len(rest), len(b.Replies))
	}
	if first, rest := b.Offered("", ""); len(first) != 0 || len(rest) != len(b.Replies) {
		t.Errorf("without unit and subject %d come first", len(first))
	}
}
