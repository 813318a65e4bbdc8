// Package sync brings libraries together without a server: by a folder that git, a cloud or a stick carries about, by git
// itself, and by ssh.
//
// # What travels
//
// The texts of articles with their blocks, what their sources say of them, all decisions as they are, and the events of a
// team. Nothing that follows from these does, and nothing that is somebody's own: layers and counts, status, tags of
// articles, positions, the trash, saved searches, where a file lies on a disk.
//
// # The files
//
// A folder has one folder of byline's, "byline". In it are, with ID and HASH as [articles.TextID] makes them:
//
//	byline.json                  the version of this layout
//	.gitattributes               git merges lines by union, and changes no line ends
//	articles/5d/ID.HASH.txt      a text, written once
//	articles/5d/ID.about.jsonl   what its source says, when it had which text, the blocks of each
//	log/5d/ID.WHO.jsonl          the decisions of one person on one article
//	team.jsonl                   the events of the team
//
// All but the texts are lines of JSON, sorted; a file is a set of lines, so two of them are merged by having the lines of
// both. A line of a log is
//
//	{"article":ID,"text":HASH,"decision":{…}}
//
// with the decision as the library of who made it has it, offsets in bytes of the text; what a later version of byline
// adds to it travels unchanged. Decisions are never changed: two that differ and have one ID are an error, and both stay.
// A line of about is one of
//
//	{"article":ID,"at":T,"title":…}                what the source says; the latest counts
//	{"article":ID,"source":ADDRESS}                where it is from
//	{"article":ID,"text":HASH,"added":T}           since when it had the text
//	{"article":ID,"text":HASH,"at":T,"blocks":[…]} its blocks; the latest count
//
// WHO is the name where that is of small letters, digits and hyphens, else as much of it as is, and a hash: so names that
// differ by case have files of their own also where a file system does not tell them apart.
//
// # Order
//
// A library and a folder are brought together article by article: what either has, both have then. Files are written whole
// under another name and renamed, and what was done is noted last, so a run that was ended anywhere is just repeated. What a
// library has after a number of runs does not depend on their order. Lines that cannot be read stay where they are and are
// told about, and a file with the marks of a conflict is not touched.
package sync
