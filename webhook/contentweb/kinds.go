package contentweb

// collection is one list of the content: where it stands, and what its entries say. All pages are made of these.
type collection struct {
	ID     string // in addresses, and in the ids of its words
	File   string
	List   string // path in the file
	Fields []field
	Parts  []string // lists of texts inside an entry: the steps of a guide
	Fixed  bool     // the program knows its entries: none is added, none removed
}

// kind is how a field is filled in.
type kind string

const (
	line      kind = "line"      // a short plain value
	number    kind = "number"    // a whole number
	flag      kind = "flag"      // yes or no
	day       kind = "day"       // the last day of something
	choice    kind = "choice"    // an entry of another list, or one of a few words
	choices   kind = "choices"   // several entries of another list
	numbers   kind = "numbers"   // several numbers
	label     kind = "label"     // a short text in three languages: what a button says
	sentence  kind = "sentence"  // a text in three languages
	phrasings kind = "phrasings" // ways in which people put it, one a line
)

// field is one thing that an entry says. Its Key is where it stands in the entry; a text with an empty Key stands in the
// entry itself.
type field struct {
	Key     string
	Kind    kind
	Limit   int      // letters that fit
	Of      string   // the collection that a choice is of
	Words   []string // a choice of a few
	Wanted  bool     // an entry cannot do without
	Romanic bool     // phrasings have Finglish too
}

// The limits of texts, in letters: of an answer's button and of any other, of an answer, a phone's screen and a half, and of
// what the strictest messenger takes as one message. The first three are those that the content is checked by; a page may not
// know them, so a test holds both together.
const (
	maxTitle  = 30
	maxLabel  = 60
	maxAnswer = 1000
	maxText   = 4096
)

var (
	urgency = field{Key: "urgency", Kind: choice, Words: []string{"low", "normal", "high", "critical"}, Wanted: true}
	basis   = field{Key: "basis", Kind: choice, Words: []string{"tccim", "chambers", "job", "sample"}, Wanted: true}
	unit    = field{Key: "unit", Kind: choice, Of: "units", Wanted: true}
	hours   = field{Key: "sla_hours", Kind: number, Wanted: true}
	first   = field{Key: "first_response_hours", Kind: number, Wanted: true}
	secret  = field{Key: "confidential", Kind: flag}
	codes   = field{Key: "process", Kind: numbers}
	name    = field{Key: "name", Kind: label, Limit: maxLabel, Wanted: true}
	itself  = field{Kind: label, Limit: maxLabel, Wanted: true}
)

