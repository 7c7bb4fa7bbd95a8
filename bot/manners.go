package bot

// Manners are the content's words by which tone and binding promises are noticed, each list by language. An entry that ends
// with * stands for every word that begins so.
type Manners struct {
	Anger    map[Lang][]string // of members who are losing patience
	Calm     map[Lang][]string // that take the edge off signs and capitals
	Rude     map[Lang][]string // that no officer writes
	Promises map[Lang][]string // that bind the chamber
	Money    map[Lang][]string // that make a number beside them an amount
}
