// Package locales holds the system's own strings: pages, commands, errors that a person may read, how long ago a thing
// was. They are go-i18n catalogs, one file for an area and a language, kept by hand.
//
// It knows languages, plural forms and ids. It never knows what a member is told (that is content), where a string is
// shown, or the present time.
package locales
