package app

import (
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"javab/bot"
	"javab/bot/approve"
	"javab/bot/cases"
	"javab/bot/converse"
	"javab/bot/desk"
	"javab/bot/faq"
	"javab/flows"
	"javab/flows/content"
	"javab/locales/text"
)

// library is the live content and what has been trained on it. A new edition replaces the old one in one step.
type library struct {
	live   atomic.Pointer[edition]
	held   held
	opened time.Time

	reader *reader
	told   chan struct{} // something else is live

	meanings *meanings // nil when nobody is asked about them
	sensed   atomic.Pointer[sensed]
}

// edition is one version of the content, as it is played from some day on.
type edition struct {
	*knowledge
	script  converse.Script
	lexicon *desk.Lexicon
}

// knowledge is a content and all that is made of it alone, whatever its number is. Versions that read the same share it.
type knowledge struct {
	bundle     *content.Bundle
	asked      course
	questions  *faq.Live // answers free texts, until asked is trained by what is there at once
	complaints *faq.Index
	said       map[string]answered // the answers by their words, folded
}

// answered is an answer in one language.
type answered struct {
	entry string
	lang  bot.Lang
}

func (l *library) publish(bundle *content.Bundle, version int, now time.Time) {
	l.live.Store(&edition{
		knowledge: l.reader.knowledge(bundle), script: scripted(bundle, version), lexicon: l.reader.lexicon(bundle.Manners, bundle.Published(now)),
	})
	l.tell()
}

// scripted is a content as turns are played with it.
func scripted(bundle *content.Bundle, version int) converse.Script {
	return converse.Script{Version: version, Program: bundle.Program, Notices: bundle.System}
}

// answers are all answers by their words.
func answers(bundle *content.Bundle) map[string]answered {
	said := make(map[string]answered, len(bundle.Answers)*len(bot.Langs))
	for _, a := range bundle.Answers {
		for _, lang := range bot.Langs {
			if words := text.Fold(a.Text.In(lang)); words != "" {
				said[words] = answered{"answers/" + a.ID, lang}
			}
		}
	}
	return said
}

// Answered names the answer whose words a message of the bot has, as the content is live now.
func (l *library) Answered(words string) (entry string, lang bot.Lang) {
	found := l.live.Load().said[text.Fold(words)]
	return found.entry, found.lang
}

// Live is what turns are played with.
func (l *library) Live() converse.Script { return l.live.Load().script }

// Category is what a case of the kind can be about, by its id: as live has it, else as a former version that a chat stays with.
func (l *library) Category(kind bot.CaseKind, id string) (bot.Category, bool) {
	if category, known := l.live.Load().bundle.Category(kind, id); known {
		return category, true
	}
	return l.former(kind, id)
}

// List names the content list that holds the categories of a kind.
func (l *library) List(kind bot.CaseKind) string { return l.live.Load().bundle.CategoryList(kind) }

// Priority is how urgent a topic is for the queue, as a number.
func (l *library) Priority(topic string) int {
	bundle := l.live.Load().bundle
	urgency := "normal"
	for _, kind := range []bot.CaseKind{bot.Complaint, bot.Request, bot.Suggestion} {
		if category, known := bundle.Category(kind, topic); known {
			urgency = category.Urgency
			break
		}
	}
	return bundle.Promises.Priority.Urgency[urgency]
}

// FirstAnswer is the working time within which a person answers a chat: nobody waits there for as long as a case may.
func (l *library) FirstAnswer(topic string) time.Duration {
	bundle := l.live.Load().bundle
	target := time.Duration(bundle.Promises.Claim.FirstAnswerWorkingMinutes) * time.Minute
	for _, kind := range []bot.CaseKind{bot.Complaint, bot.Request, bot.Suggestion} {
		if category, known := bundle.Category(kind, topic); known && category.FirstResponseHours > 0 {
			return min(target, time.Duration(category.FirstResponseHours)*time.Hour)
		}
	}
	return target
}

// Text is one of the system's sentences.
func (l *library) Text(id string) bot.Text { return l.live.Load().bundle.System[id] }

