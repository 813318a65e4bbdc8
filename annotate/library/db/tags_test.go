package db_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"byline/annotate"
	"byline/annotate/library"
	"byline/annotate/library/db"
	"byline/annotate/library/query"
)

// setTags has an article show tags, as a screen does.
func setTags(s *db.DB, id string, tags []string) error {
	e, err := s.Entry(ctx, id)
	if err != nil {
		return err
	}
	on, off := library.TagChanges(e.Tags, tags)
	_, err = s.Retag(ctx, id, on, off)
	return err
}

// tagged requires what an article shows to somebody, in lists and alone.
func tagged(t *testing.T, s *db.DB, id string, want ...string) {
	t.Helper()
	for _, e := range append(must[[]library.Entry](t)(s.Entries(ctx)), must[library.Entry](t)(s.Entry(ctx, id))) {
		if e.ID == id && !slices.Equal(e.Tags, want) {
			t.Errorf("%q, want %q", e.Tags, want)
		}
	}
	offered := must[[]string](t)(s.Values(ctx, query.Gap{Field: query.Tag}, 30))
	for _, name := range []string{"sea", "shore", "todo", "looks-wrong"} {
		e := must[query.Expr](t)(query.Parse("tag:"+name, query.Options{}))
		shown := slices.Contains(want, name)
		if n := len(must[[]library.Entry](t)(s.Find(ctx, e))); n != map[bool]int{true: 1}[shown] {
			t.Errorf("tag:%s finds %d articles", name, n)
		}
		if n := len(must[[]library.Hit](t)(s.Hits(ctx, e, 9))); n != map[bool]int{true: 1}[shown] {
			t.Errorf("tag:%s hits %d articles", name, n)
		}
		if slices.Contains(offered, name) != shown {
			t.Errorf("offered are %q", offered)
		}
	}
}

// retag changes tags and requires what is said of those that stay.
func retag(t *testing.T, s *db.DB, id string, on, off []string, stays string) library.Retagged {
	t.Helper()
	made := must[library.Retagged](t)(s.Retag(ctx, id, on, off))
	if got := made.Stays(); got != stays {
		t.Errorf("said is %q, want %q", got, stays)
	}
	return made
}

// A tag is of whoever set it; everybody's can be taken off by each. A view shows everybody's, and those of one person or of all.
func TestTags(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("One", "One was said."))).ID
	must[db.Added](t)(s.Add(ctx, story("Two", "Two was said.")))
	ann, bob := s.As("ann"), s.As("bob")
	if err := s.TagForAll(ctx, id, []string{"todo", " todo ", ""}); err != nil {
		t.Fatal(err)
	}
	retag(t, ann, id, []string{" sea ", "", "todo"}, nil, "")
	retag(t, bob, id, []string{"sea", "looks-wrong"}, nil, "")
	for _, of := range []*db.DB{s, ann, bob} {
		tagged(t, of, id, "looks-wrong", "sea", "todo")
	}
	ann.See(library.Mine)
	tagged(t, ann, id, "sea", "todo")
	ann.See(library.ViewOf("ann"))
	tagged(t, ann, id, "sea", "todo")
	ann.See(library.ViewOf("bob"))
	tagged(t, ann, id, "looks-wrong", "sea", "todo")
	ann.See(library.ViewOf("Bob")) // with a capital he is another
	tagged(t, ann, id, "todo")
	if _, err := ann.Retag(ctx, id, []string{"shore"}, []string{"todo"}); err == nil || !strings.Contains(err.Error(), "the view is Bob’s, in which only they tag") {
		t.Errorf("tagged in another's view: %v", err)
	}
	s.See(library.Mine)
	tagged(t, s, id, "todo")
	ann.See(library.Curated)
	tagged(t, ann, id, "looks-wrong", "sea", "todo")

	made := retag(t, ann, id, []string{"shore"}, []string{"sea", "todo", "looks-wrong"},
		"#looks-wrong stays: bob’s tag; only bob can take it off. #sea stays: bob’s tag; only bob can take it off")
	tagged(t, ann, id, "looks-wrong", "sea", "shore")
	if !made.Changed {
		t.Error("nothing changed")
	}
	if err := made.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	want := []library.Tag{{Text: "looks-wrong", Who: "bob"}, {Text: "sea", Who: "ann"}, {Text: "sea", Who: "bob"}, {Text: "todo"}}
	if got := must[[]library.Tag](t)(bob.Tags(ctx, id)); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if made := retag(t, s.As("Bob"), id, nil, []string{"sea"}, "#sea stays: ann and bob’s tag; only they can take it off"); made.Changed {
		t.Error("what is others' was changed")
	}
	if got := must[[]string](t)(s.Taggers(ctx)); !slices.Equal(got, []string{"ann", "bob"}) {
		t.Errorf("%q set tags", got)
	}
	if err := errors.Join(s.Remove(ctx, id), s.Purge(ctx, id)); err != nil {
		t.Fatal(err)
	}
	if got := must[[]string](t)(s.Taggers(ctx)); len(got) > 0 {
		t.Errorf("of an article that is deleted there are tags by %q", got)
	}
	if _, err := ann.Retag(ctx, id, []string{"x"}, nil); !errors.Is(err, db.ErrNotFound) {
		t.Error(err)
	}
}

