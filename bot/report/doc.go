// Package report counts how the chamber serves its members: the five indicators K1 to K5 for months of the Jalali
// calendar, what each rests on, and what complaints are about.
//
// It knows what an indicator counts and what it leaves out; a number and the list behind it come from the same items. It
// never knows a page or a database, and it writes nothing: whoever may not see a case finds it in no number of his either.
package report
