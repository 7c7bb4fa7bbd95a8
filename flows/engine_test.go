package flows

import (
	"strings"
	"testing"

	"javab/bot"
)

func TestACategoryBringsItsUnitAndItsSecrecy(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.taps("Conduct")
	c.taps("Staff conduct")
	if c.st.Unit != "member_relations" || !c.st.Confidential {
		t.Errorf("got unit %q, confidential %v", c.st.Unit, c.st.Confidential)
	}
	c.types("/back")
	c.types("/back")
	c.taps("Card")
	c.taps("Card is late")
	if c.st.Unit != "commercial_card" || c.st.Confidential {
		t.Errorf("after another choice: unit %q, confidential %v", c.st.Unit, c.st.Confidential)
	}
}

func TestAnAccountIsAcknowledgedFirstAndThenEveryFourthTime(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("1")
	for i, want := range []string{"account.first", "", "", "account.more 4", "", "", "", "account.more 8"} {
		said := c.types("a fragment")
		if want == "" && len(said) != 0 || want != "" && !strings.Contains(show(said[0]), want) {
			t.Errorf("piece %d: said %v, want %q", i+1, said, want)
		}
	}
	if len(c.kept) != 8 || !c.kept[7].Piece.Append || c.kept[7].Piece.Field != "description" {
		t.Errorf("kept %+v", c.kept)
	}
}

func TestWordsOfCommandsAreJustWordsInsideAnAccount(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("1")
	for _, words := range []string{"menu", "cancel", "officer", "what services do you have"} {
		c.types(words)
		c.at("complaint", "describe")
	}
	c.types("/menu")
	c.at("home", "menu")
	c.says("EN left")
}

func TestTheDoneButtonOfTheQuestionStaysGoodAfterAnAcknowledgement(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("1")
	done := c.button("Done")
	c.types("something happened")
	c.presses(done)
	c.at("complaint", "details")
}

func TestDoneWithNothingAsksAgain(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("1")
	c.taps("Done")
	c.at("complaint", "describe")
	c.says("EN account.empty")
}

func TestAnAlbumIsAcknowledgedOnce(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("1")
	for range 3 {
		if said := c.do(Input{Kind: bot.KindFile, Album: "a", Files: []bot.File{{ID: "f"}}}); len(said) != 0 {
			t.Errorf("said %v to a part of an album", said)
		}
	}
	c.do(Input{Kind: bot.KindEvent, Event: bot.EventFilesGathered})
	c.says("EN files.gathered [Done]")
	c.taps("Done")
	c.at("complaint", "details")
}

func TestWhatComesLateIsOfferedToTheAccount(t *testing.T) {
	c := complain(t)
	c.types("and one more thing")
	c.at("complaint", "confirm")
	c.says("EN late")
	c.taps("Add to the description")
	last := c.kept[len(c.kept)-2:]
	if last[0].From != "late" || last[0].Piece.Field != "description" || !last[0].Piece.Append {
		t.Errorf("the late words are not added: %+v", last)
	}
	if last[1].Piece.Field != "late" || last[1].Piece.Text != "" || last[1].Piece.Append {
		t.Errorf("the late words are not cleared: %+v", last)
	}
	c.do(Input{Kind: bot.KindFile, Files: []bot.File{{ID: "late-file"}}})
	c.says("EN added")
	if p := c.kept[len(c.kept)-1].Piece; p.File == nil || p.Field != "description" {
		t.Errorf("a late file is not added: %+v", p)
	}
}

func TestALongAnswerLiesInTheDraft(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("2")
	c.types("The card is late.")
	c.types("done")
	c.types("123")
	c.at("complaint", "whom") // the question for an account is skipped: it was given
	c.taps("My company")
	long := strings.Repeat("name ", 20)
	c.types(long)
	c.at("complaint", "phone")
	if v := c.st.Vars["company"]; !v.Kept || v.Text != "" {
		t.Errorf("the state holds %+v", v)
	}
	c.taps("I don't have it")
	c.says("Company: <company>")
	if strings.Contains(c.last(), "Phone:") {
		t.Errorf("the line of a missing phone is there: %s", c.last())
	}
}

