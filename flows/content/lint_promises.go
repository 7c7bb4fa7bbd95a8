package content

import (
	"regexp"
	"slices"

	"javab/bot"
)

// clocks are what the promise's clock can do in a state of a case.
var clocks = []string{"runs", "paused", "stopped"}

// promises checks that every state of a case and every urgency has its rule, and that times are times.
func (l *linter) promises() {
	s, p := l.files.sources["promises"], l.files.promises
	for _, state := range l.ids("statuses") {
		if !slices.Contains(clocks, p.Clock[state]) {
			s.fail(s.at("clock", state), "content.promise", "ID", state)
		}
	}
	for _, urgency := range l.ids("urgencies") {
		if p.Priority.Urgency[urgency] <= 0 {
			s.fail(s.at("priority", "urgency"), "content.promise", "ID", urgency)
		}
	}
	if n := p.Notice; n.EveryWorkingHours <= 0 || n.AheadWorkingMinutes <= 0 || !share(n.AtShareOfDeadline) {
		s.fail(s.at("notice"), "content.promise", "ID", "notice")
	}
	if !share(p.Risk.AtShareOfDeadline) {
		s.fail(s.at("risk"), "content.promise", "ID", "risk.at_share_of_deadline")
	}
	if p.Escalation.HeadAfterWorkingHours <= 0 {
		s.fail(s.at("escalation"), "content.promise", "ID", "escalation.head_after_working_hours")
	}
	if p.Referral.ReplyWithinWorkingHours <= 0 || p.Referral.RemindAheadWorkingHours <= 0 || p.Referral.LinkDays <= 0 {
		s.fail(s.at("referral"), "content.promise", "ID", "referral")
	}
	if p.Draft.AskAfterHours <= 0 || p.Draft.KeepDays <= 0 {
		s.fail(s.at("draft"), "content.promise", "ID", "draft")
	}
	if c := p.Claim; c.FirstAnswerWorkingMinutes <= 0 || c.PresenceLostMinutes <= 0 || c.ReleaseAfterWorkingMinutes <= c.WarnAfterWorkingMinutes {
		s.fail(s.at("claim"), "content.promise", "ID", "claim")
	}
	if p.Approval.UpAfterWorkingHours <= 0 {
		s.fail(s.at("approval"), "content.promise", "ID", "approval.up_after_working_hours")
	}
	if d := p.Digest; d.AfterOpeningMinutes < 0 || d.NumbersPerLine <= 0 {
		s.fail(s.at("digest"), "content.promise", "ID", "digest")
	}
	if m := p.MemberSilence; m.AskAfterHours <= 0 || m.HandBackAfterHours <= m.AskAfterHours {
		s.fail(s.at("member_silence"), "content.promise", "ID", "member_silence")
	}
	l.endings(s, p)
	l.indicators(s, p)
	if k := p.Spike; k.AtLeast < 0 || k.AtLeast > 0 && (k.WithinHours < 1 || k.TimesUsual < 1 || k.UsualDays < 1) {
		s.fail(s.at("spike"), "content.promise", "ID", "spike")
	}
}

// endings checks the ways of a case to its end and what follows on it.
func (l *linter) endings(s *source, p Promises) {
	c := p.Closure
	kinds := []bot.CaseKind{bot.Complaint, bot.Request, bot.Question, bot.Suggestion}
	unknown := slices.ContainsFunc(c.Confirm, func(k bot.CaseKind) bool { return !slices.Contains(kinds, k) })
	climbs := slices.IsSorted(c.RemindAfterWorkingHours) && !slices.ContainsFunc(c.RemindAfterWorkingHours, func(hours int) bool {
		return hours <= 0 || hours >= c.CloseAfterWorkingHours
	})
	for _, rule := range []struct {
		list, name string
		wrong      bool
	}{
		{"closure", "confirm", unknown},
		{"closure", "remind_after_working_hours", !climbs},
		{"closure", "close_after_working_hours", c.CloseAfterWorkingHours <= 0},
		{"closure", "call_within_working_hours", c.CallWithinWorkingHours <= 0},
		{"closure", "reopen_days", c.ReopenDays <= 0},
		{"survey", "after_hours", p.Survey.AfterHours <= 0},
		{"survey", "once_per_days", p.Survey.OncePerDays <= 0},
		{"survey", "low", p.Survey.Low < 1 || p.Survey.Low > 4},
		{"check_in", "after_days", p.CheckIn.AfterDays <= 0},
	} {
		if rule.wrong {
			s.fail(s.at(rule.list, rule.name), "content.promise", "ID", rule.list+"."+rule.name)
		}
	}
}

// month is how a Jalali month is written: 1405-08.
var month = regexp.MustCompile(`^1[2-5][0-9]{2}-(0[1-9]|1[0-2])$`)

// indicators checks that targets are shares and times, each from a month on.
func (l *linter) indicators(s *source, p Promises) {
	if n := p.Indicators.SatisfiedFrom; n < 1 || n > 5 {
		s.fail(s.at("indicators", "satisfied_from"), "content.promise", "ID", "indicators.satisfied_from")
	}
	for _, t := range p.Indicators.Targets {
		part := func(n float64) bool { return n >= 0 && n <= 1 }
		if !month.MatchString(t.From) || !part(t.Satisfied) || !part(t.InTime) || !part(t.Renewed) || t.Contacted < 0 || t.AnswerWorkingMinutes < 0 {
			s.fail(s.at("indicators", "targets"), "content.promise", "ID", "indicators.targets "+t.From)
		}
	}
	for i, id := range p.Indicators.Renewals {
		if _, known := l.bundle.Category(bot.Request, id); !known {
			s.fail(s.at("indicators", "renewals", i), "content.reference", "List", l.bundle.CategoryList(bot.Request), "ID", id)
		}
	}
	seen := map[string]bool{}
	for i, c := range p.Indicators.Expiring {
		if !month.MatchString(c.Month) || c.Members < 1 || seen[c.Month] {
			s.fail(s.at("indicators", "expiring", i), "content.promise", "ID", "indicators.expiring "+c.Month)
		}
		seen[c.Month] = true
	}
}

// share reports whether a number is a part of a whole.
func share(n float64) bool { return 0 < n && n < 1 }
