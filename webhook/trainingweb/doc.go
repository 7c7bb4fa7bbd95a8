// Package trainingweb is the training in a browser: the exercises to choose from, the checklist at the end of one, and what
// was practised so far. The desk on which somebody practises is deskweb's own, at another address.
//
// It knows personas as they are described and checklists as they were judged. It never knows a sandbox, what is said in
// one, or a store.
package trainingweb