// Whoever is alone with a library, under whatever name, adds and takes off as if there was nobody's name on a tag.
func TestTagsOfOne(t *testing.T) {
	t.Parallel()
	for _, who := range []string{"", "ann", "Ann O’Lee, of 'the Wire'"} {
		s := fresh(t).As(who)
		id := must[db.Added](t)(s.Add(ctx, story("One", "One was said."))).ID
		if err := s.TagForAll(ctx, id, []string{"todo"}); err != nil { // of before
			t.Fatal(err)
		}
		for _, x := range [][]string{{"sea", "todo"}, {"todo"}, {"shore"}, {}, {"todo", "sea"}} {
			was := must[library.Entry](t)(s.Entry(ctx, id)).Tags
			on, off := library.TagChanges(was, x)
			made := retag(t, s, id, on, off, "")
			slices.Sort(x)
			tagged(t, s, id, x...)
			if err := made.Undo(ctx); err != nil {
				t.Fatal(err)
			}
			tagged(t, s, id, was...)
			retag(t, s, id, on, off, "")
			for _, v := range []library.View{library.Mine, library.ViewOf(who), library.Curated, library.Everyone} {
				s.See(v)
				tagged(t, s, id, x...)
			}
		}
	}
}

// An article that is sealed to somebody shows them no tag of others, in any view, and says of none that it stays.
func TestSealedTags(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	id := must[db.Added](t)(s.Add(ctx, story("One", "One was said."))).ID
	if err := s.TagForAll(ctx, id, []string{"todo"}); err != nil {
		t.Fatal(err)
	}
	ann := s.As("ann")
	retag(t, ann, id, []string{"looks-wrong"}, nil, "")
	roster := func(n int, blind ...db.BlindSet) {
		t.Helper()
		err := s.AppendEvents(ctx, nil, nil, db.Row{ID: fmt.Sprint(n), Who: "carl", Body: []byte("{}")})
		if err != nil {
			t.Fatal(err)
		}
		for _, who := range []string{"bob", "carl"} { // the log of the team has more than is known here
			tagged(t, s.As(who), id, "todo")
		}
		err = s.SaveRoster(ctx, db.Roster{UpTo: int64(n), Members: []string{"ann", "bob", "carl", "dora"}, Blind: blind, Assigned: []db.Assignment{
			{Set: "May", Who: "ann", IDs: []string{id}}, {Set: "May", Who: "bob", IDs: []string{id}}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	roster(1)
	tagged(t, s.As("bob"), id, "looks-wrong", "todo") // not blind
	roster(2, db.BlindSet{Name: "June"})
	tagged(t, s.As("bob"), id, "looks-wrong", "todo") // it is not in June
	roster(3, db.BlindSet{Name: "May", Seers: []string{"bob", "dora"}})
	for _, who := range []string{"", "Ann", "bob", "carl", "o'lee"} { // what is assigned to bob he does not see
		of := s.As(who)
		for _, v := range []library.View{library.Everyone, library.Mine, library.Curated, library.ViewOf("ann"), library.ViewOf(who)} {
			of.See(v)
			tagged(t, of, id, "todo")
			if made := retag(t, of, id, nil, []string{"looks-wrong"}, ""); made.Changed {
				t.Error("ann’s tag was taken off")
			}
			made := retag(t, of, id, []string{"sea"}, []string{"todo"}, "")
			tagged(t, of, id, "sea")
			if err := made.Undo(ctx); err != nil {
				t.Fatal(err)
			}
		}
	}
	tagged(t, s.As("dora"), id, "looks-wrong", "todo")
	tagged(t, ann, id, "looks-wrong", "todo")
	retag(t, s.As("bob"), id, []string{"looks-wrong"}, nil, "")
	tagged(t, s.As("bob"), id, "looks-wrong", "todo")
	retag(t, s.As("bob"), id, nil, []string{"looks-wrong"}, "")
	done := func(who ...string) {
		t.Helper()
		var list []db.Tally
		for _, name := range []string{"ann", "bob"} {
			tally := db.Tally{Who: name}
			if slices.Contains(who, name) {
				tally.Sets = []string{"May"}
			}
			list = append(list, tally)
		}
		if err := s.SaveTallies(ctx, id, list...); err != nil {
			t.Fatal(err)
		}
	}
	done("bob")
	tagged(t, s.As("bob"), id, "todo")
	done("ann", "bob")
	tagged(t, s.As("bob"), id, "looks-wrong", "todo")
	done("ann")
	tagged(t, s.As("carl"), id, "todo")
}

// Of an article that somebody annotates blind and that is sealed they learn no more of others than whether they are done: not that they began, nor how much they
// decided, nor when; others learn all.
func TestSealedProgress(t *testing.T) {
	t.Parallel()
	s := fresh(t)
	sealed := must[db.Added](t)(s.Add(ctx, story("One", "One was said."))).ID
	open := must[db.Added](t)(s.Add(ctx, story("Two", "Two was said."))).ID
	for i, id := range []string{sealed, open} {
		if err := s.Append(ctx, id, nil, db.Row{ID: fmt.Sprint("d", i), Who: "bob", Body: []byte("{}")}); err != nil {
			t.Fatal(err)
		}
		err := s.SaveLayer(ctx, db.Layer{ID: id, Engine: "e", Version: 1, Data: []byte("x"), Counts: annotate.Counts{Claims: 7},
			Tallies: []db.Tally{{Who: "bob", Counts: annotate.Counts{Claims: 7, Reviewed: 7}, Decided: 5 + i, At: time.UnixMilli(int64(2e12) - int64(i))}}})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.AppendEvents(ctx, nil, nil, db.Row{ID: "1", Who: "carl", Body: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	err := s.SaveRoster(ctx, db.Roster{UpTo: 1, Members: []string{"ann", "bob", "dora"}, Blind: []db.BlindSet{{Name: "May", Seers: []string{"dora"}}}, Assigned: []db.Assignment{
		{Set: "May", Who: "ann", IDs: []string{sealed, open}, Bare: []string{open}}, {Set: "May", Who: "bob", IDs: []string{sealed, open}, Bare: []string{open}}}})
	if err != nil {
		t.Fatal(err)
	}
	whole := db.Progress{Set: "May", Who: "bob", Assigned: 2, Begun: 2, Claims: 14, Reviewed: 14, Decided: 11, Last: time.UnixMilli(2e12).UTC()}
	part := db.Progress{Set: "May", Who: "bob", Assigned: 2, Begun: 1, Claims: 7, Reviewed: 7, Decided: 6, Last: time.UnixMilli(2e12 - 1).UTC()}
	for who, want := range map[string]db.Progress{"ann": part, "eve": whole, "": whole, "bob": whole, "dora": whole} {
		of := s.As(who)
		if got := must[[]db.Progress](t)(of.Progress(ctx)); len(got) != 2 || got[1] != want {
			t.Errorf("%s learns %+v, want %+v", who, got, want)
		}
		finds := finder(t)
		if want == whole {
			finds(of, "by-annotator:bob", "Two One +Two +One")
			finds(of, "unreviewed-by:bob", "")
		} else {
			finds(of, "by-annotator:bob", "Two +Two")
			finds(of, "unreviewed-by:bob", "One +One")
		}
	}
}
