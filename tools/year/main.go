// Command year plays one Jalali year of a chamber with the whole program: members in three languages file cases, answer, fall
// silent, block the bot, take back and open again; officers take, refer, wait, propose, and forget. Holidays are shifted in
// mid-year, the program is killed and once away for three days. Then it judges what the database tells: no member left
// without word, no promise broken silently, nothing said twice or at night, K3 as counted by hand, no case closed behind its
// member's back.
//
// The program is the real one, in a process of its own, but for its clock and its messenger: both are here.
//
//	go run ./year
//	go run ./year -cases 300 -engine postgres -seed 7
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/url"
	"os"

	"javab/tools/command"
	"javab/tools/subject"
)

type settings struct {
	command.Program
	cases, days int
	kills, away int
	seed        uint64
	keep        string
}

func (s *settings) flags(f *flag.FlagSet) {
	s.Flags(f)
	f.IntVar(&s.cases, "cases", 3000, "cases that members file in the year")
	f.IntVar(&s.days, "days", 365, "days of the year that are played")
	f.IntVar(&s.kills, "kills", 5, "times to kill the program")
	f.IntVar(&s.away, "away", 3, "days for which it is away once; 0: never")
	f.Uint64Var(&s.seed, "seed", 1, "which year it is: the same seed, the same people")
	f.StringVar(&s.keep, "keep", "", "folder to keep the data in; empty: it is gone afterwards")
}

func main() {
	var s settings
	command.Main("year", s.flags, s.run)
}

func (s *settings) run(ctx context.Context, folder string) (err error) {
	if s.keep != "" {
		folder = s.keep
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return err
		}
	} else if memory, err := os.MkdirTemp("/dev/shm", "javab-year"); err == nil {
		folder = memory // a kill is no power cut: what was written stays, on whatever it was written
		defer os.RemoveAll(memory)
	}
	if s.Postgres, err = unhurried(s.Postgres); err != nil {
		return err
	}
	if s.Binary == "" {
		if s.Binary, err = build(ctx, s.Module, folder); err != nil {
			return err
		}
	}
	holds := true
	err = s.Each(ctx, folder, func(ctx context.Context, engine *subject.Engine, own string) error {
		v, err := s.play(ctx, engine, own)
		if err == nil {
			fmt.Printf("%s, seed %d: %s", engine.Name, s.seed, v)
			holds = holds && v.clean()
		}
		return err
	})
	if err == nil && !holds {
		err = errors.New("a promise was not kept")
	}
	return err
}

// unhurried tells PostgreSQL not to wait for its disk, for the same reason.
func unhurried(dsn string) (string, error) {
	u, err := url.Parse(dsn)
	if err != nil || dsn == "" {
		return dsn, err
	}
	query := u.Query()
	query.Set("synchronous_commit", "off")
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// play is one year on one engine.
func (s *settings) play(ctx context.Context, engine *subject.Engine, folder string) (*verdict, error) {
	t := newTown(s, engine)
	t.house = newHouse(s.Binary, folder, engine, t.reads)
	defer t.house.kill()
	if err := t.begin(ctx); err != nil {
		return nil, err
	}
	if err := t.pass(ctx); err != nil {
		return nil, err
	}
	return t.judge(ctx)
}
