// Package output writes what commands print: tables and text for people, records for scripts. Text
// from outside passes articles/clean on its way into a table or text; records are written
// unchanged. Offsets count code points.
package output
