// Package syntax tells the parts of source code: words of the language, strings, comments. It
// knows some two hundred languages from Chroma, each of which is read when it is first needed.
package syntax

import (
	"image/color"
	"strings"
	"sync/atomic"
	"time"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// A Part is what a piece of code is.
type Part uint8

// The parts of code.
const (
	Plain Part = iota
	Keyword
	Name // of what is defined or called
	String
	Number
	Comment
)

// Colours are those of the parts; nil is the colour of the text.
type Colours struct{ Keyword, Name, String, Number, Comment color.Color }

// A Piece is code up to byte End that is one Part; it starts where the piece before it ends.
type Piece struct {
	End int
	Part
}

// longLine is the length in bytes from which a line is not looked at: an expression of a lexer
// takes time that grows with the square of it, or worse.
const longLine = 1000

// Pieces returns the pieces of code in a language, as the source of an article names it. It
// returns those that are found within a time, none if the language is not known.
func Pieces(code, language string, within time.Duration) []Piece {
	if language == "" || hasLongLine(code) {
		return nil
	}
	lexer := lexers.Get(language)
	if lexer == nil {
		return nil
	}
	var late atomic.Bool
	done := make(chan []Piece, 1)
	go func() { done <- find(code, lexer, &late) }() // one step of a lexer cannot be cut short
	timer := time.NewTimer(within)
	defer timer.Stop()
	select {
	case ps := <-done:
		return ps
	case <-timer.C:
		late.Store(true)
		return nil
	}
}

func hasLongLine(code string) bool {
	for line := range strings.SplitSeq(code, "\n") {
		if len(line) > longLine {
			return true
		}
	}
	return false
}

// find returns pieces until they no longer are the code, or it is too late.
func find(code string, lexer chroma.Lexer, late *atomic.Bool) (ps []Piece) {
	defer func() {
		if recover() != nil { // some lexers stumble over what is not their language
			ps = nil
		}
	}()
	next, err := lexer.Tokenise(&chroma.TokeniseOptions{State: "root"}, code)
	if err != nil {
		return nil
	}
	at := 0
	for t := next(); t != chroma.EOF && at < len(code) && !late.Load(); t = next() {
		value := t.Value
		if rest := code[at:]; len(value) > len(rest) { // a lexer may add a line end
			value = value[:len(rest)]
		}
		if !strings.HasPrefix(code[at:], value) {
			break
		}
		at += len(value)
		part := partOf(t.Type)
		if n := len(ps); n > 0 && ps[n-1].Part == part {
			ps[n-1].End = at
			continue
		}
		ps = append(ps, Piece{at, part})
	}
	return ps
}

func partOf(t chroma.TokenType) Part {
	switch {
	case t.InCategory(chroma.Comment):
		return Comment
	case t.InCategory(chroma.Keyword), t == chroma.NameTag, t == chroma.OperatorWord:
		return Keyword
	case t.InSubCategory(chroma.String):
		return String
	case t.InSubCategory(chroma.Number):
		return Number
	case t == chroma.NameFunction, t == chroma.NameClass, t == chroma.NameBuiltin, t == chroma.NameAttribute,
		t == chroma.NameDecorator, t == chroma.NameProperty:
		return Name
	}
	return Plain
}
