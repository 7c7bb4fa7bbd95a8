package content

// Promises are the defaults of what a member is told on the way, when people are reminded, and when things end. Working
// hours and minutes run on the unit's calendar, everything else on the wall clock.
type Promises struct {
	Version int
	Notice  struct {
		EveryWorkingHours int     `yaml:"every_working_hours"`
		AtShareOfDeadline float64 `yaml:"at_share_of_deadline"`
	}
	Risk struct {
		AtShareOfDeadline float64 `yaml:"at_share_of_deadline"`
	}
	// Clock says for each state of a case whether its promise runs, is paused or has stopped.
	Clock   map[string]string
	Closure struct {
		RemindAfterWorkingHours []int `yaml:"remind_after_working_hours"`
		CloseAfterWorkingHours  int   `yaml:"close_after_working_hours"`
		ReopenDays              int   `yaml:"reopen_days"`
	}
	Survey struct {
		AfterHours  int `yaml:"after_hours"`
		OncePerDays int `yaml:"once_per_days"`
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
	MemberSilence struct {
		AskAfterHours      int `yaml:"ask_after_hours"`
		HandBackAfterHours int `yaml:"hand_back_after_hours"`
	} `yaml:"member_silence"`
	// Priority turns the urgency of a category into a number, higher first.
	Priority struct {
		Urgency    map[string]int
		KeyAccount int `yaml:"key_account"`
	}
}