func TestWrongInputIsHelpedAndTheThirdTimeAnOfficerIsOffered(t *testing.T) {
	c := complain(t)
	c.types("/back")
	c.at("complaint", "phone")
	c.types("abc")
	c.says("EN expect.phone")
	c.types("abc")
	if strings.Contains(c.last(), "Talk to an officer") {
		t.Error("an officer is offered too early")
	}
	c.types("abc")
	c.says("EN three_strikes")
	c.taps("Talk to an officer")
	if len(c.handed) != 1 || c.handed[0].Reason != "asked" {
		t.Errorf("handed over: %+v", c.handed)
	}
	if c.st.Draft == "" || c.st.Flow != "officer" {
		t.Error("the officer does not see where the member was")
	}
}

func TestAnUnusualAnswerIsConfirmed(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("1")
	c.types("wrong name")
	c.types("done")
	c.types("123456")
	c.types("250 toman")
	c.says("EN expect.amount_toman")
	c.says("EN confirm IRR 2,500 [Yes] [No]")
	c.taps("No")
	c.says("How much was it, in rials?")
	c.types("250 toman")
	c.types("yes")
	c.says("When did you pay?")
}

func TestOptionsAreChosenByButtonWordsOrNumber(t *testing.T) {
	for _, said := range []string{"Card", "card", "1", "\u06F1", "\u0661", " CARD! "} {
		c := newChat(t, bot.En)
		c.types("/complaint")
		c.types(said)
		c.at("complaint", "category")
	}
}

func TestAnAnswerCanBeTakenBack(t *testing.T) {
	c := complain(t)
	c.types("/back")
	c.taps("I don't have it")
	c.at("complaint", "confirm")
	if p := c.kept[len(c.kept)-1].Piece; p.Field != "phone" || p.Text != "" || p.Append {
		t.Errorf("the draft still has it: %+v", p)
	}
	if _, set := c.st.Vars["phone"]; set {
		t.Error("the state still has it")
	}
}

func TestADoubtDoesNotOutliveItsQuestion(t *testing.T) {
	c := newChat(t, bot.En)
	for _, said := range []string{"/complaint", "1", "1", "wrong name", "done", "123456", "250 toman"} {
		c.types(said)
	}
	c.says("EN confirm")
	c.types("I don't have it")
	c.says("When did you pay?")
	if strings.Contains(c.last(), "EN confirm") {
		t.Error("the doubt is still asked about")
	}
}

func TestAnOldButtonIsAnsweredKindly(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	old := c.button("Card")
	c.taps("Card")
	c.presses(old)
	c.at("complaint", "category")
	c.says("EN stale")
	c.taps("Mistake on the card")
	c.at("complaint", "describe")
}

func TestADoubleTapActsOnce(t *testing.T) {
	c := complain(t)
	submit := c.button("Submit")
	c.presses(submit)
	c.presses(submit)
	if len(c.dos) != 1 {
		t.Errorf("%d cases were opened", len(c.dos))
	}
	c.says("EN stale")
}

func TestForgedPressesDoNoHarm(t *testing.T) {
	c := complain(t)
	for _, data := range []string{"", "f:", "f::", "f:x", "f:x:y", "f:" + c.st.Token + ":../../etc", "f:" + c.st.Token + ":!yes", "c:1:close:1"} {
		c.presses(data)
		c.at("complaint", "confirm")
	}
}

func TestBackReturnsThroughFormsAndQuestions(t *testing.T) {
	c := complain(t)
	for _, step := range []string{"phone", "whom", "details", "details", "details", "describe", "category", "group"} {
		c.types("/back")
		c.at("complaint", step)
	}
	c.types("back")
	c.says("EN first_question")
	c.taps("Card")
	c.at("complaint", "category")
}

func TestAFormHasItsOwnBackButton(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("1")
	c.types("wrong name")
	c.types("done")
	c.taps("I don't have it")
	c.says("How much was it")
	c.taps("Back")
	c.says("Please write the card number.")
	c.taps("Back")
	c.at("complaint", "describe")
}

func TestARequiredQuestionHasNoWayAround(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	for _, said := range []string{"1", "1", "wrong name", "done", "123456", "I don't have it"} {
		c.types(said)
	}
	c.says("When did you pay?")
	if c.button("I don't have it") != "" {
		t.Error("a required question can be skipped")
	}
}

func TestLanguageChangesInMidFlow(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("/language")
	c.at("language", "choose")
	c.types("2")
	c.at("complaint", "category")
	if c.lang != bot.Ar {
		t.Errorf("the language is %s", c.lang)
	}
	if got := c.said[len(c.said)-1].Message; got.Lang != bot.Ar || strings.Contains(got.Plain(), "Which") {
		t.Errorf("asked again in %s: %s", got.Lang, got.Plain())
	}
	c.types("1")
	c.at("complaint", "describe")
}

