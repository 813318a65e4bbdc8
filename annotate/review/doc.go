// Package review holds what people decide about an article and lays it over what
// the machine found: [Apply] is a pure function of (text, machine layer, log), and
// what it returns is what a reader sees. The machine layer is never modified and
// the log only grows.
//
// # The order of things
//
// A log is a set of decisions sorted by ID; duplicates count once. So two logs
// merged in either order mean the same, and a decision from a slower clock still
// finds its place. Undo and Redo name a Step; of those that name the same step the
// last counts, and a step done again stands where it first stood.
//
// # What the verbs do
//
// A decision about a mention or quote speaks of a span. Where the machine (of
// today) claims that span, the claim is changed; where it does not, what a person
// confirmed, relabelled, added or attributed is put there all the same, and a
// rejection has nothing left to do. Value carries the type that a claim had, or was
// given, so that it can be put back under any engine.
//
//	confirm    the claim is right, with the type in Value
//	reject     it is wrong; it stays in the layer as Rejected, and is not exported
//	relabel    it is right but for its type, now Value
//	add        a claim that the machine missed, of the type in Value; a mention joins
//	           an entity of that type that already has a mention with these words
//	respan     it is right but for its ends, now To; Value is its type
//	merge      the entity of the target goes up in that of To, and takes its type
//	split      the target leaves its entity for one of its own, or for that of To
//	rename     Value is the name of the target's entity
//	attribute  To is a mention of who speaks the quote; empty, nobody does
//	cue        To is the verb that introduces the quote; empty, none does
//	note, tag  change no claim; see [Result]
//	drop       the decision whose ID is Value, whose words are gone, is no longer listed
//	undo       the step in Value is taken back
//	redo       the step in Value is done again
//
// A verb that this version does not know is left alone.
//
// # Types of entities
//
// An entity has one type. Where people gave or confirmed types of its mentions, these
// alone vote, the latest deciding a tie, and mentions that nobody looked at follow.
// Mentions that people gave another type leave for an entity of that type when the
// step ends. To give a type to one mention only is to split and relabel it in one
// step; it then joins those of that type with the same words.
//
// A claim of a person's replaces the machine's unreviewed claims that overlap it, but
// for a label of the user's own, which may lie over a whole sentence.
//
// # The log outside the program
//
// [WriteLog] writes one decision a line as a JSON object; names and order of the
// fields are a contract, and a later version may add some. In an article that reads
// "Halden paid.", Halden was made an organization, and that was taken back:
//
//	{"log":1,"article":"5d1c","id":"01K0A","step":"01K0A","at":"2026-11-23T14:05:00Z","who":"ann","verb":"relabel","kind":"mention","target":{"start":0,"end":6,"text":"Halden","prefix":"","suffix":" paid."},"value":"organization","engine":"model-3","score":0.93,"undone":true}
//	{"log":1,"article":"5d1c","id":"01K0B","step":"01K0B","at":"2026-11-23T14:06:30Z","who":"ann","verb":"undo","value":"01K0A","undone":false}
//
// They mean:
//
//	log           the version of this form, 1
//	article       the ID of the article in the library
//	id, step      of the decision; decisions of one keypress share a step
//	at            when, RFC 3339 in UTC; null where nobody knows
//	who           decided; the name is as its owner set it
//	verb, kind    what was decided, as above, about a "mention" or a "quote"
//	target, to    spans, half-open, in Unicode code points of the article's text as it
//	              is now, with their words and up to 32 bytes of what stands around;
//	              where the text no longer has the words, start and end are null
//	value         what the verb takes: a type, a name, a note; of undo and redo a step
//	engine, score of the proposal that was decided on; not there if nothing proposed it
//	undone        whether the decision was taken back; false of an undo and a redo
//
// Fields from kind to score are left out where they are empty. The lines are in the
// order of id. Characters that do not print are escaped, so that a terminal may show it.
package review
