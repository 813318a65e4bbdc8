package db_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"byline/annotate/library/db"
)

func TestPages(t *testing.T) {
	t.Parallel()
	ctx := context.Background()
	s := fresh(t)
	added := must[db.Added](t)(s.Add(ctx, story("Press", "Marta Quill sold it.")))
	p := db.Page{URL: "https://x.example/a", Final: "https://x.example/b", Fetched: time.Unix(7, 0).UTC(), Type: "text/html", Charset: "utf-8",
		ETag: `"7"`, Modified: "Mon, 02 Mar 2026 10:00:00 GMT", Body: []byte(strings.Repeat("<p>Marta Quill sold it.</p>", 1000))}
	if err := s.SavePage(ctx, added.ID, 1, p); err != nil {
		t.Fatal(err)
	}
	got := must[db.Page](t)(s.Page(ctx, added.ID, 1))
	if !reflect.DeepEqual(got, p) {
		t.Errorf("%+v", got)
	}
	later := p
	later.Fetched, later.ETag, later.Body = time.Unix(8, 0).UTC(), `"8"`, []byte("changed")
	if err := s.SavePage(ctx, added.ID, 2, later); err != nil {
		t.Fatal(err)
	}
	id, last, err := s.LastPage(ctx, p.URL)
	if later.Body = nil; err != nil || id != added.ID || !reflect.DeepEqual(last, later) {
		t.Errorf("%s %+v %v", id, last, err)
	}
	if _, err := s.Page(ctx, added.ID, 3); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("a version that was not fetched: %v", err)
	}
	if err := s.SavePage(ctx, "nobody", 1, p); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("an article that is not there: %v", err)
	}
	if _, _, err := s.LastPage(ctx, "https://x.example/c"); !errors.Is(err, db.ErrNotFound) {
		t.Errorf("a page that is not there: %v", err)
	}
}
