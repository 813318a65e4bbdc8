// Package model finds names with a trained model: a conditional random field (Lafferty et
// al. 2001) over the labels of the shared tasks of CoNLL, whose scores are sums of rows
// of bytes, one for each feature of a token, and of a small hidden layer.
//
// The features are those of the field: words, forms and endings, neighbours, name lists,
// classes of words by their vectors, and what the rest of the document says of a word
// (Ratinov and Roth 2009). The vectors themselves enter the hidden layer by rows that
// are multiplied out beforehand.
//
// The file names.model is used in place, as embedded in the program: rows are in few bytes (packages rows and packed), and each is
// decoded by itself when it is needed. What features add is unpacked once there is much to tag, what vectors add is kept.
// Scores are whole numbers and the same on every processor; probabilities are computed
// without fused operations and without package math. The file is made by annotate/train;
// the directory's README.md is its card.
//
// The word lists in the features are part of a model: they must not change without training
// it again, and so do not come from package lexicon/en.
package model
