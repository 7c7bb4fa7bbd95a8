package approve

import (
	"slices"
	"time"

	"javab/bot"
)

// Bench are those among whom approvals are decided, as they are now.
type Bench struct {
	Staff []bot.Staff
	Now   time.Time
}

// young is how long whoever made an account decides nothing that it asks: one person must not be two.
const young = 7 * 24 * time.Hour

// Decides reports whether by may say yes or no to an approval at its level: a manager of the unit or the head; a level on,
// the manager's substitute as well; at the last, the head's, and where there is no head any manager. Never who wrote it, nor whom its chat complains about; a
// confidential one only as a named handler.
func (b Bench) Decides(by bot.Staff, a bot.Approval, about []bot.StaffID) bool {
	if !b.able(by, a, about) {
		return false
	}
	if by.Role == bot.RoleHead || by.Serves(a.Unit) {
		return true
	}
	if a.Level == bot.LevelHead && !b.hasHead(a, about) { // any other manager, rather than nobody
		return true
	}
	standsIn := func(s bot.Staff) bool {
		switch {
		case s.Substitute != by.ID || s.Disabled:
			return false
		case s.Role == bot.RoleManager:
			return a.Level != bot.LevelManager && s.Serves(a.Unit)
		}
		return a.Level == bot.LevelHead && s.Role == bot.RoleHead
	}
	return slices.ContainsFunc(b.Staff, standsIn)
}

// hasHead reports whether there is a head who may decide.
func (b Bench) hasHead(a bot.Approval, about []bot.StaffID) bool {
	return slices.ContainsFunc(b.Staff, func(s bot.Staff) bool { return s.Role == bot.RoleHead && b.able(s, a, about) })
}

// able reports what holds at every level.
func (b Bench) able(by bot.Staff, a bot.Approval, about []bot.StaffID) bool {
	switch {
	case by.Disabled, by.Role != bot.RoleManager && by.Role != bot.RoleHead:
		return false
	case by.ID == a.Author, slices.Contains(about, by.ID), a.Confidential && !by.Confidential:
		return false
	}
	author := b.of(a.Author)
	return author.CreatedBy != by.ID || b.Now.Sub(author.CreatedAt) >= young
}

func (b Bench) of(id bot.StaffID) bot.Staff {
	i := slices.IndexFunc(b.Staff, func(s bot.Staff) bool { return s.ID == id })
	if i < 0 {
		return bot.Staff{}
	}
	return b.Staff[i]
}

// Level returns the first level from one on at which somebody may decide, and whether there is any.
func (b Bench) Level(from bot.ApprovalLevel, a bot.Approval, about []bot.StaffID) (bot.ApprovalLevel, bool) {
	for _, level := range levels[slices.Index(levels, from):] {
		a.Level = level
		if slices.ContainsFunc(b.Staff, func(s bot.Staff) bool { return b.asked(s, a, about) }) {
			return level, true
		}
	}
	return bot.LevelHead, false
}

// Asked are those whom an approval's level is about.
func (b Bench) Asked(a bot.Approval, about []bot.StaffID) (whom []bot.StaffID) {
	for _, s := range b.Staff {
		if b.asked(s, a, about) {
			whom = append(whom, s.ID)
		}
	}
	return whom
}

// asked reports whether a level is about somebody: the head and the substitutes may decide before as well as after it, but
// each is asked at one.
func (b Bench) asked(s bot.Staff, a bot.Approval, about []bot.StaffID) bool {
	switch {
	case !b.Decides(s, a, about):
		return false
	case s.Role == bot.RoleHead:
		return a.Level == bot.LevelHead
	case s.Serves(a.Unit):
		return a.Level == bot.LevelManager
	}
	return true
}

// levels go up.
var levels = []bot.ApprovalLevel{bot.LevelManager, bot.LevelDeputy, bot.LevelHead}

// Alone reports whether four eyes are off for somebody: he may decide for others, and nobody may for him. Pages say so.
func (b Bench) Alone(by bot.Staff) bool {
	if by.Role != bot.RoleManager && by.Role != bot.RoleHead {
		return false
	}
	return !slices.ContainsFunc(b.Staff, func(s bot.Staff) bool {
		return s.ID != by.ID && !s.Disabled && (s.Role == bot.RoleManager || s.Role == bot.RoleHead)
	})
}
