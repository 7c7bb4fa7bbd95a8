package bot

// Manners are the content's words by which tone is noticed, and what is not an officer's to decide alone; each list by
// language. A word that ends with * stands for every word that begins so, and between two words … for up to five others.
type Manners struct {
	Anger map[Lang][]string // of members who are losing patience
	Calm  map[Lang][]string // that take the edge off signs and capitals
	Rude  map[Lang][]string // that no officer writes

	Promises     map[Lang][]string // that bind the chamber
	Waivers      map[Lang][]string // that let somebody off
	Compensation map[Lang][]string // that give something back or make it good
	Discounts    map[Lang][]string // that make a percentage in their sentence a discount
	Money        map[Lang][]string // that make a number beside them an amount
	Sums         map[Lang][]string // that make any large number near them an amount
}
