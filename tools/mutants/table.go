package main

import "javab/tools/overlay"

// mutant is the product with one of its guards taken out, and the run that must notice.
type mutant struct {
	name   string
	edits  []overlay.Edit
	caught []string // the program and its arguments
}

// crash is the short crash run on one engine; trial is one trial.
func crash(engine string, more ...string) []string {
	return append([]string{"crash", "-engine", engine, "-patience", "12s"}, more...)
}

func trial(name, engine string) []string {
	return []string{"trials", "-only", name, "-engine", engine}
}

// table lists the guards of the reliability design that stand today, each with the run that proves that it is needed.
func table() []mutant {
	return []mutant{
		{"200 before commit", []overlay.Edit{{
			File: "webhook/hook.go",
			Old:  "	if !h.take(ctx, channel, body) {",
			New:  "	go h.take(context.WithoutCancel(ctx), channel, body)\n	if false {",
		}}, crash("sqlite", "-updates", "1500", "-kills", "12")},
		{"no receipt", []overlay.Edit{{
			File: "storage/sqlstore/turn.go",
			Old:  "	receipt := []any{string(a.Receipt.Source), a.Receipt.ID, storage.Millis(a.At)}",
			New:  "	receipt := []any{string(a.Receipt.Source), a.Receipt.ID + a.At.String(), storage.Millis(a.At)}",
		}}, crash("sqlite", "-updates", "1200", "-kills", "1", "-again", "0.05")},
		{"no draft key", []overlay.Edit{{
			File: "storage/sqlstore/rows.go",
			Old:  "		draft := string(c.Draft)\n",
			New:  "		draft := string(c.Draft) + string(c.ID)\n",
		}}, trial("old-state", "sqlite")},
		{"no rev check", []overlay.Edit{{
			File: "storage/sqlstore/turn.go",
			Old:  "putChat + \" AND rev=?\"",
			New:  "putChat + \" AND rev<>-?\"",
		}}, trial("rivals", "sqlite")},
		{"no lane order", []overlay.Edit{{
			File: "storage/sqlstore/queue.go",
			Old:  "const isHead = \" AND (j.lane='' OR NOT EXISTS",
			New:  "const isHead = \" AND (j.lane=j.lane OR NOT EXISTS",
		}}, trial("bursts", "sqlite")},
		{"no lease fence", []overlay.Edit{{
			File: "storage/sqlstore/queue.go",
			Old:  "WHERE j.id=f.id AND j.lease_token=f.token AND",
			New:  "WHERE j.id=f.id AND",
		}}, trial("frozen", "postgres")},
		{"next send before the finish is committed", []overlay.Edit{{
			File: "bot/deliver/crew.go",
			Old:  "	return result, w.courier.finish(job, result)",
			New:  "	go w.courier.finish(job, result)\n	return result, true",
		}}, trial("finish-first", "postgres")},
		{"an officer's repeated post is not recognised", []overlay.Edit{{
			File: "bot/desk/reply.go",
			Old:  "	a.idle = true\n	return true, nil\n",
			New:  "	return false, nil\n",
		}}, crash("sqlite", "-updates", "600", "-kills", "1", "-answers", "100")},
		{"a note goes to the member", []overlay.Edit{{
			File: "bot/desk/reply.go",
			Old:  "		a.keep(note)\n",
			New:  "		a.send(key, n.Text, note)\n",
		}}, crash("sqlite", "-updates", "600", "-kills", "1", "-answers", "100")},
		{"poison acknowledged without quarantine", []overlay.Edit{{
			File: "bot/converse/turn.go",
			Old:  "	case bot.KindOf(err) != bot.Unavailable:\n		return t.quarantine(ctx, in, err)",
			New:  "	case bot.KindOf(err) != bot.Unavailable:\n		return nil",
		}}, trial("bug", "sqlite")},
		{"Redis as truth", []overlay.Edit{{
			File: "bot/converse/turn.go",
			Old:  "	chat, err = t.Store.ReadChat(ctx, d.in.Chat)\n",
			New:  "	chat, err = bot.Chat{Key: d.in.Chat}, nil\n",
		}, {
			File: "bot/converse/delivery.go",
			Old:  "	if verdict == Moved {\n		if r, err = d.again(ctx, tx); err != nil {",
			New:  "	if verdict == Moved {\n		if err != nil {",
		}}, crash("sqlite", "-updates", "1200", "-kills", "3")},
	}
}
