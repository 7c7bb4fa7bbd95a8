package app

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"javab/bot"
	"javab/bot/digest"
	"javab/bot/staff"
	"javab/bot/staffchat"
	"javab/storage"
	"javab/webhook/emulator"
)

const (
	phone   = 9001 // maryam's own, where she writes to the bot
	herTOTP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
)

// manager is maryam with her messenger.
type manager struct {
	*walker
	office *office
	cookie *http.Cookie
	who    bot.Staff
}

var linkCode = regexp.MustCompile(`/link ([A-Z2-7]{4}-[A-Z2-7]{4})`)

// links signs maryam in and links her messenger to her account, as she does herself.
func (o *office) links(t *testing.T) manager {
	t.Helper()
	m := manager{walker: o.member(phone, bot.En), office: o, cookie: o.signIn(t, "maryam")}
	err := o.house.store.Do(t.Context(), func(tx storage.Tx) (err error) {
		if m.who, err = tx.StaffByLogin(t.Context(), "maryam"); err != nil {
			return err
		}
		return tx.SaveSecrets(t.Context(), m.who.ID, staff.Secrets{TOTP: herTOTP})
	})
	if err != nil {
		t.Fatal(err)
	}
	m.says("hello")
	m.taps("en")
	code := linkCode.FindStringSubmatch(o.ask(http.MethodPost, "/account/chats", m.cookie, url.Values{}).Body.String())
	if code == nil {
		t.Fatal("her account page shows no code")
	}
	m.says("/link " + code[1])
	m.reads("is now linked")
	return m
}

// reads waits for a message of the bot with these words.
func (m manager) reads(words string) {
	m.t.Helper()
	m.sees(words, func(v emulator.View) bool {
		return slices.ContainsFunc(v.Messages, func(one emulator.Message) bool { return one.From.Bot && strings.Contains(one.Text, words) })
	})
}

// presses presses the button of an approval: y, c or n.
func (m manager) presses(letter string) {
	m.t.Helper()
	var message int64
	var data string
	m.sees("the button "+letter, func(v emulator.View) bool {
		for _, one := range v.Messages {
			var markup struct {
				Rows [][]struct {
					Data string `json:"callback_data"`
				} `json:"inline_keyboard"`
			}
			if json.Unmarshal(one.Markup, &markup) != nil {
				continue
			}
			for _, button := range slices.Concat(markup.Rows...) {
				if strings.HasPrefix(button.Data, "f:-:/approve "+letter+":") {
					message, data = one.ID, button.Data
				}
			}
		}
		return message != 0
	})
	m.answered(func() error {
		_, err := m.messenger.Press(m.id, message, data)
		return err
	})
}

func (m manager) code() string {
	m.t.Helper()
	code, err := totp.GenerateCode(herTOTP, time.Now())
	if err != nil {
		m.t.Fatal(err)
	}
	return code
}

