package faq

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"javab/bot"
)

func TestTrainingIsTheSameToTheLastBitInWhateverOrder(t *testing.T) {
	docs := someOf(sampleDocs(t), 25)
	first := Train(docs)
	shuffled := slices.Clone(docs)
	rand.New(rand.NewPCG(5, 6)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	second := Train(shuffled)
	for class, s := range first.sections {
		if *s.trust != *second.sections[class].trust {
			t.Errorf("%s: trust %v and %v", class, *s.trust, *second.sections[class].trust)
		}
		if !reflect.DeepEqual(s.machines, second.sections[class].machines) {
			t.Errorf("%s: the machines differ", class)
		}
	}
	for _, q := range questions(t, "testdata/dev.jsonl") {
		if a, b := Predict(first, q), Predict(second, q); !reflect.DeepEqual(a, b) {
			t.Errorf("%q: %+v and %+v", q.Query, a, b)
		}
	}
}

func TestTrainingAnswersMoreAndNotMoreWrongly(t *testing.T) {
	docs := untold(sampleDocs(t))
	plain, trained := Build(docs), Train(docs)
	var before, after []Prediction
	for _, q := range devSet(t) {
		before, after = append(before, Predict(plain, q)), append(after, Predict(trained, q))
	}
	b, a := Score(before), Score(after)
	t.Logf("R: %+v", b)
	t.Logf("S: %+v", a)
	if a.Answered <= b.Answered || a.Wrong > 0.02 || a.Resolved <= b.Resolved {
		t.Errorf("answered %.3f wrong %.3f resolved %.3f, before %.3f %.3f %.3f", a.Answered, a.Wrong, a.Resolved, b.Answered, b.Wrong, b.Resolved)
	}
}

func TestAKnowledgeBaseOfAnyShapeIsTrained(t *testing.T) {
	long := strings.Repeat("a long story about a parcel that went astray ", 40)
	for name, docs := range map[string][]Document{
		"nothing":           nil,
		"one answer":        {english("only one", "opening hours")},
		"no words":          {english("a", "", "!"), english("b")},
		"one phrasing each": {english("id with spaces", "opening hours"), english("b", "membership fees"), english("c", long)},
		"the same twice":    {english("a", "opening hours", "opening hours"), english("b", "opening hours")},
		"one language":      {{ID: "x", Lang: bot.Ar, Phrasings: []string{"one two", "three four"}}, {ID: "y", Lang: bot.Ar, Phrasings: []string{"five"}}},
		"fifty phrasings":   {english("a", many("parcel", 50)...), english("b", many("invoice", 50)...)},
	} {
		x := Train(docs)
		for _, lang := range bot.Langs {
			r := x.Match(lang, "opening hours of the office")
			if r.P < 0 || r.P > 1 || len(r.Likely) > likelyN {
				t.Errorf("%s: %+v", name, r)
			}
		}
	}
}

func many(word string, n int) []string {
	all := make([]string, n)
	for i := range all {
		all[i] = fmt.Sprintf("%s number %d", word, i)
	}
	return all
}

func TestOnePhrasingEachIsEnoughToBeSure(t *testing.T) {
	x := Train([]Document{
		english("hours", "when are you open on weekdays"), english("fees", "how much is the yearly membership fee"),
		english("complaint", "how do I file a complaint about an officer"),
	})
	r := x.Match(bot.En, "what is the yearly membership fee")
	if r.Top[0].ID != "fees" || r.P <= x.Match(bot.En, "is there a swimming pool").P {
		t.Errorf("got %+v", r)
	}
	if r := x.Match(bot.En, "qwzx vvkj"); r.Action() != ActHandOff || r.P != 0 {
		t.Errorf("nonsense: %+v", r)
	}
}

func TestARiskyDocumentIsAnsweredOnlyWhenSurer(t *testing.T) {
	docs := untold(inLang(sampleDocs(t), bot.Fa))
	for i := range docs {
		docs[i].Risky = false
	}
	calm := Train(docs)
	for i := range docs {
		docs[i].Risky = true
	}
	risky := Train(docs)
	between := 0
	for _, q := range devSet(t) {
		a, b := calm.Match(bot.Fa, q.Query), risky.Match(bot.Fa, q.Query)
		if b.Sure != "" && b.P < riskyP {
			t.Errorf("%q: answered at %.2f", q.Query, b.P)
		}
		between += int(one(a.Sure != "" && b.Sure == ""))
	}
	if between == 0 {
		t.Error("risk changed nothing")
	}
}

func TestAMachineSetsItsDocumentApart(t *testing.T) {
	s, phrases := newSection(usual(), bot.En, []Document{
		english("a", "red apples", "red cherries"), english("b", "blue skies", "blue seas"), english("c", "red skies"),
	})
	s.equip(phrases, svmPasses)
	f := s.fit(s.query([]string{"red", "apples"}))
	if f.all[0].margin <= f.all[1].margin || f.all[0].margin <= f.all[2].margin {
		t.Errorf("margins %+v", f.all)
	}
}

func TestTrustIsLearntFromWhatTurnedOutRight(t *testing.T) {
	var samples []sample
	for i := range 200 {
		x := inputs{0: 1, 1: float64(i % 2), 2: float64(i%7) / 7}
		samples = append(samples, sample{x: x, right: i%2 == 1, weight: 1})
	}
	learnt := learn(samples)
	if high, low := learnt.p(inputs{0: 1, 1: 1}), learnt.p(inputs{0: 1}); high < 0.9 || low > 0.1 {
		t.Errorf("p %.2f and %.2f", high, low)
	}
	if few := learnTrust(samples[:10]); *few != prior {
		t.Errorf("ten samples taught %v", *few)
	}
}

func TestALiveIndexServesBeforeAndAfterItsTraining(t *testing.T) {
	docs := someOf(untold(sampleDocs(t)), 10)
	l := Serve(Build(docs))
	before := l.Index()
	if before.sections[bot.En].trust != nil {
		t.Error("trained before anybody asked for it")
	}
	done := make(chan struct{})
	go func() { defer close(done); l.Take(Train(docs)) }()
	for asking := true; asking; {
		if r := l.Match(bot.En, "how do I renew my membership"); len(r.Top) < 3 {
			t.Errorf("got %+v", r)
		}
		select {
		case <-done:
			asking = false
		default:
		}
	}
	if l.Index() == before || l.Index().sections[bot.En].trust == nil {
		t.Error("training was not swapped in")
	}
}

func TestATextInAnUnexpectedScriptIsFoundWhereItIs(t *testing.T) {
	only := Train([]Document{
		{ID: "b2b", Lang: bot.Fa, Phrasings: []string{"B2B"}}, {ID: "ata", Lang: bot.Fa, Phrasings: []string{"ATA carnet"}},
	})
	for _, asked := range []Question{{Lang: "fa", Query: "ata carnet?"}, {Query: "ATA carnet"}, {Lang: "fa-Latn", Query: "ata carnet"}} {
		if p := Predict(only, asked); p.Action != ActAnswer || p.Top[0].ID != "ata" {
			t.Errorf("%+v: %+v", asked, p)
		}
	}
}