func TestAQuestionAtAChoiceIsAnsweredAndThePendingOneAskedAgain(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Sure: "answers/membership.fees"} }
	c.types("/complaint")
	c.types("1")
	said := c.types("what does membership cost")
	c.at("complaint", "category")
	if len(said) != 2 || !strings.Contains(show(said[0]), "The fee is on the portal.") || !strings.Contains(show(said[1]), "Which one?") {
		t.Errorf("said %v", said)
	}
}

func TestAnotherFlowIsOfferedInMidFlowAndNeverEntered(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	c.types("1")
	c.types("what services do you have")
	c.at("complaint", "category")
	c.taps("Services")
	c.at("services", "service")
}

func TestASureQuestionIsAButtonBesideAFreeTextAndALikelyOneIsNot(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	for _, said := range []string{"1", "2", "The card is late.", "done", "123", "2"} {
		c.types(said)
	}
	c.at("complaint", "company")
	c.match = func(string) Match { return Match{Likely: []string{"answers/membership.benefits"}} }
	if said := c.types("Pars Trading"); len(said[0].Message.Choices) != 1 {
		t.Errorf("beside a name was offered: %s", show(said[0]))
	}
	c.at("complaint", "phone")
	c.types("/back")
	c.match = func(string) Match { return Match{Sure: "answers/membership.benefits", P: 0.9} }
	c.types("Pars Trading")
	c.at("complaint", "phone")
	if c.st.Vars["company"].Text != "Pars Trading" {
		t.Error("the answer was not saved")
	}
	said := c.taps("What are the benefits?")
	if len(said) != 2 || !strings.Contains(show(said[0]), "There are many benefits.") {
		t.Errorf("said %v", said)
	}
	c.at("complaint", "phone")
}

func TestFreeTextOutsideOfAFlow(t *testing.T) {
	c := newChat(t, bot.En)
	c.match = func(string) Match { return Match{Sure: "answers/membership.fees"} }
	c.types("fees?")
	c.at("answer", "useful")
	c.taps("Yes")
	if c.dos[0].With["subject"] != "membership.fees" {
		t.Errorf("got %+v", c.dos)
	}
	c.match = func(string) Match { return Match{Likely: []string{"answers/membership.fees", "flow/services"}} }
	c.types("hm")
	c.at("unsure", "pick")
	c.says("[What does membership cost?] [Services] [None of these; an officer]")
	c.taps("Services")
	c.at("services", "service")
	c.match = nil
	c.types("/menu")
	c.types("gibberish")
	c.at("unknown", "topics")
	c.types("/menu")
	c.types("gibberish again")
	if len(c.handed) != 1 {
		t.Error("the second time nothing matches no officer comes")
	}
}

func TestTheVeryFirstMessageIsAnsweredAfterTheLanguageIsChosen(t *testing.T) {
	c := newChat(t, bot.Fa)
	c.first = true
	c.types("I want to complain")
	c.at("welcome", "choose")
	c.taps("English")
	c.at("complaint", "group")
	if c.lang != bot.En {
		t.Errorf("the language is %s", c.lang)
	}
	c.says("What is your complaint about?")
}

func TestALinkIsFollowedAfterTheLanguageIsChosen(t *testing.T) {
	c := newChat(t, bot.Fa)
	c.first = true
	c.types("/start complaint")
	c.at("welcome", "choose")
	c.taps("English")
	c.at("complaint", "group")
}

func TestADoubleTapOnBackGoesBackOnce(t *testing.T) {
	c := newChat(t, bot.En)
	for _, said := range []string{"/complaint", "1", "1", "wrong name", "done", "123456"} {
		c.types(said)
	}
	c.says("How much was it")
	back := c.button("Back")
	c.presses(back)
	c.presses(back)
	c.says("Please write the card number.")
}

func TestAStateThatGrowsTooLargeGoesToAnOfficer(t *testing.T) {
	c := complain(t)
	result := c.actions["case.open"]
	result.Vars = map[string]bot.Value{"case.text": {Text: strings.Repeat("x", MaxStateBytes)}}
	c.actions["case.open"] = result
	c.taps("Submit")
	c.types("/track")
	c.actions["case.list"] = bot.Result{Outcome: "some", Vars: result.Vars}
	c.types("/track")
	if len(c.handed) == 0 || len(stateJSON(t, c.st)) > MaxStateBytes {
		t.Errorf("the state has %d bytes; handed over: %v", len(stateJSON(t, c.st)), c.handed)
	}
}

