package content

import "slices"

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
	if p.Notice.EveryWorkingHours <= 0 {
		s.fail(s.at("notice"), "content.promise", "ID", "notice.every_working_hours")
	}
	if p.Draft.AskAfterHours <= 0 || p.Draft.KeepDays <= 0 {
		s.fail(s.at("draft"), "content.promise", "ID", "draft")
	}
	if c := p.Claim; c.FirstAnswerWorkingMinutes <= 0 || c.PresenceLostMinutes <= 0 || c.ReleaseAfterWorkingMinutes <= c.WarnAfterWorkingMinutes {
		s.fail(s.at("claim"), "content.promise", "ID", "claim")
	}
	if m := p.MemberSilence; m.AskAfterHours <= 0 || m.HandBackAfterHours <= m.AskAfterHours {
		s.fail(s.at("member_silence"), "content.promise", "ID", "member_silence")
	}
	if p.Closure.CloseAfterWorkingHours <= 0 || !slices.IsSorted(p.Closure.RemindAfterWorkingHours) {
		s.fail(s.at("closure"), "content.promise", "ID", "closure")
	}
}
