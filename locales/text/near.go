package text

// Nearest returns the word of known that word was most likely meant to be, or "" when none is near: at most one slip for
// every three letters (a letter wrong, missing, too many, or two neighbours swapped).
func Nearest(word string, known []string) string {
	nearest, best := "", len(word)/3+1
	for _, candidate := range known {
		if slips := distance(word, candidate, best); slips < best {
			nearest, best = candidate, slips
		}
	}
	return nearest
}

// distance counts the slips between a and b (optimal string alignment); from limit on it may stop counting.
func distance(a, b string, limit int) int {
	if gap := len(a) - len(b); gap >= limit || -gap >= limit {
		return limit
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j]+cost, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
