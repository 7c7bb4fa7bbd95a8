package content

import (
	"strings"

	"javab/flows"
)

// english are the messages of this package's problems, by code, as the command line prints them. The catalogs of the
// studio have them under "problem."+code.
var english = map[string]string{
	"content.empty":               "the file is empty",
	"content.unreadable":          "the file cannot be read: {{.Message}}",
	"content.syntax":              "{{.Message}}",
	"content.flow_name":           "the flow is called {{.Flow}}, so its file must be {{.Flow}}.yaml, not {{.File}}.yaml",
	"content.language":            "the text is missing in {{.Lang}}: write it",
	"content.letters":             "{{.Found}} is no letter of a text in {{.Lang}}: use the letter of that language",
	"content.digits":              "the figure {{.Found}} is Latin: a text in {{.Lang}} has its own digits",
	"content.punctuation":         "{{.Found}} is Latin punctuation: a text in {{.Lang}} has its own marks",
	"content.joining":             "{{.Found}} is written wrongly in a text in {{.Lang}}: join it to its word (in Persian with a zero-width non-joiner)",
	"content.spaces":              "a line of the text in {{.Lang}} begins or ends with a space, or has two in a row",
	"content.placeholder_missing": "the text in {{.Lang}} lacks the placeholder {{.Name}} that another language has",
	"content.placeholder_unknown": "nothing fills in {{.Name}} here",
	"content.command_missing":     "the text in {{.Lang}} lacks the command /{{.Name}} that another language has",
	"content.command_unknown":     "there is no command /{{.Name}}",
	"content.name_missing":        "the text in {{.Lang}} names “{{.Name}}”, but the other languages do not name the same thing",
	"content.name_unknown":        "nothing is called “{{.Name}}”: name a button as it is, or list the name in names.yaml",
	"content.system_missing":      "the engine needs the text {{.ID}}: add it",
	"content.system_unknown":      "the engine has no use for the text {{.ID}}: remove it",
	"content.id_twice":            "the id {{.ID}} is taken already",
	"content.long":                "the text has {{.Got}} letters, {{.Max}} are the most",
	"content.label_long":          "the name of {{.ID}} has {{.Got}} letters, a button holds {{.Max}}",
	"content.screen":              "{{.ID}} puts {{.Got}} buttons on one screen, {{.Max}} are the most: divide it",
	"content.next_missing":        "the answer {{.ID}} asks for input (“{{.Found}}”) but names no flow that takes it: add next",
	"content.without_missing":     "the answer {{.ID}} leans on a feature: add the text that is said without it",
	"content.date":                "{{.Found}} is no date: write it as \"2027-03-20\"",
	"content.reference":           "there is no {{.ID}} in {{.List}}",
	"content.field_missing":       "{{.Field}} is missing",
	"content.word":                "{{.Found}} is none of: {{.Want}}",
	"content.question_differs":    "another guide asks {{.ID}} in other words or with other options: make them the same, or use another id",
	"content.few_phrasings":       "{{.ID}} has too few phrasings in {{.Lang}}: give at least {{.Min}}",
	"content.hours":               "{{.ID}} needs sla_hours, and first_response_hours that are no longer than it",
	"content.variable_shadows":    "{{.Name}} is a setting of variables.yaml: save the answer under another name",
	"content.phrasing_twice":      "“{{.Found}}” already means {{.Other}}",
}

// Describe prints a problem of a load as compilers do, in English: those of this package and those of the scripts.
func Describe(p flows.Problem) string {
	if _, ours := english[p.Code]; !ours {
		return p.String()
	}
	head, _, _ := strings.Cut(p.String(), string(p.Severity)+": ")
	return head + string(p.Severity) + ": " + p.Message(func(id string, params map[string]string) string {
		message := english[strings.TrimPrefix(id, "problem.")]
		if id == "problem.near" {
			message = "Did you mean {{.Near}}?"
		}
		for name, value := range params {
			message = strings.ReplaceAll(message, "{{."+name+"}}", value)
		}
		return message
	})
}
