// Package changes says what two versions of a file differ in, by meaning: steps added, removed and moved, texts and
// transitions changed; in lists the entries. A person who reads no YAML decides by it.
//
// It knows scripts and lists as they are read, whatever their layout. It never knows who changed them, and its words are
// ids of the catalogs locales/changes.<lang>.yaml.
package changes
