// Package conll writes and reads texts as tokens: the columns of CoNLL-2003 (Tjong Kim
// Sang and De Meulder 2003) with tags in IOB2, IOB1 or BIOES, of which it also reads those of CoNLL-2012, and CoNLL-U (Universal
// Dependencies) with the entities of CorefUD. [TagIOB2] tags a stream of tokens without
// documents.
package conll

import (
	"byline/annotate/format"
)

// IOB2 is CoNLL-2003 with tags in the scheme IOB2.
var IOB2 = format.Format{Name: "conll", Extension: ".conll", About: "CoNLL-2003 in IOB2: tokens with tags; names only, not nested", ByName: true,
	Passages:  true,
	NewWriter: newWriter(iob2), Read: read, Sniff: sniff}

// IOB1 is CoNLL-2003 with tags in the scheme IOB1.
var IOB1 = format.Format{Name: "iob1", Extension: ".iob1", About: "as conll, in IOB1, the original scheme", Passages: true, NewWriter: newWriter(iob1), Read: read}

// BIOES is CoNLL-2003 with tags in the scheme BIOES.
var BIOES = format.Format{Name: "bioes", Extension: ".bioes", About: "as conll, in BIOES", Passages: true, NewWriter: newWriter(bioes), Read: read}

// CoNLLU is CoNLL-U with the entities of CorefUD.
var CoNLLU = format.Format{Name: "conllu", Extension: ".conllu", About: "CoNLL-U with CorefUD entities and quotes; no notes",
	Passages:  true,
	NewWriter: newTreeWriter, Read: readTrees, Sniff: sniffTrees}