// UnitName is what members call a unit; empty when there is no such unit.
func (l *library) UnitName(id bot.UnitID) bot.Text {
	for _, unit := range l.live.Load().bundle.Units {
		if unit.ID == id {
			return unit.Name
		}
	}
	return bot.Text{}
}

// Lexicon notices tone and promises.
func (l *library) Lexicon() *desk.Lexicon { return l.live.Load().lexicon }

// Guard is the authority guard.
func (l *library) Guard() *approve.Guard { return l.live.Load().lexicon.Guard() }

// MovesUpAfter is the working time after which an undecided approval moves up.
func (l *library) MovesUpAfter() time.Duration {
	return time.Duration(l.live.Load().bundle.Promises.Approval.UpAfterWorkingHours) * time.Hour
}

// Rules are the times of the desk.
func (l *library) Rules() desk.Rules {
	p := l.live.Load().bundle.Promises
	return desk.Rules{
		Warn:    time.Duration(p.Claim.WarnAfterWorkingMinutes) * time.Minute,
		Release: time.Duration(p.Claim.ReleaseAfterWorkingMinutes) * time.Minute,
		Lost:    time.Duration(p.Claim.PresenceLostMinutes) * time.Minute,
		Ask:     time.Duration(p.MemberSilence.AskAfterHours) * time.Hour,
		Back:    time.Duration(p.MemberSilence.HandBackAfterHours) * time.Hour,
	}
}

// PromiseRules are the times of promises.
func (l *library) PromiseRules() cases.Rules {
	p := l.live.Load().bundle.Promises
	rules := cases.Rules{
		ReplyWithin: time.Duration(p.Referral.ReplyWithinWorkingHours) * time.Hour, LinkFor: time.Duration(p.Referral.LinkDays) * 24 * time.Hour,
		NoticeEvery: time.Duration(p.Notice.EveryWorkingHours) * time.Hour, NoticeAhead: time.Duration(p.Notice.AheadWorkingMinutes) * time.Minute,
		NoticeShare: p.Notice.AtShareOfDeadline, RiskShare: p.Risk.AtShareOfDeadline,
		HeadAfter: time.Duration(p.Escalation.HeadAfterWorkingHours) * time.Hour, Clock: make(map[bot.CaseState]cases.ClockRule, len(p.Clock)),
		Confirm: p.Closure.Confirm, CloseAfter: time.Duration(p.Closure.CloseAfterWorkingHours) * time.Hour,
		CallWithin: time.Duration(p.Closure.CallWithinWorkingHours) * time.Hour, ReopenFor: time.Duration(p.Closure.ReopenDays) * 24 * time.Hour,
		DueAhead:    time.Duration(p.Referral.RemindAheadWorkingHours) * time.Hour,
		SurveyAfter: time.Duration(p.Survey.AfterHours) * time.Hour, SurveyEvery: time.Duration(p.Survey.OncePerDays) * 24 * time.Hour,
		CheckAfter: time.Duration(p.CheckIn.AfterDays) * 24 * time.Hour, LowRating: p.Survey.Low,
	}
	for _, hours := range p.Closure.RemindAfterWorkingHours {
		rules.Remind = append(rules.Remind, time.Duration(hours)*time.Hour)
	}
	for state, rule := range p.Clock {
		rules.Clock[bot.CaseState(state)] = cases.ClockRule(rule)
	}
	return rules
}

// StateName is what members call a state of a case.
func (l *library) StateName(s bot.CaseState) bot.Text {
	item, _ := l.live.Load().bundle.Item("statuses", string(s))
	return item.Label
}

// contentError is content that cannot be used, with everything that is wrong with it.
type contentError struct{ problems []flows.Problem }

func (e *contentError) Error() string {
	lines := []error{fmt.Errorf("the content has %d problems", len(e.problems))}
	for _, p := range e.problems {
		lines = append(lines, errors.New(content.Describe(p)))
	}
	return errors.Join(lines...).Error()
}
