package importer

import (
	"byline/annotate"
	"byline/annotate/format"
	"byline/articles"
	"byline/articles/clean"
)

// printable makes all strings of a document that was read printable and, but for notes, of one line: a file may hold anything
// anywhere. The text stays, as spans are in its bytes; it is cleaned when it is added to the library.
func printable(d *format.Document) {
	lines(&d.Who)
	lines(&d.Status)
	for i := range d.Tags {
		lines(&d.Tags[i])
	}
	if d.Labels != nil {
		labels := make(map[annotate.Type]string, len(d.Labels))
		for t, label := range d.Labels {
			labels[annotate.Type(clean.Line(string(t)))] = clean.Line(label)
		}
		d.Labels = labels
	}
	if d.Article != nil {
		printableArticle(d.Article)
	}
	if d.Layer != nil {
		printableLayer(d.Layer)
	}
	for i := range d.Log {
		x := &d.Log[i]
		lines(&x.ID, &x.Step, &x.Who, &x.Engine)
		lines(&x.Verb)
		lines(&x.Kind)
		x.Value = clean.String(x.Value)
		for _, a := range append([]*annotate.Anchor{&x.Target, &x.To}, append(pointers(x.Also), printableSight(x.Shown)...)...) {
			a.Exact, a.Prefix, a.Suffix = clean.String(a.Exact), clean.String(a.Prefix), clean.String(a.Suffix)
		}
	}
}

// printableSight makes the strings of s printable, but for those of its anchors, which it returns.
func printableSight(s *annotate.Sight) []*annotate.Anchor {
	if s == nil {
		return nil
	}
	lines(&s.Type)
	lines(&s.Form)
	out := []*annotate.Anchor{&s.Named, &s.Cue}
	for i := range s.Of {
		r := &s.Of[i]
		lines(&r.Name)
		lines(&r.Type)
		lines(pointers(r.Steps)...)
		out = append(out, &r.Anchor)
	}
	return out
}

func printableArticle(a *articles.Article) {
	lines(&a.ID, &a.Title, &a.Author, &a.Site, &a.Source, &a.Section, &a.Language)
	lines(&a.Format)
	a.URL = clean.Target(a.URL)
	for _, list := range [][]string{a.Authors, a.Agencies, a.Warnings} {
		for i := range list {
			lines(&list[i])
		}
	}
	for i := range a.Inline {
		a.Inline[i].Target = clean.Target(a.Inline[i].Target)
	}
	for i := range a.Pictures {
		p := &a.Pictures[i]
		p.Address, p.Beside, p.Alt = clean.Address(p.Address), clean.Address(p.Beside), clean.Line(p.Alt)
	}
}

func printableLayer(l *annotate.Layer) {
	lines(&l.Engine)
	for i := range l.Entities {
		e := &l.Entities[i]
		lines(&e.ID, &e.Name, &e.Origin.Stage, &e.Origin.Rule)
		lines(&e.Type)
		for k := range e.Mentions {
			m := &e.Mentions[k]
			lines(&m.Type)
			lines(&m.Form)
			lines(&m.Origin.Stage, &m.Origin.Rule)
		}
	}
	for _, q := range l.Quotes {
		lines(&q.Type)
		lines(&q.Speaker, &q.Origin.Stage, &q.Origin.Rule)
		for k := range q.Also {
			lines(&q.Also[k])
		}
	}
	for i := range l.Remarks {
		r := &l.Remarks[i]
		lines(&r.Kind)
		lines(&r.Who)
		r.Text = clean.String(r.Text)
	}
}

// lines makes each string one printable line.
func lines[S ~string](all ...*S) {
	for _, s := range all {
		*s = S(clean.Line(string(*s)))
	}
}

func pointers[T any](list []T) []*T {
	out := make([]*T, len(list))
	for i := range list {
		out[i] = &list[i]
	}
	return out
}
