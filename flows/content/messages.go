package content

import (
	"strings"

	"javab/flows"
)

// english are the messages of this package's problems, by code, as the command line prints them. The catalogs of the
// studio have them under "problem."+code.
var english = map[string]string{
	"content.empty":               "The file is empty. Please write its content.",
	"content.unreadable":          "The file cannot be read: {{.Message}}. Please put it in its place.",
	"content.syntax":              "This is not accepted: {{.Message}}. Please correct it.",
	"content.flow_name":           "The flow is called {{.Flow}}, its file {{.File}}.yaml. Please give both the same name.",
	"content.language":            "The text is missing in {{.Lang}}. Please write it.",
	"content.letters":             "“{{.Found}}” is no letter of a text in {{.Lang}}. Please use the letter of that language.",
	"content.digits":              "The figure {{.Found}} is Latin. Please use the digits of {{.Lang}}.",
	"content.punctuation":         "“{{.Found}}” is Latin punctuation. Please use the mark of {{.Lang}}.",
	"content.joining":             "“{{.Found}}” stands apart in a text in {{.Lang}}. Please join it to its word, in Persian with a zero-width non-joiner.",
	"content.spaces":              "The text in {{.Lang}} has a space too many. Please remove it.",
	"content.placeholder_missing": "The text in {{.Lang}} lacks the placeholder “{{.Name}}” that another language has. Please add it.",
	"content.placeholder_unknown": "“{{.Name}}” is not known here: nothing fills it in. Please correct it.",
	"content.command_missing":     "The text in {{.Lang}} lacks the command /{{.Name}} that another language has. Please add it.",
	"content.command_unknown":     "There is no command /{{.Name}}. Please correct it; the language is {{.Lang}}.",
	"content.name_missing":        "The text in {{.Lang}} names “{{.Name}}”, the other languages do not name the same thing. Please make them agree.",
	"content.name_unknown":        "Nothing is called “{{.Name}}”. Please name the button as it is, or add the name to names.yaml; the language is {{.Lang}}.",
	"content.system_missing":      "The engine needs the text {{.ID}}. Please add it.",
	"content.system_unknown":      "The engine has no use for the text {{.ID}}. Please remove it.",
	"content.id_twice":            "The id {{.ID}} is taken already. Please choose another.",
	"content.long":                "The text has {{.Got}} letters, {{.Max}} are the most. Please shorten it.",
	"content.label_long":          "The name of {{.ID}} has {{.Got}} letters, a button holds {{.Max}}. Please shorten it.",
	"content.screen":              "{{.ID}} puts {{.Got}} buttons on one screen, {{.Max}} are the most. Please divide it.",
	"content.next_missing":        "The answer {{.ID}} asks for input (“{{.Found}}”) but names no flow that takes it. Please add next.",
	"content.next_unoffered":      "The flow answer has no button that leads to {{.ID}}. Please add one, with the condition on answer.next.",
	"content.without_missing":     "The answer {{.ID}} leans on a feature. Please add the text that is said without it.",
	"content.date":                "“{{.Found}}” is no date. Please write it like 2027-03-20, in quotes.",
	"content.reference":           "There is no “{{.ID}}” in {{.List}}. Please write an id that is there.",
	"content.field_missing":       "{{.Field}} is missing. Please add it.",
	"content.word":                "“{{.Found}}” is not accepted. Please write one of: {{.Want}}.",
	"content.question_differs":    "Another guide asks {{.ID}} in other words or with other options. Please make them the same, or use another id.",
	"content.few_phrasings":       "{{.ID}} has too few phrasings in {{.Lang}}. Please write at least {{.Min}}.",
	"content.hours":               "{{.ID}} needs a “Deadline in working hours”, and a “First answer in working hours” that is not longer than the deadline. Please correct them.",
	"content.promise":             "The rule for “{{.ID}}” is missing or no time. Please correct it.",
	"content.variable_shadows":    "“{{.Name}}” is a setting of variables.yaml. Please save the answer under another name.",
	"content.saying":              "“{{.Found}}” cannot be used: it has no letters, is too long, stands twice or has another meaning already. Please correct or remove it.",
	"content.phrasing_twice":      "“{{.Found}}” already means {{.Other}}. Please remove one of them.",
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
