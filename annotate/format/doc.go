// Package format writes annotated articles in the formats that other programs and
// people read, and reads byline's own back. There is one file a format, and a table
// of all, [Formats].
//
// byline's JSON is a contract: names and order of its fields do not change, and
// offsets count Unicode code points of its "text". A claim is of origin "human" when a
// person made, changed or confirmed it, with score 1, else "machine" with the
// machine's score rounded to four digits. What a person rejected is left out, with
// entities of which nothing is left. Reading it back gives what was written: the
// text with plain paragraphs for blocks, and the layer without the rules by which the
// machine decided, which the format does not carry.
//
// Markdown is for people: who is named, who said what, and the text with both
// marked. Everything in it that comes from outside is escaped, so that the text reads
// as it did and none of it becomes markup.
//
// CSV is for spreadsheets, a row a mention and a row a quote; no cell of it is run as a
// formula. Brat is the standoff format of that tool, two files, offsets in code points.
//
// IOB2 goes in and out, for text that is split into tokens already.
package format
