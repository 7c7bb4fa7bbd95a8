package expect

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"javab/bot"
	"javab/locales/text"
)

// Kind names what a step asks for.
type Kind string

// The kinds of answer.
const (
	Account    Kind = "account" // fragments, captions and files, gathered until «done»
	Text       Kind = "text"
	Digits     Kind = "digits"
	Number     Kind = "number"
	Amount     Kind = "amount" // rials
	Date       Kind = "date"
	Phone      Kind = "phone"
	Email      Kind = "email"
	NationalID Kind = "national_id"
	LegalID    Kind = "legal_id"
	EconomicNo Kind = "economic_no"
	PostalCode Kind = "postal_code"
	Choice     Kind = "option"
	Unit       Kind = "unit"
	Files      Kind = "files"
	Contact    Kind = "contact"
	Location   Kind = "location"
	Code       Kind = "code" // of an authenticator: a secret, which nothing keeps
)

// rule is how one kind reads an answer, and the parameters it takes with their usual values.
type rule struct {
	accept func(Expect, Answer) Verdict
	params map[string]int
}

// flag marks a parameter that is true or false.
const flag = -1

var rules = map[Kind]rule{
	Account:    {acceptAccount, map[string]int{"max": 3000, "files": 10}},
	Text:       {acceptText, map[string]int{"min": 1, "max": 1000}},
	Digits:     {acceptDigits, map[string]int{"min": 1, "max": 20}},
	Number:     {acceptNumber, map[string]int{"min": 0, "max": 1_000_000_000}},
	Amount:     {acceptAmount, map[string]int{"min": 1, "max": 10_000_000_000_000_000}},
	Date:       {acceptDate, map[string]int{"years": 0, "past": flag, "future": flag}},
	Phone:      {acceptPhone, nil},
	Email:      {acceptEmail, nil},
	NationalID: {acceptNationalID, nil},
	LegalID:    {acceptLegalID, nil},
	EconomicNo: {acceptEconomicNo, nil},
	PostalCode: {acceptPostalCode, nil},
	Choice:     {acceptOption(hintOption), nil},
	Unit:       {acceptOption(hintUnit), nil},
	Files:      {acceptFiles, map[string]int{"min": 1, "max": 10}},
	Contact:    {acceptContact, nil},
	Location:   {acceptLocation, nil},
	Code:       {acceptCode, nil},
}

// Kinds lists the kinds in alphabetical order.
func Kinds() []string {
	var kinds []string
	for kind := range rules {
		kinds = append(kinds, string(kind))
	}
	slices.Sort(kinds)
	return kinds
}

// Expect is what a step waits for. The zero Expect accepts nothing.
type Expect struct {
	Kind   Kind
	limits map[string]int
}

// Limit returns a parameter, as the script sets it or by default: "max", "files". Flags are 1 when set, else 0.
func (e Expect) Limit(name string) int { return e.limits[name] }

// Limits returns all parameters as ASCII figures, for the texts of hints: {min}, {max}.
func (e Expect) Limits() map[string]string {
	limits := make(map[string]string, len(e.limits))
	for name, n := range e.limits {
		limits[name] = strconv.Itoa(n)
	}
	return limits
}

// Error says what is wrong with an expectation in a script, and what was likely meant.
type Error struct {
	What string // "kind", "parameter" or "value of max"
	Got  string
	Near string // "" when nothing is near
	Want []string
}

func (e *Error) Error() string {
	message := fmt.Sprintf("unknown %s %q", e.What, e.Got)
	if e.Near != "" {
		return fmt.Sprintf("%s: did you mean %q?", message, e.Near)
	}
	if len(e.Want) == 0 {
		return message + ": it takes none"
	}
	return fmt.Sprintf("%s: use one of %v", message, e.Want)
}

// Parse makes an Expect of a kind and its parameters, as a script writes them. Its errors are *Error.
func Parse(kind string, params map[string]any) (Expect, error) {
	r, ok := rules[Kind(kind)]
	if !ok {
		return Expect{}, &Error{What: "kind", Got: kind, Near: text.Nearest(kind, Kinds()), Want: Kinds()}
	}
	e := Expect{Kind: Kind(kind), limits: map[string]int{}}
	for name, usual := range r.params {
		e.limits[name] = max(usual, 0)
	}
	for _, name := range slices.Sorted(maps.Keys(params)) {
		usual, ok := r.params[name]
		if !ok {
			known := slices.Sorted(maps.Keys(r.params))
			return Expect{}, &Error{What: "parameter of " + kind, Got: name, Near: text.Nearest(name, known), Want: known}
		}
		n, ok := limit(params[name], usual == flag)
		if !ok {
			want := []string{"a whole number from 0"}
			if usual == flag {
				want = []string{"true", "false"}
			}
			return Expect{}, &Error{What: "value of " + name, Got: fmt.Sprint(params[name]), Want: want}
		}
		e.limits[name] = n
	}
	if low := e.limits["min"]; low > e.limits["max"] {
		return Expect{}, &Error{What: "value of min", Got: strconv.Itoa(low), Want: []string{"a number up to max"}}
	}
	return e, nil
}

// limit reads a parameter's value as any YAML reader may hand it over.
func limit(v any, isFlag bool) (int, bool) {
	if b, ok := v.(bool); ok && isFlag {
		if b {
			return 1, true
		}
		return 0, true
	}
	n, err := strconv.Atoi(fmt.Sprint(v))
	return n, err == nil && n >= 0 && !isFlag
}

// Answer is what a member sent at a question, with what is needed to understand it.
type Answer struct {
	Text     string
	Files    []bot.File
	Contact  *bot.Contact
	Location *bot.Location
	// Options are what the question offers, for the kinds option and unit, in the order in which they are shown.
	Options []Option
	Lang    bot.Lang
	Now     time.Time
}

// Option is one of the answers that a question offers.
type Option struct {
	ID    string
	Label bot.Text
}

// Verdict is what came of an answer. Without a Hint the Value is good. With a Hint it is refused; unless Confirm is set:
// then the value is unusual but possible, and good once the member, who reads the hint with it, has confirmed it.
type Verdict struct {
	Value   string
	Confirm bool
	Hint    string
}

// Accept judges an answer.
func (e Expect) Accept(in Answer) (value string, confirm bool, hint string) {
	r, ok := rules[e.Kind]
	if !ok {
		return "", false, hintText
	}
	in.Text = text.Clean(in.Text)
	v := r.accept(e, in)
	return v.Value, v.Confirm, v.Hint
}

func good(value string) Verdict          { return Verdict{Value: value} }
func refuse(hint string) Verdict         { return Verdict{Hint: hint} }
func unusual(value, hint string) Verdict { return Verdict{Value: value, Confirm: true, Hint: hint} }
