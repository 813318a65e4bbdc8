// Package packed holds tables that are part of the program in few bytes and looks things up in them in place: nothing is unpacked
// when the program starts, and processes share the memory. [Table] is a hash table of numbers; [Code], [Reader], [Writer] and
// [Places] are what rows of weights are written with, so that one can be read by itself.
package packed
