package bot

import (
	"slices"
	"strconv"
	"strings"
)

// CaseButton is what a button below a message about a case asks for.
type CaseButton string

// The buttons of cases. They work from any step and on any day, name the case, and act once for their round.
const (
	ButtonSolved    CaseButton = "solved"     // the proposed result solves it
	ButtonNotSolved CaseButton = "not_solved" // it does not
	ButtonReopen    CaseButton = "reopen"     // after the closure
	ButtonRate      CaseButton = "rate"       // answer: 1 to 5
	ButtonHolds     CaseButton = "holds"      // the solution still holds
	ButtonFails     CaseButton = "fails"      // it does not
)

// CaseButtons lists them all.
var CaseButtons = [...]CaseButton{ButtonSolved, ButtonNotSolved, ButtonReopen, ButtonRate, ButtonHolds, ButtonFails}

// CasePress is what such a button brings back.
type CasePress struct {
	Button CaseButton
	Number CaseNumber
	Round  int    // of the closure that the message was about
	Answer string // of ButtonRate
}

// casePress begins the data of every button of a case.
const casePress = "c:"

// Data is the button data of the press, at most 64 bytes; ParseCasePress reads it back.
func (p CasePress) Data() string {
	data := casePress + string(p.Button) + ":" + p.Number.String() + ":" + strconv.Itoa(p.Round)
	if p.Answer != "" {
		data += ":" + p.Answer
	}
	return data
}

// ParseCasePress reads the data of a button, which may be forged; it reports false when the button is none of a case's.
func ParseCasePress(data string) (p CasePress, ok bool) {
	rest, ok := strings.CutPrefix(data, casePress)
	if !ok {
		return p, false
	}
	parts := strings.Split(rest, ":")
	if len(parts) < 3 || len(parts) > 4 {
		return p, false
	}
	p.Button = CaseButton(parts[0])
	if len(parts) == 4 {
		p.Answer = parts[3]
	}
	p.Number, ok = ParseCaseNumber(parts[1])
	round, err := strconv.Atoi(parts[2])
	p.Round = round
	return p, ok && err == nil && round >= 0 && p.Button.known()
}

func (b CaseButton) known() bool { return slices.Contains(CaseButtons[:], b) }