func TestMessagesInRightToLeftLanguagesAreFinished(t *testing.T) {
	for _, lang := range []bot.Lang{bot.Fa, bot.Ar} {
		c := complain(t)
		c.lang = lang
		c.types("/back")
		c.types("09121234567")
		plain := c.said[len(c.said)-1].Message.Plain()
		for line := range strings.SplitSeq(plain, "\n") {
			if line != "" && (line[0] < 0x80 || strings.HasPrefix(line, "\u2066") || strings.HasPrefix(line, "\u2068")) {
				t.Errorf("%s: the line %q would run from left to right", lang, line)
			}
		}
		code := false
		for _, seg := range c.said[len(c.said)-1].Message.Segments {
			code = code || seg.Style == bot.Code && seg.Text == "+989121234567"
		}
		if !code {
			t.Errorf("%s: the phone is not copied cleanly: %+v", lang, c.said[len(c.said)-1].Message.Segments)
		}
	}
}

func TestAGreetingLeadsHomeAfterTheLanguageIsChosen(t *testing.T) {
	c := newChat(t, bot.Fa)
	c.first = true
	c.types("hello there")
	c.taps("English")
	c.at("home", "menu")
}

func TestAQuestionTypedAtAnAnswerIsANewQuestion(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/menu")
	c.taps("Questions")
	c.taps("Membership")
	c.taps("What are the benefits?")
	c.at("answer", "useful")
	c.match = func(string) Match { return Match{Sure: "answers/membership.fees"} }
	c.types("and what does it cost?")
	c.at("answer", "useful")
	if c.st.Vars["answer"].Ref != "answers/membership.fees" {
		t.Errorf("got %+v", c.st.Vars)
	}
}

func TestBrowsingIsLeftWithoutAWord(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/menu")
	c.taps("Questions")
	c.taps("Membership")
	if said := c.types("/menu"); len(said) != 1 || strings.Contains(show(said[0]), "cancelled") {
		t.Errorf("said %v", said)
	}
}

func TestAPictureMayAnswerInPlaceOfWords(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	for _, said := range []string{"1", "2", "The card is late.", "done", "123", "2"} {
		c.types(said)
	}
	c.at("complaint", "company")
	c.do(Input{Kind: bot.KindFile, Files: []bot.File{{ID: "f", Kind: "photo"}}})
	c.at("complaint", "phone")
	if p := c.kept[len(c.kept)-1].Piece; p.Field != "company" || p.File == nil {
		t.Errorf("kept %+v", p)
	}
}

func TestACommandInMidFlowComesBackToTheQuestion(t *testing.T) {
	c := complain(t)
	c.types("/track")
	c.at("track", "pick")
	c.types("1")
	c.at("complaint", "confirm")
	if c.st.Draft == "" || c.st.Account == "" {
		t.Error("the form was lost on the way")
	}
}

func TestAStartLeadsHomeAfterTheLanguageIsChosen(t *testing.T) {
	c := newChat(t, bot.Fa)
	c.first = true
	c.types("/start")
	c.types("3")
	c.at("home", "menu")
	c.types("/start@javab_bot complaint")
	c.at("complaint", "group")
}

func TestTheMenuLeadsIntoAFlowAndBack(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/menu")
	if c.button("Survey") != "" {
		t.Error("a hidden feature is shown")
	}
	c.taps("Track")
	c.at("track", "pick")
	c.types("1")
	c.at("home", "menu")
	if len(c.st.Vars) != 0 || c.st.Since != 0 {
		t.Errorf("the menu remembers %+v", c.st.Vars)
	}
	c.types("/menu")
	c.taps("File a complaint")
	if c.st.Draft == "" {
		t.Error("the form has no draft")
	}
	c.types("/back")
	c.at("home", "menu")
}

func TestAGuideIsWalked(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("what services do you have")
	c.taps("Membership renewal")
	c.says("Who is applying? [An individual] [A company]")
	c.taps("An individual")
	c.at("services", "steps")
	c.says("EN walk.page 1/2 Register. [Back] [Next] [This step failed]")
	if papers := show(c.said[len(c.said)-2]); papers != "Documents:\n• National ID card\nRegister on cscs.ir." {
		t.Errorf("papers: %q", papers)
	}
	c.taps("Next")
	c.says("2/2 Pay.")
	if c.said[len(c.said)-1].Message.Replace == "" {
		t.Error("a page does not take the place of the one before")
	}
	c.taps("Back")
	c.says("1/2 Register.")
	c.taps("Next")
	c.taps("This step failed")
	c.says("Step 2 failed: Pay.")
	c.taps("An officer")
	if want := (HandOver{Unit: "membership_renewal", Reason: "step_failed", Topic: "renewal"}); c.handed[0] != want {
		t.Errorf("got %+v", c.handed)
	}
}

