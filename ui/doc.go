// Package ui holds the words that the screens share: actions, the bindings that
// give them keys, scopes, screens and the messages between them.
//
//   - app is the program: the one Bubble Tea model, which owns the screens.
//   - library, reader, detail and changes are its screens.
//   - tour teaches the reader in ten steps.
//   - adjudicate lies around a reader, and asks what annotators answered differently.
//   - linear is the reader line by line, for screen readers.
//   - session is the reader without a screen: its actions, cursor and decisions.
//   - picture draws pictures where the terminal can.
//   - textview and list are widgets that know nothing of people or quotes.
//   - columns fits text into cells; field is a line of text that is typed; theme says how
//     things look.
//   - screens wires the screens on a workspace; config is what a user set; hints says what
//     to do about an error; pace alone changes settings of the process; cli is the
//     command line.
//   - serve lets people use the program over SSH; paste bounds what they paste; shell has words of its command lines.
//   - uitest runs the program on a terminal in memory.
//
// # Rules
//
// Keys. A key becomes an action through a table of bindings, and a scope handles the
// action. Help, footer, palette, the rebinding of keys and the test against double
// bindings read the same tables. No code asks which key was pressed, text fields aside.
//
// State. A screen changes in place, in Update and in the handlers of its scopes, and is
// never a tea.Model itself. Screens call methods downwards and send messages upwards.
//
// Commands. Nothing does I/O but the commands that they return. A command copies what it
// needs, takes a context, returns one message and never touches the screen.
//
// Contexts. A screen gets the program's context when it is made and has a [Life] of its
// own, which Close ends: what a screen asked for is cancelled when it is left. A question
// that replaces another cancels it, see [Latest]. A write that a person asked for is not
// cut off, see [Life.Writing].
//
// Messages are of three kinds: input, for the front screen; answers, which name the
// screen that asked and carry its context or number, so that late ones are dropped; and
// news, such as [ChangedMsg], for all screens.
//
// Drawing. View is a function of width, height and state. It returns exactly so many
// lines, none wider, measured as the terminal measures ([WidthMsg]). Text from outside
// goes through package articles/clean first. No meaning rests on colour alone.
//
// Errors reach the footer with a way out, see [Fail]. A toast or hint names an action in
// braces, "{reader.undo}", and app puts its key there.
package ui
