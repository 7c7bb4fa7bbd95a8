package bot

import (
	"fmt"
	"strconv"
	"strings"
)

// CaseNumber is what a member is told: JV-1405-000123-7. It begins with a Latin letter, so that it keeps its order in
// right-to-left text, and ends with a check digit (Damm, over year and running number), so that a slip of the finger
// names no stranger's case.
type CaseNumber struct {
	Year int // Jalali
	Seq  int // running number in that year, from 1
}

// String prints the number with its check digit; the zero CaseNumber prints nothing.
func (n CaseNumber) String() string {
	if n == (CaseNumber{}) {
		return ""
	}
	return fmt.Sprintf("JV-%04d-%06d-%d", n.Year, n.Seq, n.check())
}

func (n CaseNumber) check() byte { return damm(fmt.Sprintf("%04d%06d", n.Year, n.Seq)) }

// ParseCaseNumber reads a number as people write it: letters of any case, spaces, dashes and leading zeros are free,
// "JV" may be missing. Digits must be ASCII already (text.Digits). It reports false when the check digit is wrong.
func ParseCaseNumber(s string) (CaseNumber, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	s = strings.TrimSpace(strings.TrimPrefix(s, "JV"))
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '-' || r == ' ' || r == '/' || r == '_' || r == '–' })
	digits := strings.Join(parts, "")
	if len(parts) != 3 {
		return parseRun(digits)
	}
	return assemble(parts[0], parts[1], parts[2])
}

// parseRun reads a number written without dashes: four digits of year, the running number, one check digit.
func parseRun(digits string) (CaseNumber, bool) {
	if len(digits) < 6 {
		return CaseNumber{}, false
	}
	return assemble(digits[:4], digits[4:len(digits)-1], digits[len(digits)-1:])
}

func assemble(year, seq, check string) (CaseNumber, bool) {
	y, errYear := strconv.ParseUint(year, 10, 32) // Atoi would take a sign
	n, errSeq := strconv.ParseUint(seq, 10, 32)
	if errYear != nil || errSeq != nil || len(year) != 4 || n < 1 || n > 99_999_999 || len(check) != 1 {
		return CaseNumber{}, false
	}
	number := CaseNumber{Year: int(y), Seq: int(n)}
	return number, number.check() == check[0]-'0'
}

// dammTable is the weakly totally anti-symmetric quasigroup of order 10 from H. M. Damm's thesis (2004): it catches
// every single wrong digit and every swap of neighbours.
var dammTable = [10][10]byte{
	{0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
	{7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
	{4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
	{1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
	{6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
	{3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
	{5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
	{8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
	{9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
	{2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}

func damm(digits string) byte {
	var interim byte
	for i := range len(digits) {
		interim = dammTable[interim][digits[i]-'0']
	}
	return interim
}
