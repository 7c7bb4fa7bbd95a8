package flows

// HasStep reports whether a flow has such a step, also while a feature hides the flow.
func (p *Program) HasStep(flow, step string) bool {
	f, ok := p.flows[flow]
	if !ok {
		return false
	}
	_, ok = f.steps[step]
	return ok
}

// Entry returns the entry of a content list that a value refers to, "list/id".
func (p *Program) Entry(ref string) (Item, bool) { return p.env.item(ref) }

// Entries are all entries of a content list, in its order.
func (p *Program) Entries(list string) []Item {
	items, _ := p.env.list(list)
	return items
}
