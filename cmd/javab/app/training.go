package app

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"javab/bot"
	"javab/bot/training"
	"javab/flows/personas"
	"javab/storage"
	"javab/webhook/trainingweb"
)

// Bounds of the training: how many practise at once, how long a sandbox is kept that nobody touches, and how long a persona
// may take on his way to the desk.
const (
	maxSandboxes = 20
	sandboxIdle  = 2 * time.Hour
	sandboxSweep = time.Minute
	sandboxOpens = 10 * time.Second
)

// practice is the sandboxes of this instance, one for each officer who practises. They live in memory: leaving one alone
// ends it, and so does the end of the program.
type practice struct {
	*house
	people   *people
	personas []*training.Persona
	office   *training.Office

	mu    sync.Mutex
	rooms map[bot.StaffID]*trainee
	over  bool
}

// trainee is somebody who practises.
type trainee struct {
	box     *sandbox // nil while it is being put up
	touched time.Time
}

// openPractice reads the personas. The sandboxes end with the work beside the pages.
func (h *house) openPractice(p *people) (*practice, error) {
	all, err := training.Load(personas.FS)
	if err != nil {
		return nil, fmt.Errorf("read the personas of the training: %w", err)
	}
	t := &practice{
		house: h, people: p, personas: all, office: &training.Office{Store: storage.As[training.Tx](h.store)},
		rooms: map[bot.StaffID]*trainee{},
	}
	h.beside = append(h.beside, t.run)
	return t, nil
}

// Personas implements trainingweb.Practice.
func (t *practice) Personas() []*training.Persona { return t.personas }

// Start implements trainingweb.Practice. What somebody practised before is over with it.
func (t *practice) Start(ctx context.Context, by bot.Staff, persona string, lang bot.Lang) error {
	i := slices.IndexFunc(t.personas, func(p *training.Persona) bool { return p.ID == persona })
	if i < 0 || !lang.Valid() {
		return &bot.Error{Kind: bot.Invalid, Key: "training_unknown"}
	}
	room, err := t.reserve(by.ID)
	if err != nil {
		return err
	}
	box, err := t.put(ctx, by, t.personas[i], lang)
	t.mu.Lock()
	kept := err == nil && !t.over && t.rooms[by.ID] == room
	if kept {
		room.box, room.touched = box, t.env.world()()
	} else if t.rooms[by.ID] == room {
		delete(t.rooms, by.ID)
	}
	t.mu.Unlock()
	if !kept && box != nil {
		box.close()
	}
	return err
}

// reserve makes room for one more, in the place of what the same officer has.
func (t *practice) reserve(by bot.StaffID) (*trainee, error) {
	t.Leave(by)
	t.sweep()
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.over || len(t.rooms) >= maxSandboxes {
		return nil, &bot.Error{Kind: bot.Unavailable, Key: "training_full"}
	}
	room := &trainee{touched: t.env.world()()}
	t.rooms[by] = room
	return room, nil
}

// put puts a sandbox up and lets its member come to the desk.
func (t *practice) put(ctx context.Context, by bot.Staff, p *training.Persona, lang bot.Lang) (*sandbox, error) {
	inside, err := t.build(ctx)
	if err != nil {
		return nil, err
	}
	box := &sandbox{
		house: inside, persona: p, phone: &handset{}, finished: make(chan struct{}, 1), done: make(chan struct{}), world: t.env.world(), outside: t.log,
		practice: training.Exercise{
			ID: fmt.Sprintf("%016x", t.env.Random()), Staff: by.ID, Persona: p.ID, Lang: lang, Began: t.env.world()(),
		},
		ends:  func(ctx context.Context) error { return t.Finish(ctx, by.ID) },
		chat:  bot.NewChatKey(inside.channels[0].ID, sandboxAccount, "1"),
		actor: training.Actor{Persona: p, Notes: deskNotes},
	}
	coach := bot.Staff{ID: "coach", Login: "coach", Name: t.people.words.T(by.Lang, "training.coach", nil), Lang: by.Lang}
	box.officer, box.coach = box.hire(by, bot.RoleOfficer), box.hire(coach, bot.RoleManager)
	box.refuses = t.people.words.T(by.Lang, "training.coach.says", nil)
	if err := box.furnish(ctx); err != nil {
		return nil, err
	}
	if err := t.pages(box); err != nil {
		return nil, err
	}
	box.run(context.WithoutCancel(ctx))
	ctx, cancel := context.WithTimeout(ctx, sandboxOpens)
	defer cancel()
	if err := box.open(ctx); err != nil {
		box.close()
		return nil, err
	}
	return box, nil
}

// touch returns somebody's sandbox and notes that he is there; nil when he has none.
func (t *practice) touch(by bot.StaffID) *sandbox {
	t.mu.Lock()
	defer t.mu.Unlock()
	room := t.rooms[by]
	if room == nil || room.box == nil {
		return nil
	}
	room.touched = t.env.world()()
	return room.box
}

// Running implements trainingweb.Practice.
func (t *practice) Running(by bot.StaffID) (trainingweb.Running, bool) {
	box := t.touch(by)
	if box == nil {
		return trainingweb.Running{}, false
	}
	box.mu.Lock()
	defer box.mu.Unlock()
	return trainingweb.Running{Exercise: box.practice, Persona: box.persona, Chat: box.chat, Found: box.found}, true
}

// Finish implements trainingweb.Practice: how it went is kept, and nothing else.
func (t *practice) Finish(ctx context.Context, by bot.StaffID) error {
	box := t.touch(by)
	if box == nil {
		return &bot.Error{Kind: bot.NotFound, Key: "training_none"}
	}
	done, err := box.finish(ctx)
	if err != nil {
		return err
	}
	return t.office.Keep(ctx, done)
}

// Leave implements trainingweb.Practice.
func (t *practice) Leave(by bot.StaffID) {
	t.end(func(id bot.StaffID, _ *trainee) bool { return id == by })
}

// sweep ends the sandboxes that nobody touches any more.
func (t *practice) sweep() {
	now := t.env.world()()
	t.end(func(_ bot.StaffID, r *trainee) bool { return now.Sub(r.touched) >= sandboxIdle })
}

// end ends some of the sandboxes. Each is closed when nobody can reach it any more.
func (t *practice) end(which func(bot.StaffID, *trainee) bool) {
	var gone []*sandbox
	t.mu.Lock()
	for id, room := range t.rooms {
		if which(id, room) {
			delete(t.rooms, id)
			if room.box != nil {
				gone = append(gone, room.box)
			}
		}
	}
	t.mu.Unlock()
	for _, box := range gone {
		box.close()
	}
}

// run sweeps from time to time until ctx ends; then all sandboxes end.
func (t *practice) run(ctx context.Context) error {
	tick := time.NewTicker(sandboxSweep)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			t.mu.Lock()
			t.over = true
			t.mu.Unlock()
			t.end(func(bot.StaffID, *trainee) bool { return true })
			return nil
		case <-tick.C:
			t.sweep()
		}
	}
}
