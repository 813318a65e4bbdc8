package lexicon

// In is in, for tests of a table of their own.
var In = Key.in
