package workspace_test

import (
	"database/sql"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/review"
	"byline/annotate/workspace"
	"byline/articles"
)

// full makes the library refuse every row of the log after the first n, as on a full disk, until
// again is called.
func (r *fixture) full(t *testing.T, n int) (again func()) {
	t.Helper()
	r.exec(t, fmt.Sprintf(`CREATE TRIGGER no_room BEFORE INSERT ON log WHEN (SELECT count(*) FROM log) >= %d
		BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`, n))
	return func() { t.Helper(); r.exec(t, "DROP TRIGGER no_room") }
}

// exec runs a statement on the library's file as another program would.
func (r *fixture) exec(t *testing.T, statement string) {
	t.Helper()
	file, err := sql.Open("sqlite", r.path+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Exec(statement); err != nil {
		t.Fatal(err)
	}
}

// A keypress is an edit of words of the text.
type keypress struct {
	verb         annotate.Verb
	words, value string
}

var keypresses = []keypress{
	{annotate.Confirm, "Marta Quill", ""},
	{annotate.Relabel, "Halden", "organization"}, // three mentions, one decision each
	{annotate.Undo, "", ""},
	{annotate.Reject, "Ferris", ""},
	{annotate.Rename, "Marta Quill", "M. Quill"},
	{annotate.Tag, "Courier", "paper"},
}

func (k keypress) edit(text string) review.Edit {
	c := review.Edit{Verb: k.verb, Value: k.value}
	if k.words != "" {
		c.Targets = []review.Target{{Kind: annotate.OfMention, Span: span(text, k.words)}}
	}
	return c
}

// What is shown is what is stored: a decision that cannot be written, wherever in the log that
// happens, is not shown by the open document nor by the next one opened, and can be repeated once
// there is room.
func TestDecisionThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	id := r.add(t, story("a", text))
	failed := 0
	for _, k := range keypresses {
		before := r.open(t, id)
		for room := 0; ; room++ { // for so many of the rows of this keypress
			again := r.full(t, len(before.Log)+room)
			after, _, err := r.EditDocument(ctx, before.Article, k.edit(text))
			again()
			if err == nil {
				same(t, r, after, fmt.Sprintf("%v", k))
				break
			}
			failed++
			same(t, r, before, fmt.Sprintf("%v could not be written, with room for %d rows", k, room))
		}
	}
	if n := len(r.open(t, id).Log); failed != n || n <= len(keypresses) {
		t.Errorf("%d rows of %d keypresses failed %d times", n, len(keypresses), failed)
	}
}

// same checks that an article looks like want, both to those who have it open and to those who
// open it again.
func same(t *testing.T, r *fixture, want *workspace.Document, what string) {
	t.Helper()
	for where, now := range map[string]*workspace.Document{
		"here": r.open(t, want.Article.ID), "elsewhere": enter(t, r.path, "ann", "large-1").open(t, want.Article.ID),
	} {
		if len(now.Log) != len(want.Log) || !reflect.DeepEqual(now.Layer, want.Layer) {
			t.Fatalf("%s: %s has %d decisions, %s; not %d, %s", what, where, len(now.Log), types(now), len(want.Log), types(want))
		}
	}
}

// The same holds for decisions imported from elsewhere: all of them or none.
func TestForeignDecisionsThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	other := newFixture(t)
	id := other.add(t, story("a", text))
	article := other.open(t, id).Article
	for _, k := range keypresses {
		if _, _, err := other.EditDocument(ctx, article, k.edit(text)); err != nil {
			t.Fatal(err)
		}
	}
	log := other.open(t, id).Log
	r := newFixture(t)
	if r.add(t, story("a", text)) != id {
		t.Fatal("the same text has another ID")
	}
	before := r.open(t, id)
	for n := range log {
		again := r.full(t, n)
		if _, err := r.MergeLog(ctx, id, log); err == nil {
			t.Errorf("a log of %d is joined where there is room for %d", len(log), n)
		}
		again()
		same(t, r, before, "a log could not be joined")
	}
	if after, err := r.MergeLog(ctx, id, log); err != nil {
		t.Errorf("a log cannot be joined although there is room: %v, %v", after, err)
	}
}

// A closed library accepts no decision, and reports an error.
func TestDecisionInAClosedLibrary(t *testing.T) {
	t.Parallel()
	r := newFixture(t)
	id := r.add(t, story("a", text))
	s := r.open(t, id)
	if err := r.library.Close(); err != nil {
		t.Fatal(err)
	}
	now, _, err := r.EditDocument(ctx, s.Article, keypresses[0].edit(text))
	if err == nil || now != nil {
		t.Errorf("a closed library takes a decision: %v, %v", now, err)
	}
}

// span returns the first occurrence of words in text.
func span(text, words string) articles.Span {
	i := strings.Index(text, words)
	return articles.Span{Start: i, End: i + len(words)}
}
