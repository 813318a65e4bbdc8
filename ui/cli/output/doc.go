// Package output writes what commands print: tables and text for people, records for
// scripts. Whatever may come from outside passes articles/clean on its way to a table or
// a text; records are as they are. Offsets count code points.
package output
