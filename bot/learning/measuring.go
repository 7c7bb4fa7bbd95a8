package learning

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"javab/bot"
	"javab/bot/faq"
	"javab/locales/text"
)

// Effect says what further phrasings of an answer would do to the content that an admin would publish. It takes seconds,
// waits until nobody else measures, and gives up when ctx ends. A survey gives way: nobody waits for that.
func (o *Office) Effect(ctx context.Context, who bot.StaffID, id string, class bot.Lang, phrasings []string) ([]Measured, error) {
	before, err := o.Content.Draft(ctx, who)
	if err != nil {
		return nil, fmt.Errorf("read the content of %s: %w", who, err)
	}
	sets, err := o.sets(ctx, phrasings)
	if err != nil {
		return nil, err
	}
	o.survey.giveWay()
	if err := o.bench.enter(ctx); err != nil {
		return nil, err
	}
	defer o.bench.leave()
	lang := class
	if class == faq.Finglish {
		lang = bot.Fa
	}
	after := Stock{before.Speech, Teach(before.Documents, id, class, phrasings)}
	return Measure(ctx, lang, before, after, sets)
}

// sets are the questions whose right answer is known. Those that are to be learnt would measure nothing.
func (o *Office) sets(ctx context.Context, learnt []string) (map[Set][]faq.Question, error) {
	read, err := o.read(ctx, o.Clock())
	if err != nil {
		return nil, err
	}
	development, err := faq.Development()
	if err != nil {
		return nil, err
	}
	sets := map[Set][]faq.Question{}
	for _, way := range waysOf(read.all) {
		same := func(p string) bool { return text.Fold(p) == Phrasing(way[0].Text) }
		if right := rightOf(way); right != "" && !slices.ContainsFunc(learnt, same) {
			sets[Confirmed] = append(sets[Confirmed], faq.Question{Lang: string(way[0].Class), Query: way[0].Text, Expected: &right})
		}
	}
	for _, q := range development {
		if q.Expected != nil {
			id := answerPrefix + *q.Expected
			q.Expected = &id
		}
		sets[Development] = append(sets[Development], q)
	}
	return sets, nil
}

// rightOf is what the same words are known to mean: what was said last, when people said several things.
func rightOf(way []asked) string {
	for _, q := range way { // the newest first
		if right := Right(q.FreeQuestion, q.reply.Is); right != "" {
			return right
		}
	}
	return ""
}

// surveyor looks over a content in the background, once for each version.
type surveyor struct {
	mu     sync.Mutex
	of     int
	kept   *Survey
	end    context.CancelFunc // of the survey under way; nil: there is none
	once   sync.Once
	wanted chan struct{}
}

// wake is what tells the surveyor that somebody waits.
func (s *surveyor) wake() chan struct{} {
	s.once.Do(func() { s.wanted = make(chan struct{}, 1) })
	return s.wanted
}

// begin is a survey's time: it ends with ctx, or when the survey gives way.
func (s *surveyor) begin(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, end := context.WithCancel(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.end = end
	return ctx, end
}

// giveWay ends the survey under way. It is done anew for the next who asks for it.
func (s *surveyor) giveWay() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.end != nil {
		s.end()
		s.end = nil
	}
}

// Survey is what is weak in the live content; false while that is being looked for. Who asks has it looked for: see Work.
func (o *Office) Survey() (Survey, bool) {
	o.survey.mu.Lock()
	defer o.survey.mu.Unlock()
	if o.survey.kept != nil && o.survey.of == o.Content.Edition().Version {
		return *o.survey.kept, true
	}
	select {
	case o.survey.wake() <- struct{}{}:
	default: // it knows
	}
	return Survey{}, false
}

// Work looks over the content whenever somebody has asked for a survey that is not there, until ctx ends.
func (o *Office) Work(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-o.survey.wake():
			if err := o.look(ctx); err != nil && ctx.Err() == nil {
				return err
			}
		}
	}
}

func (o *Office) look(ctx context.Context) error {
	if err := o.bench.enter(ctx); err != nil {
		return err
	}
	defer o.bench.leave()
	looking, end := o.survey.begin(ctx)
	defer end()
	live := o.Content.Edition()
	found, err := Look(looking, Stock{live.Index.Speech(), live.Documents})
	if looking.Err() != nil {
		return ctx.Err() // what it has found by then is not whole
	}
	if err != nil {
		return err
	}
	o.survey.mu.Lock()
	defer o.survey.mu.Unlock()
	o.survey.of, o.survey.kept = live.Version, &found
	return nil
}
