// Package page is what the pages of staff have in common: the frame around them with its rail, how a page writes numbers
// and hours in its reader's language, calls colleagues and files by their names, and says that something was refused: to
// its reader, and to the log what went wrong by itself.
//
// It knows who looks and in which language. It never knows what a page is about.
package page
