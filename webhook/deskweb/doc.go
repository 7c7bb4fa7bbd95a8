// Package deskweb is the officers' side in a browser: the desk with its list, its threads and its reply box, and the
// live board. Every page can be read and every act done without JavaScript; with it, pieces of a page are swapped and one
// stream per browser tells what has changed.
//
// It knows pages, forms, who looks at which chat and who is writing. It never knows a database, a messenger or a script,
// and decides nothing: whether an act is allowed and what comes of it is bot/desk's business, whether a page may be
// asked for at all is webhook/auth's.
package deskweb
