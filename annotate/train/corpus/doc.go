// Package corpus reads the annotated and raw texts that the names model is trained on.
package corpus
