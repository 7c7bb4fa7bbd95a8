package content

import (
	"javab/bot"
)

// named is an entry that is but a name.
type named struct {
	ID       string
	bot.Text `yaml:",inline"`
}

// several is a list that may be written as a single value.
type several []string

// UnmarshalYAML reads "a" as well as [a, b].
func (s *several) UnmarshalYAML(decode func(any) error) error {
	var one string
	if decode(&one) == nil {
		*s = several{one}
		return nil
	}
	return decode((*[]string)(s))
}

// when says for which answers to earlier questions an entry is shown: question -> the options.
type when map[string]several

// gated is a text that may promise what a content flag stands for; Without is said while the flag is off.
type gated struct {
	Feature  string
	Without  bot.Text
	bot.Text `yaml:",inline"`
}

type answersFile struct {
	Version int
	Topics  []named
	Answers []answerEntry
}

type answerEntry struct {
	ID, Topic, Unit, Service, Next, Basis, Source, Risk, Feature string

	ValidUntil string `yaml:"valid_until"`
	Process    []int
	Title, Q   bot.Text
	A, Without bot.Text
	Alt        struct{ Fa, Fin, Ar, En []string }
}

type servicesFile struct {
	Version  int
	Groups   []named
	Services []serviceEntry
}

type serviceEntry struct {
	ID, Group, Unit, Request, Basis string

	Process   []int
	Title     bot.Text
	Intro     bot.Text
	AskFirst  []firstEntry `yaml:"ask_first"`
	Documents []pageEntry
	Steps     []pageEntry
	Fee       bot.Text
	Duration  bot.Text
	Handoff   gated
}

// firstEntry is a question whose answer decides what of a guide is shown.
type firstEntry struct {
	ID      string
	Name    bot.Text
	When    when
	Q       bot.Text
	Options []named
}

// pageEntry is a document or a step.
type pageEntry struct {
	When     when
	bot.Text `yaml:",inline"`
}

type complaintsFile struct {
	Version    int
	Urgencies  []named
	Groups     []named
	Categories []categoryEntry
	Questions  []questionEntry
	Statuses   []named
	ForWhom    []named `yaml:"for_whom"`
	Causes     []named
	Verdicts   []named
}

// matter is what every kind of case has: who answers for it, and by when.
type matter struct {
	ID, Unit, Urgency string

	Name               bot.Text
	Process            []int
	SLAHours           int `yaml:"sla_hours"`
	FirstResponseHours int `yaml:"first_response_hours"`
	Confidential       bool
}

type categoryEntry struct {
	Matter    matter `yaml:",inline"`
	Group     string
	Questions []string
	Phrasings struct{ Fa, Ar, En []string }
}

type questionEntry struct {
	ID       string
	Name     bot.Text
	Expect   string
	Min, Max int // limits of the answer, as its kind counts them; 0 for the usual
	Required bool
	Account  bool
	When     when
	bot.Text `yaml:",inline"`
}

type requestsFile struct {
	Version   int
	Requests  []requestEntry
	Others    []matter
	Questions []questionEntry
}

type requestEntry struct {
	Matter    matter `yaml:",inline"`
	Service   string
	Questions []string
	Ready     bot.Text
}

type unitsFile struct {
	Version      int
	Job          any // about the desk's own staff; no member reads it
	Units        []unitEntry
	ProcessGroup bot.Text `yaml:"process_group"`
	Processes    []struct {
		Code int
		Name bot.Text
	}
}

type unitEntry struct {
	ID, Code, Parent string

	Confirmed bool
	Processes []int
	Name      bot.Text
}

type variablesFile struct {
	Version   int
	Variables []named
}

type systemFile struct {
	Version int
	Texts   map[string]bot.Text
}

type featuresFile struct {
	Version  int
	Features []struct {
		ID    string
		On    bool
		About string
	}
}

type namesFile struct {
	Version int
	Portal  []bot.Text
	Words   []bot.Text
	Invites struct{ Fa, Ar, En []string }
}
