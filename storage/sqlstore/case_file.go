package sqlstore

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"gorm.io/gorm"

	"javab/bot"
	"javab/bot/casefile"
	"javab/bot/cases"
	"javab/bot/members"
	"javab/storage"
)

// CaseFile implements casefile.Files.
func (s *Store) CaseFile(ctx context.Context, by bot.Staff, number bot.CaseNumber) (f casefile.File, err error) {
	seen, args := findsCase(by)
	f.Case, err = outside(ctx, s, func(db *gorm.DB) (bot.Case, error) {
		return s.oneCase(db.Table("cases c").Where("c.year = ? AND c.seq = ? AND "+seen,
			append([]any{number.Year, number.Seq}, args...)...), number.String())
	})
	if err != nil {
		return casefile.File{}, err
	}
	if f.Chat, err = s.ReadChat(ctx, f.Case.Chat); err != nil && bot.KindOf(err) != bot.NotFound {
		return casefile.File{}, err
	}
	_, err = outside(ctx, s, func(db *gorm.DB) (struct{}, error) { return struct{}{}, s.aroundCase(db, by, &f) })
	if err == nil {
		err = s.attached(ctx, &f)
	}
	if err != nil {
		return casefile.File{}, err
	}
	f.Chat.State = nil    // where the member stands in a script is nobody's business
	f, _ = f.For(by, nil) // whom it complains about has not found it
	return f, nil
}

// aroundCase reads what belongs to a case.
func (s *Store) aroundCase(db *gorm.DB, by bot.Staff, f *casefile.File) error {
	id := string(f.Case.ID)
	var entries []entryRow
	var referrals []referralRow
	var tasks []taskRow
	var surveys []surveyRow
	for _, read := range []func() error{
		func() error { return db.Where("case_id = ?", id).Order("id").Find(&entries).Error },
		func() error { return db.Where("case_id = ?", id).Order("asked_at, id").Find(&referrals).Error },
		func() error { return db.Where("case_id = ?", id).Order("made_at, id").Find(&tasks).Error },
		func() error { return db.Where("case_id = ?", id).Order("round").Find(&surveys).Error },
		func() (err error) {
			f.Approvals, err = s.approvals(db.Where("number <> '' AND number = ?", f.Case.Number.String()).Order("asked_at, id"))
			return err
		},
		func() (err error) {
			id := string(cmp.Or(f.Case.Member, f.Chat.Member))
			f.Member, err = s.oneMember(db.Where("id = ?", id), id)
			if bot.KindOf(err) == bot.NotFound {
				return nil
			}
			return err
		},
		func() error {
			return db.Raw("SELECT "+nameOfCase+" FROM cases c WHERE c.id = ?", id).Scan(&f.Name).Error
		},
		func() error { return s.saidOfCase(db, by, f) },
	} {
		if err := read(); err != nil {
			return err
		}
	}
	f.Entries, f.Referrals = listed(entries, entryRow.entry), listed(referrals, referralRow.referral)
	f.Tasks, f.Surveys = listed(tasks, taskRow.task), listed(surveys, surveyRow.survey)
	return nil
}

// saidOfCase reads what people have said in the chat since the case was filed, what the program wrote about it, and what was
// logged by hand of its member. What the desk itself notes and the buttons of the bot are left out.
func (s *Store) saidOfCase(db *gorm.DB, by bot.Staff, f *casefile.File) error {
	cond, args := reads("m", by, f.Case.Unit)
	others, who := unaccused("m", by)
	letter := "case:" + string(f.Case.ID) + ":"
	var rows []lineRow
	err := db.Raw(selectLines+" WHERE m.chat IN (?,?) AND "+cond+" AND "+others+" AND m.kind<>'press' AND (m.author<>'bot' AND m.at>=? AND NOT (m.direction='note' AND m.flow='desk')"+
		" OR m.flow='"+cases.NoticeFlow+"' AND substr(m.job_key, 1, "+strconv.Itoa(len(letter))+")=?) ORDER BY m.id DESC LIMIT "+strconv.Itoa(casefile.MaxLines),
		slices.Concat([]any{string(f.Case.Chat), string(loggedOf(f.Case))}, args, []any{who, storage.Millis(f.Case.OpenedAt), letter})...).Scan(&rows).Error
	if err != nil {
		return err
	}
	slices.Reverse(rows)
	if f.Lines, err = linesOf(db, rows); err != nil {
		return err
	}
	var logged []contactRow
	err = db.Raw("SELECT c.*, m.direction, m.author, m.text, m.search_key, m.unit, m.confidential, m.at FROM contacts c"+
		" JOIN messages m ON m.id = c.message WHERE c.case_id <> '' AND c.case_id = ? ORDER BY m.at, m.id", string(f.Case.ID)).Scan(&logged).Error
	f.Contacts = listed(logged, contactRow.contact)
	for i, k := range f.Contacts {
		f.Contacts[i].Text = strings.TrimPrefix(k.Text, k.Name+": ") // as the record has the words of a stranger
	}
	return err
}

// loggedOf is where what was logged by hand of the member of a case is kept; his own chat when he is not known.
func loggedOf(c bot.Case) bot.ChatKey {
	if c.Member == "" {
		return c.Chat
	}
	return members.LoggedOf(c.Member)
}

// attached reads the files that came with a case.
func (s *Store) attached(ctx context.Context, f *casefile.File) error {
	var forms []bot.Draft
	for _, id := range casefile.Forms(f.Case, f.Entries) {
		form, err := s.ReadDraft(ctx, id)
		if err != nil {
			return err
		}
		forms = append(forms, form)
	}
	f.Attach(forms)
	return nil
}