// collections are all of them, in the order in which they are offered. Their fields stand in the order of the files.
var collections = []collection{
	{ID: "answers", File: "content/answers.yaml", List: "answers", Fields: []field{
		{Key: "topic", Kind: choice, Of: "topics", Wanted: true},
		unit,
		{Key: "service", Kind: choice, Of: "services"},
		codes, basis,
		{Key: "source", Kind: line, Limit: 200},
		{Key: "risk", Kind: choice, Words: []string{"fee", "deadline", "legal"}},
		{Key: "valid_until", Kind: day},
		{Key: "next", Kind: choice, Of: "flows"},
		{Key: "feature", Kind: choice, Of: "features"},
		{Key: "title", Kind: label, Limit: maxTitle, Wanted: true},
		{Key: "q", Kind: label, Limit: 200, Wanted: true},
		{Key: "a", Kind: sentence, Limit: maxAnswer, Wanted: true},
		{Key: "without", Kind: sentence, Limit: maxAnswer},
		{Key: "alt", Kind: phrasings, Romanic: true},
	}},
	{ID: "services", File: "content/services.yaml", List: "services", Parts: []string{"documents", "steps"}, Fields: []field{
		{Key: "group", Kind: choice, Of: "service_groups", Wanted: true},
		codes, unit,
		{Key: "request", Kind: choice, Of: "requests"},
		basis,
		{Key: "title", Kind: label, Limit: maxLabel, Wanted: true},
		{Key: "intro", Kind: sentence, Limit: maxText, Wanted: true},
		{Key: "fee", Kind: sentence, Limit: maxText},
		{Key: "duration", Kind: sentence, Limit: maxText},
		{Key: "handoff", Kind: sentence, Limit: maxText},
	}},
	{ID: "topics", File: "content/answers.yaml", List: "topics", Fields: []field{itself}},
	{ID: "service_groups", File: "content/services.yaml", List: "groups", Fields: []field{itself}},
	{ID: "categories", File: "content/complaints.yaml", List: "categories", Fields: []field{
		{Key: "group", Kind: choice, Of: "groups", Wanted: true},
		unit, codes, hours, first, urgency, secret,
		{Key: "questions", Kind: choices, Of: "questions"},
		name,
		{Key: "phrasings", Kind: phrasings},
	}},
	{ID: "groups", File: "content/complaints.yaml", List: "groups", Fields: []field{itself}},
	{ID: "questions", File: "content/complaints.yaml", List: "questions", Fields: question},
	{ID: "request_questions", File: "content/requests.yaml", List: "questions", Fields: question},
	{ID: "causes", File: "content/complaints.yaml", List: "causes", Fields: []field{itself}},
	{ID: "verdicts", File: "content/complaints.yaml", List: "verdicts", Fields: []field{itself}},
	{ID: "for_whom", File: "content/complaints.yaml", List: "for_whom", Fields: []field{itself}},
	{ID: "statuses", File: "content/complaints.yaml", List: "statuses", Fields: []field{itself}, Fixed: true},
	{ID: "requests", File: "content/requests.yaml", List: "requests", Fields: []field{
		codes, unit,
		{Key: "service", Kind: choice, Of: "services"},
		hours, first, urgency,
		{Key: "questions", Kind: choices, Of: "all_questions"},
		name,
		{Key: "ready", Kind: sentence, Limit: maxText},
	}},
	{ID: "matters", File: "content/requests.yaml", List: "others", Fixed: true, Fields: []field{unit, hours, first, urgency, secret, name}},
	{ID: "units", File: "content/units.yaml", List: "units", Fields: []field{
		{Key: "code", Kind: line, Limit: 40},
		{Key: "confirmed", Kind: flag},
		{Key: "parent", Kind: choice, Of: "units"},
		{Key: "processes", Kind: numbers},
		name,
	}},
	{ID: "replies", File: "content/replies.yaml", List: "replies", Fields: []field{
		{Key: "unit", Kind: choice, Of: "units"},
		{Key: "topic", Kind: choice, Of: "topics"},
		{Key: "title", Kind: label, Limit: maxLabel, Wanted: true},
		{Key: "text", Kind: sentence, Limit: maxText, Wanted: true},
	}},
	{ID: "features", File: "content/features.yaml", List: "features", Fixed: true, Fields: []field{
		{Key: "on", Kind: flag, Wanted: true}, {Key: "about", Kind: line, Limit: 200},
	}},
	{ID: "variables", File: "content/variables.yaml", List: "variables", Fields: []field{{Kind: sentence, Limit: maxText, Wanted: true}}},
}

var question = []field{
	{Key: "expect", Kind: choice, Words: []string{
		"text", "account", "digits", "number", "amount", "date", "phone", "email", "national_id", "legal_id", "postal_code", "option", "unit", "files", "contact", "location",
	}, Wanted: true},
	{Key: "min", Kind: number},
	{Key: "max", Kind: number},
	{Key: "required", Kind: flag},
	{Key: "name", Kind: label, Limit: maxLabel, Wanted: true},
	{Kind: sentence, Limit: maxText, Wanted: true},
}

// explained are the fields whose names do not say everything.
var explained = map[string]bool{
	"basis": true, "source": true, "risk": true, "valid_until": true, "next": true, "feature": true, "process": true, "processes": true,
	"title": true, "q": true, "a": true, "without": true, "alt": true, "phrasings": true, "sla_hours": true, "first_response_hours": true,
	"confidential": true, "on": true,
}

// find returns a collection by its id.
func find(id string) (collection, bool) {
	for _, c := range collections {
		if c.ID == id {
			return c, true
		}
	}
	return collection{}, false
}

// URL is where its entries are listed.
func (c collection) URL() string {
	if c.ID == "answers" || c.ID == "services" {
		return "/studio/" + c.ID
	}
	return "/studio/lists/" + c.ID
}

// order are the keys of its entries in the order of the file.
func (c collection) order() []string {
	keys := []string{"id"}
	for _, f := range c.Fields {
		if f.Key == "" {
			keys = append(keys, "fa", "ar", "en")
		} else {
			keys = append(keys, f.Key)
		}
	}
	return append(keys, c.Parts...)
}

// titled is the field that an entry is called by; false when it has none but its id.
func (c collection) titled() (field, bool) {
	for _, f := range c.Fields {
		if f.Kind == label {
			return f, true
		}
	}
	return field{}, false
}
