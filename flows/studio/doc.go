// Package studio is how admins change what the bot says, safely: drafts over the live content, checks, rehearsals,
// publishing by one or by two, versions that never change, roll-back, newer defaults, and what officers propose.
//
// It knows that content is a folder of files, that a version is never changed, that live is a pointer to one version, and
// that what goes live has been proven first: without errors, and with every dialogue played. It never knows a page, a
// database, the command line, or how a dialogue is played: that is handed in.
//
// What pages do with it:
//
//	Files, Open, Save, Discard, Remove, Merge   the files, each with the reader's own draft over what is live
//	Problems, Rehearse, Publish                  everything at once: live with the reader's drafts
//	Waiting, Requested, Agree, Refuse            a second person's yes, when the rules ask for it
//	Rules, SetRules                              whether they do
//	Versions, Version, Between, RollBack         what was live, and is again
//	Offers, Take, Dismiss                        newer defaults of the program, beside what the chamber has made of them
//	Export, Push                                 the whole content as a folder of files
//	Propose, Proposals, Decide, Verdicts, Seen   what officers propose, and what became of it
package studio
