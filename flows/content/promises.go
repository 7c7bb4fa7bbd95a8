package content

import "javab/bot"

// Promises are the defaults of what a member is told on the way, when people are reminded, and when things end. Working
// hours and minutes run on the unit's calendar, everything else on the wall clock.
type Promises struct {
	Version int
	Notice  struct {
		EveryWorkingHours   int     `yaml:"every_working_hours"`
		AheadWorkingMinutes int     `yaml:"ahead_working_minutes"`
		AtShareOfDeadline   float64 `yaml:"at_share_of_deadline"`
	}
	Risk struct {
		AtShareOfDeadline float64 `yaml:"at_share_of_deadline"`
	}
	Escalation struct {
		HeadAfterWorkingHours int `yaml:"head_after_working_hours"`
	}
	// Clock says for each state of a case whether its promise runs, is paused or has stopped.
	Clock    map[string]string
	Referral struct {
		ReplyWithinWorkingHours int `yaml:"reply_within_working_hours"`
		RemindAheadWorkingHours int `yaml:"remind_ahead_working_hours"`
		LinkDays                int `yaml:"link_days"`
	}
	Closure struct {
		Confirm                 []bot.CaseKind
		RemindAfterWorkingHours []int `yaml:"remind_after_working_hours"`
		CloseAfterWorkingHours  int   `yaml:"close_after_working_hours"`
		CallWithinWorkingHours  int   `yaml:"call_within_working_hours"`
		ReopenDays              int   `yaml:"reopen_days"`
	}
	Survey struct {
		AfterHours  int `yaml:"after_hours"`
		OncePerDays int `yaml:"once_per_days"`
		Low         int
	}
	CheckIn struct {
		AfterDays int `yaml:"after_days"`
	} `yaml:"check_in"`
	Draft struct {
		AskAfterHours int `yaml:"ask_after_hours"`
		KeepDays      int `yaml:"keep_days"`
	}
	Claim struct {
		FirstAnswerWorkingMinutes  int `yaml:"first_answer_working_minutes"`
		WarnAfterWorkingMinutes    int `yaml:"warn_without_answer_working_minutes"`
		ReleaseAfterWorkingMinutes int `yaml:"release_without_answer_working_minutes"`
		PresenceLostMinutes        int `yaml:"presence_lost_minutes"`
	}
	Approval struct {
		UpAfterWorkingHours int `yaml:"up_after_working_hours"`
	}
	Digest struct {
		Off                 bool
		AfterOpeningMinutes int `yaml:"after_opening_minutes"`
		NumbersPerLine      int `yaml:"numbers_per_line"`
	}
	MemberSilence struct {
		AskAfterHours      int `yaml:"ask_after_hours"`
		HandBackAfterHours int `yaml:"hand_back_after_hours"`
	} `yaml:"member_silence"`
	// Priority turns the urgency of a category into a number, higher first.
	Priority struct {
		Urgency    map[string]int
		KeyAccount int `yaml:"key_account"`
	}
	// Spike is when many complaints about one matter are an alert to the managers.
	Spike struct {
		AtLeast     int     `yaml:"at_least"` // 0: never
		WithinHours int     `yaml:"within_hours"`
		TimesUsual  float64 `yaml:"times_usual"`
		UsualDays   int     `yaml:"usual_days"`
	}
	// Indicators say how the chamber measures itself.
	Indicators struct {
		SatisfiedFrom int `yaml:"satisfied_from"` // a rating of so many of five, or more, is a good one
		Targets       []Goal
		// Renewals are the requests by which a member is renewed, Expiring how many members' cards expire in a month: the
		// chamber's own register of cards tells it.
		Renewals []string
		Expiring []Cards
	}
}

// Cards is how many members' cards expire in a Jalali month.
type Cards struct {
	Month   string // 1405-08
	Members int
}

// Goal is what the chamber aims at from a Jalali month on, until the next one. A number that is left out aims at nothing.
type Goal struct {
	From                 string  // 1405-01
	Contacted            int     // members a month
	Satisfied            float64 // of the answers
	InTime               float64 `yaml:"in_time"` // of the complaints due
	AnswerWorkingMinutes int     `yaml:"answer_working_minutes"`
	Renewed              float64 // of the members whose card expires
}
