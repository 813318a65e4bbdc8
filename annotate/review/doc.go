// Package review holds what people decide about an article and lays it over what
// the machine found: [Apply] is a pure function of (text, machine layer, log), and
// its result is what a reader sees. The machine layer is never modified and the log
// only grows.
//
// # Order
//
// A log is a set of decisions sorted by ID; duplicates count once. Two logs merged in
// either order therefore mean the same, and a decision from a slow clock still finds
// its place. Undo and redo name a step; the last of those that name the same step
// counts, and a step that is redone keeps its first place.
//
// # What the verbs do
//
// A decision about a mention or quote names a span. If today's machine layer has a
// claim on that span, the claim is changed. If not, a person's confirmation, type,
// addition or speaker creates the claim anyway, and a rejection has no effect. Value
// holds the type that a claim had, or was given, so that the claim can be restored
// under any engine.
//
//	confirm    the claim is right, with the type in Value
//	reject     it is wrong; it stays in the layer as Rejected and is not exported
//	relabel    it is right except for its type, now Value
//	add        a claim that the machine missed, of the type in Value; a mention joins
//	           an entity of that type that already has a mention with these words
//	respan     it is right except for its ends, now To; Value is its type
//	merge      the target's entity becomes part of the entity at To and takes its type; where
//	           To is the target, somebody looked and it is the same as no other
//	split      the target leaves its entity for a new one, or for the one at To
//	rename     Value is the name of the target's entity
//	attribute  To is a mention of the quote's speaker, Also of further ones; To is empty
//	           if nobody speaks it
//	cue        To is the verb that introduces the quote; empty if none does
//	note, tag  change no claim; see [Result]. A note may be on any passage, and the tag
//	           "highlight" on a passage highlights it
//	erase      takes the note or tag in Value off the target; all of them if Value is empty
//	drop       the decision whose ID is Value lost its words and is no longer listed
//	undo       the step in Value is taken back
//	redo       the step in Value is done again
//	done       who decided has finished the article in the set in Value, or in none; see [FinishedIn]
//	reopen     takes done back for that set
//
// Decisions about the whole article, done and reopen, have no target and change no claim.
// Decisions with a verb that this version does not know have no effect.
//
// # Types of entities
//
// An entity has one type. If people gave or confirmed types of its mentions, only these
// vote. The latest decides a tie, and mentions that nobody reviewed follow. Mentions
// that people gave another type leave for an entity of that type when the step ends. To
// change the type of a single mention is to split and relabel it in one step; it then
// joins the entity of the new type that has the same words.
//
// A person's claim replaces the machine's unreviewed claims that overlap it. A label of
// the user's own replaces nothing, because it may cover a whole sentence.
//
// # What was shown
//
// Who confirms a claim accepts more of it than the decision says: that the name is of the entity that was shown, and
// that the quote is of its speakers. So a decision notes what else was shown of its target, and of To, where that is what a
// machine made or follows from it; see [annotate.Sight]. Where the machine's layer says otherwise by now, it is put back before the decision
// is applied:
//
//   - A mention joins the entity that was shown, and two entities that were shown stay two when a machine takes
//     them for one. An entity that decisions know has the name that was shown, until somebody changes its mentions. What a machine adds to
//     it is suggested in it.
//   - A name that is split off leaves the entity that was shown. Where a machine put it into another, that one keeps its name. Who was renamed,
//     merged or split off keeps the type that was shown, unless people gave one.
//   - A quote has the speakers, the words that name them, the verb and the type that were shown.
//   - A mention by which an entity was known comes back, as a suggestion, if nobody had decided on it.
//
// It holds against machines only: what people decide about entities and speakers goes before it, in whatever order. It rests on the
// steps that made the entity what it was; if one of them is undone, or not there, nothing was shown. If the words of a mention are gone from the
// text, decisions on one entity still know each other by them. A quote of which nobody's words are left that said it is not confirmed any more,
// and listed. A log in which nothing was noted means what it meant.
//
// # Whose reading
//
// A decision belongs to the reading of whoever made it or, if its Layer is "curated", to
// the one reading that settles what several people answered differently. An undo has the
// layer of the step that it takes back, so that a log can be cut down to one reading and
// still means the same.
//
// # Compatibility
//
// Every log that any version of byline wrote can be read by all later ones, and means
// the same to them. So a verb keeps its name and meaning for ever; new verbs and fields
// may be added, and a version that does not know them ignores them without removing
// them from the log. Nothing is ever deleted from a log or changed in it: to correct a
// decision, append another one.
//
// # The log outside the program
//
// [WriteLog] writes one decision a line as a JSON object. The names and the order of the
// fields are a contract; later versions may add fields. Here Halden was made an
// organization in an article that reads "Halden paid.", and that was undone:
//
//	{"log":1,"article":"5d1c","id":"01K0A","step":"01K0A","at":"2026-11-23T14:05:00Z","who":"ann","verb":"relabel","kind":"mention","target":{"start":0,"end":6,"text":"Halden","prefix":"","suffix":" paid."},"value":"organization","engine":"model-3","score":0.93,"undone":true}
//	{"log":1,"article":"5d1c","id":"01K0B","step":"01K0B","at":"2026-11-23T14:06:30Z","who":"ann","verb":"undo","value":"01K0A","undone":false}
//
// They mean:
//
//	log           the version of this format, 1
//	article       the ID of the article in the library
//	id, step      of the decision; decisions of one keypress share a step
//	at            when, RFC 3339 in UTC; null where nobody knows
//	who           decided; the name is as its owner set it
//	verb, kind    what was decided, as above, about a "mention", a "quote" or a "passage"
//	target, to    spans, half-open, in Unicode code points of the article's text as it
//	              is now, with their words and up to 32 bytes of context on each side;
//	              if the text no longer has the words, start and end are null
//	value         what the verb takes: a type, a name, a note; of undo and redo a step, of done
//	              and reopen a set
//	engine, score of the proposal that was decided on; absent if nothing proposed it
//	undone        whether the decision was taken back; false of an undo and a redo
//	also          spans, as to, of the further speakers of a quote; absent if there are none
//	layer         "curated" for a decision of whoever settles what others answered differently;
//	              absent from a person's own
//	shown         what else was shown of the target: "of", of a mention its entity and that of the one at to, of
//	              a quote its speakers, each with the mention "at" that stands for it (absent: the target's own), its "name" if that is not
//	              the words there ("named" if people gave it), its "type" if value does not say it, "steps" that made it what it
//	              was, "suggested" if nobody had decided on the mention, and "namesake" if others have the name; of a quote "named",
//	              the words that name the speaker, "cue" and "type"; of a mention its "form" if the words do not tell; "over", which
//	              tells the machine's layer: under that one the field changes nothing
//
// Fields from kind to score are omitted when empty. The lines are sorted by id.
// Characters that do not print are escaped, so that the lines are safe on a terminal.
package review
