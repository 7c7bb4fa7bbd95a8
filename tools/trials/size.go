package main

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"javab/tools/messenger"
)

// startUp copies one chat a hundred thousand times and starts the program again. A state is sealed for its own chat;
// nobody reads the copies' before their member writes.
func startUp(ctx context.Context, s *stage) (string, error) {
	sc, err := s.cast(ctx, 1, setting{})
	if err != nil {
		return "", err
	}
	if err := sc.program.Stop(10 * time.Second); err != nil {
		return "", err
	}
	const chats = 100_000
	_, err = sc.engine.DB.ExecContext(ctx, fmt.Sprintf(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < %d)
		INSERT INTO chats (key, rev, state, lang, chosen, mode, member, blocked, since)
		SELECT 'tg:copy:' || i, rev, state, lang, chosen, mode, member, blocked, since FROM n, chats WHERE key LIKE 'tg:%%:200000'`, chats))
	if err != nil {
		return "", fmt.Errorf("copy chats: %w", err)
	}
	begun := time.Now()
	if err := sc.program.Start(); err != nil {
		return "", err
	}
	took := time.Since(begun)
	return verdict(took < 2*time.Second, "%d chats: ready after %s", chats, took.Round(time.Millisecond))
}

func idle(ctx context.Context, s *stage) (string, error) {
	sc, err := s.open(ctx, setting{})
	if err != nil {
		return "", err
	}
	time.Sleep(2 * time.Second)
	rss := float64(sc.program.RSS()) / 1e6
	info, err := os.Stat(s.base.binary)
	if err != nil {
		return "", err
	}
	return verdict(rss < 60, "RSS %.1f MB; binary %.1f MB", rss, float64(info.Size())/1e6)
}

// memory asks Redis what it keeps of a chat after accounts of one and of two hundred messages.
func memory(ctx context.Context, s *stage) (string, error) {
	sc, err := s.cast(ctx, 2, setting{})
	if err != nil {
		return "", err
	}
	sizes, err := each(2, func(i int) (int, error) {
		robot := sc.robots[i]
		if _, _, err := robot.Begin(); err != nil {
			return 0, err
		}
		for n := range 1 + 199*i {
			before := robot.Count()
			<-robot.Say(fmt.Sprintf("%d %s", n, strings.Repeat("What happened next. ", 12)))
			_, _ = robot.Await(before, 20*time.Millisecond) // not each piece is acknowledged
		}
		time.Sleep(200 * time.Millisecond)
		return sc.usage(robot)
	})
	if err != nil {
		return "", err
	}
	return verdict(max(sizes[0], sizes[1]) <= 600, "%d bytes after 1 message, %d after 200", sizes[0], sizes[1])
}

// usage is what Redis says that a chat's state costs, the key included.
func (sc *scene) usage(robot *messenger.Robot) (int, error) {
	keys, err := sc.engine.Redis("KEYS", fmt.Sprintf("*chat:tg:*:%d", robot.ID))
	if err != nil {
		return 0, err
	}
	key := strings.TrimSpace(keys)
	if key == "" || strings.Contains(key, "\n") {
		return 0, fmt.Errorf("keys of the chat: %q, want one", key)
	}
	used, err := sc.engine.Redis("MEMORY", "USAGE", key)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(strings.TrimSpace(used))
}

// oldState puts the chat back to where it was before Submit, as a restored database or a lost write would, and submits
// once more: the form is known, and nothing new is filed.
func oldState(ctx context.Context, s *stage) (string, error) {
	sc, err := s.cast(ctx, 1, setting{})
	if err != nil {
		return "", err
	}
	robot := sc.robots[0]
	seen, submit, err := robot.Draw("What happened")
	if err != nil {
		return "", err
	}
	if _, _, err := sc.settled(ctx, robot.ID); err != nil {
		return "", err
	}
	restore, err := sc.remember(ctx, robot.ID)
	if err != nil {
		return "", err
	}
	for range 2 {
		if err := sc.together(robot.Pressing(seen, submit)); err != nil {
			return "", err
		}
		if _, _, err := sc.settled(ctx, robot.ID); err != nil {
			return "", err
		}
		if err := restore(); err != nil {
			return "", err
		}
	}
	numbers, told := make(map[string]bool), 0
	for _, m := range robot.Seen() {
		if _, rest, found := strings.Cut(m.Text, "Tracking number: "); found {
			number, _, _ := strings.Cut(rest, "\n")
			numbers[number] = true
			told++
		}
	}
	cases, err := sc.count(ctx, "SELECT count(*) FROM cases")
	if err != nil {
		return "", err
	}
	return verdict(cases == 1 && len(numbers) == 1 && told == 2, "submitted twice on one state: %d complaint, told %d times, %d number", cases, told, len(numbers))
}

// remember keeps a chat's row and returns what puts it back: with the program stopped and the hot state gone.
func (sc *scene) remember(ctx context.Context, chat int64) (restore func() error, err error) {
	where := fmt.Sprintf(" WHERE key LIKE 'tg:%%:%d'", chat)
	if _, err := sc.engine.DB.ExecContext(ctx, "CREATE TABLE kept AS SELECT rev, state FROM chats"+where); err != nil {
		return nil, err
	}
	return func() error {
		if err := sc.program.Stop(10 * time.Second); err != nil {
			return err
		}
		if !sc.engine.Embedded() {
			if err := sc.engine.Flush(); err != nil {
				return err
			}
		}
		_, err := sc.engine.DB.ExecContext(ctx, "UPDATE chats SET rev = (SELECT rev FROM kept), state = (SELECT state FROM kept)"+where)
		if err != nil {
			return err
		}
		return sc.program.Start()
	}, nil
}