func TestAfterAHandOverTheNextMessageBeginsAnew(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/officer")
	if !c.st.Idle() || c.st.Flow != "officer" {
		t.Errorf("the state is %+v", c.st)
	}
	c.types("/menu")
	c.at("home", "menu")
}

func TestAnUnforeseenOutcomeGoesToAnOfficer(t *testing.T) {
	c := complain(t)
	c.actions["case.open"] = bot.Result{Outcome: "surprise"}
	c.taps("Submit")
	if len(c.handed) != 1 || c.handed[0].Reason != "stuck" {
		t.Errorf("got %+v", c.handed)
	}
}

func TestTooManyTurnsGoToAnOfficer(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	for range MaxTurnsPerRun + 1 {
		c.types("x")
	}
	if len(c.handed) == 0 {
		t.Error("the member goes round in circles")
	}
}

func TestAnEditedMessageAsksToSendItAnew(t *testing.T) {
	c := complain(t)
	c.do(Input{Kind: bot.KindEdit, Text: "x"})
	c.at("complaint", "confirm")
	c.says("EN edited")
	c.do(Input{Kind: bot.KindOther})
	c.says("EN unreadable")
}

func TestFilesThatFailAreTold(t *testing.T) {
	c := complain(t)
	c.do(Input{Kind: bot.KindEvent, Event: bot.EventFileLost, Files: []bot.File{{Name: "a.pdf"}}})
	c.says("EN file.lost a.pdf")
	c.do(Input{Kind: bot.KindEvent, Event: bot.EventFilesEnough, Files: []bot.File{{Name: "a.pdf"}}})
	c.says("EN files.enough")
	c.at("complaint", "confirm")
}

func TestAContactCardAnswersThePhoneQuestion(t *testing.T) {
	for phone, own := range map[string]bool{
		"989121234567":  true,
		"+989121234567": false, // his secretary's: as good as typing it
		"447700900123":  true,  // no numbering plan has it, but the messenger does
	} {
		c := complain(t)
		c.types("back")
		c.says("(Share my number)")
		c.do(Input{Kind: bot.KindContact, Contact: &bot.Contact{Phone: phone, Own: own}})
		c.at("complaint", "confirm")
		if got := c.st.Vars["phone"].Text; strings.TrimPrefix(got, "+") != strings.TrimPrefix(phone, "+") {
			t.Errorf("%s became %s", phone, got)
		}
	}
}

func TestAClosedCaseGoesOnWhereItsFlowSays(t *testing.T) {
	c := newChat(t, bot.En)
	entrance, ok := c.p.AfterCase("complaint")
	if !ok {
		t.Fatal("the flow does not say")
	}
	c.do(Input{Enter: entrance})
	c.at("complaint", "closed")
	c.taps("No")
	if len(c.handed) != 1 {
		t.Errorf("got %+v", c.handed)
	}
}

func TestThePressedLabelIsKnownForTheRecord(t *testing.T) {
	c := newChat(t, bot.En)
	c.types("/complaint")
	data := c.button("Card")
	if got := c.p.PressLabel(c.st, data, bot.En); got != "Card" {
		t.Errorf("got %q", got)
	}
	if got := c.p.PressLabel(c.st, Choice{"x", "/menu"}.Data(), bot.En); got != "Main menu" {
		t.Errorf("got %q", got)
	}
	if got := c.p.PressLabel(c.st, "c:12:close:1", bot.En); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestTheStateOfAWholeComplaintStaysSmall(t *testing.T) {
	for _, lang := range bot.Langs {
		c := complain(t)
		c.lang = lang
		c.types("\u06F9\u06F9") // asked again in that language
		raw := stateJSON(t, c.st)
		if len(raw) > 600 {
			t.Errorf("%d bytes: %s", len(raw), raw)
		}
		if c.st.size() < len(raw)-60 {
			t.Errorf("size says %d, the JSON has %d bytes", c.st.size(), len(raw))
		}
	}
}
