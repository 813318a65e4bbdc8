package linear

import (
	"context"

	"byline/annotate"
	"byline/annotate/library"
)

// crowd is three names of a library.
type crowd struct{}

func (crowd) All(context.Context) ([]library.Person, error) {
	return []library.Person{
		{ID: library.PersonID{Key: "ines calder", Type: annotate.Person}, Name: "Ines Calder", Articles: 2, Mentions: 5, Quotes: 1},
		{ID: library.PersonID{Key: "holm island", Type: annotate.Place}, Name: "Holm Island", Articles: 1, Mentions: 1, Merged: []string{"Isle of Holm", "Calder's Rock"}},
		{ID: library.PersonID{Key: "émile roux", Type: annotate.Person}, Name: "Émile\x1b[2J Roux", Articles: 1, Mentions: 1},
	}, nil
}

func (c crowd) Person(ctx context.Context, id library.PersonID) (library.Person, error) {
	all, _ := c.All(ctx)
	for _, p := range all {
		if p.ID == id {
			p.Spellings = []library.Spelling{{Text: "Ines Calder"}, {Text: "Calder"}}
			return p, nil
		}
	}
	return library.Person{}, nil
}

func (crowd) PersonArticles(context.Context, library.PersonID, int) ([]library.Place, error) {
	return []library.Place{{Entry: library.Entry{ID: "1", Title: "The Ferry at Low Tide"}, Count: 2, Offset: span("Calder", 1).Start}}, nil
}

func (crowd) Quotes(_ context.Context, id library.PersonID) ([]library.Said, error) {
	if id.Key != "ines calder" {
		return nil, nil
	}
	return []library.Said{{Entry: library.Entry{ID: "1", Title: "The Ferry at Low Tide"}, Span: span("“We sail at seven,”", 0), Verb: "said", Text: "“We sail\nat seven,”"}}, nil
}
