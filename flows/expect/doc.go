// Package expect judges what members answer: for each kind of answer that a script can ask for, it turns a text, a file,
// a contact card or a place into a value, or names the hint that helps the member to answer.
//
// It knows how people write numbers, dates, phones and Iranian ids. It never knows a script, a sentence of the content, a
// messenger or the present time: Answer carries the moment, and hints are ids whose texts are content.
package expect
