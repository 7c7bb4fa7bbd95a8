// Package texts reads and changes the texts and the entries of one YAML file of the content, a script or a list, in place:
// the texts page, the forms over lists and the merging of drafts are made of it.
//
// It knows where each of them stands, byte for byte, and changes the bytes of that one alone: comments, order, quoting and
// line ends of everything else stay as their author wrote them. It never knows what a script or a list means, and it
// never prints YAML by the library, which would write the file anew.
//
//	Read, Values, Set               the texts of a file in their languages, and new words for them
//	Entries, Change, Add, Remove    the entries of a list with their fields, and what becomes of them
//	Merge                           the changes of two people put together
package texts
