package bot

import "strings"

// ReadyReply is what officers send again and again: a text of the content in three languages. What is sent of it is kept
// with its id and the version of the content.
type ReadyReply struct {
	ID    string
	Unit  UnitID // whose officers are offered it first; empty: all
	Topic string // for which it is offered first; empty: any
	Title Text
	// Text has the settings of the installation filled in already; its other placeholders are ReadyVars.
	Text Text
}

// ReadyVars are what ready replies may leave open: the member's name, who writes and for which unit, the case's number and
// the date of its promise.
var ReadyVars = [...]string{"name", "officer", "unit", "case", "due"}

// Fill returns the text in a language with the values filled in. What has no value stays open as {name}, for the officer
// to see and to complete.
func (r ReadyReply) Fill(l Lang, values map[string]string) string {
	var pairs []string
	for _, name := range ReadyVars {
		if values[name] != "" {
			pairs = append(pairs, "{"+name+"}", values[name])
		}
	}
	return strings.NewReplacer(pairs...).Replace(r.Text.In(l))
}