func TestAManagerApprovesInHerOwnChatWithACodeAndTheMemberReadsIt(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	m := o.links(t)
	chat, sara := o.queue(t)
	const binding = "We will refund 2,500,000 rials this week."
	if answer := o.ask(http.MethodPost, chat+"/reply", sara, url.Values{"id": {"r1"}, "text": {binding}}); answer.Code != http.StatusSeeOther {
		t.Fatalf("%d %s", answer.Code, said.FindString(answer.Body.String()))
	}
	m.reads(binding)
	m.presses("y")
	m.says("000000")
	m.reads("is not right")
	if o.read(t, emily, binding) != nil {
		t.Fatal("a wrong code sent it")
	}
	code := m.code()
	m.says(code)
	m.reads("Decided by")
	o.got(t, "the approved words", func(m emulator.Message) bool { return m.Text == binding })
	o.wantDecided(t, "approval.asked", "approval.approved")

	m.presses("y") // once more, on the same button
	m.reads("decided already")
	if got := o.read(t, emily, binding); len(got) != 1 {
		t.Errorf("she reads it %d times", len(got))
	}
	own := bot.NewChatKey(o.house.channels[0].ID, o.house.channels[0].Account, "9001")
	record, err := o.house.store.ReadMessages(t.Context(), own, 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range record {
		if strings.Contains(line.Text, code) || strings.Contains(line.SearchKey, code) || strings.Contains(line.Text, binding) || linkCode.MatchString(line.Text) {
			t.Errorf("the record of her chat has %q", line.Text)
		}
	}
}

func TestAChatThatIsUnlinkedDecidesNothing(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	m := o.links(t)
	path := regexp.MustCompile(`/account/chats/[^"]+/unlink`).FindString(o.ask(http.MethodGet, "/account", m.cookie, nil).Body.String())
	if answer := o.ask(http.MethodPost, path, m.cookie, url.Values{}); answer.Code != http.StatusSeeOther {
		t.Fatalf("%s: %d", path, answer.Code)
	}
	m.says("/approve")
	m.reads("linked to no account")
	m.says("/menu")
	before := len(o.read(t, phone, "linked to no account"))
	m.says("/approve") // it is an unknown command again
	if got := len(o.read(t, phone, "linked to no account")); got != before {
		t.Error("the command is known still")
	}
}

func TestADigestComesOnceAWorkingDay(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	m := o.links(t)
	opening := time.Date(2026, time.November, 21, 4, 30, 0, 0, time.UTC) // behind the house's clock: what was ordered is due
	for range 3 {
		if err := o.house.digest.Round(t.Context(), opening.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	other := &digest.Herald{Store: o.house.digest.Store, Approvals: o.house.approvals, Teller: o.house.room, Content: o.house.library, Hours: o.house.hours, Clock: o.house.env.Clock}
	if err := other.Round(t.Context(), opening.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	m.reads("How your units stand")
	m.says("/menu")
	if got := o.read(t, phone, "How your units stand"); len(got) != 1 {
		t.Errorf("it came %d times", len(got))
	}
}

func TestTheContentHasWhatIsSaidToTheStaffWithItsPlaceholders(t *testing.T) {
	library := builtIn(t)
	for _, texts := range []map[string][]string{staffchat.TextIDs, digest.TextIDs} {
		for id, names := range texts {
			for _, lang := range bot.Langs {
				words := library.Text(id).In(lang)
				if words == "" {
					t.Errorf("%s says nothing in %s", id, lang)
				}
				for _, name := range names {
					if strings.Count(words, "{"+name+"}") != 1 {
						t.Errorf("%s says %q in %s; it shall have {%s}", id, words, lang, name)
					}
				}
			}
		}
	}
	if rules := library.DigestRules(); rules.Off || rules.Named != 8 {
		t.Errorf("the rules are %+v", rules)
	}
}

func TestTheDesksHearThatSomethingWaitsForAYesAndThatItWasDecided(t *testing.T) {
	t.Parallel()
	o := furnish(t)
	heard, err := o.house.hot.Subscribe(t.Context(), deskTopic)
	if err != nil {
		t.Fatal(err)
	}
	moved := func(what string) {
		t.Helper()
		for late := time.After(time.Minute); ; {
			select {
			case message := <-heard:
				if strings.Contains(string(message), `"kind":"approvals"`) {
					return
				}
			case <-late:
				t.Fatalf("never heard: %s", what)
			}
		}
	}
	chat, sara := o.queue(t)
	if answer := o.ask(http.MethodPost, chat+"/reply", sara, url.Values{"id": {"r1"}, "text": {"We guarantee it."}}); answer.Code != http.StatusSeeOther {
		t.Fatal(answer.Code)
	}
	moved("that it waits")
	maryam := o.signIn(t, "maryam")
	form := heldForm.FindStringSubmatch(o.ask(http.MethodGet, "/approvals", maryam, nil).Body.String())
	if answer := o.ask(http.MethodPost, form[1]+"/approve", maryam, url.Values{"hash": {form[2]}}); answer.Code != http.StatusSeeOther {
		t.Fatal(answer.Code)
	}
	moved("that it was decided")
}
