package tei

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/standoff"
)

func (t *writer) header() {
	d := t.d
	t.WriteString("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<TEI xmlns=\"http://www.tei-c.org/ns/1.0\">\n<teiHeader>\n<fileDesc>\n<titleStmt>")
	fmt.Fprintf(t, "<title>%s</title>", escape.Content(cmp.Or(d.Title, "Untitled")))
	t.authors()
	t.WriteString("\n<respStmt xml:id=\"byline\"><resp>suggested</resp><name>" + escape.Content(standoff.Signed(d.Layer)) + "</name></respStmt>")
	if t.people == nil {
		t.idOf(cmp.Or(d.Who, standoff.Somebody))
	}
	for _, name := range t.people {
		fmt.Fprintf(t, "<respStmt xml:id=\"%s\"><resp>decided</resp><name>%s</name></respStmt>", t.idOf(name), escape.Content(name))
	}
	t.WriteString("</titleStmt>\n")
	fmt.Fprintf(t, "<publicationStmt><p>Annotated with byline.</p><p xml:id=\"article\">%s</p></publicationStmt>\n<sourceDesc><bibl><title>%s</title>", escape.Content(d.ID), escape.Content(cmp.Or(d.Title, "Untitled")))
	t.authors()
	if d.Site != "" {
		fmt.Fprintf(t, "<publisher>%s</publisher>", escape.Content(d.Site))
	}
	if !d.Date.IsZero() {
		fmt.Fprintf(t, "<date type=\"published\" when=\"%s\"/>", d.Date)
	}
	if !d.Updated.IsZero() {
		fmt.Fprintf(t, "<date type=\"updated\" when=\"%s\"/>", d.Updated)
	}
	if d.Section != "" {
		fmt.Fprintf(t, "<biblScope unit=\"section\">%s</biblScope>", escape.Content(d.Section))
	}
	if languageTag.MatchString(d.Language) {
		fmt.Fprintf(t, "<textLang mainLang=\"%s\"/>", escape.Attribute(d.Language))
	}
	if address := d.Address(); address != "" {
		fmt.Fprintf(t, "<ref target=\"%s\"/>", escape.Attribute(strings.ReplaceAll(address, " ", "%20")))
	}
	t.WriteString("</bibl></sourceDesc>\n</fileDesc>\n")
	t.entities()
	t.WriteString("</teiHeader>\n")
}

// languageTag matches what XML takes for a language.
var languageTag = regexp.MustCompile(`^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$`)

// authors writes who wrote the article: people by their names, agencies as organizations.
func (t *writer) authors() {
	for _, name := range t.d.People() {
		fmt.Fprintf(t, "<author><persName>%s</persName></author>", escape.Content(name))
	}
	for _, name := range t.d.Agencies {
		fmt.Fprintf(t, "<author><orgName>%s</orgName></author>", escape.Content(name))
	}
}

// entities writes the entities.
func (t *writer) entities() {
	var people, orgs, places, others []*annotate.Entity
	for i := range t.d.Layer.Entities {
		e := &t.d.Layer.Entities[i]
		if !slices.ContainsFunc(e.Mentions, standoff.Alive) {
			continue
		}
		switch e.Type {
		case annotate.Person:
			people = append(people, e)
		case annotate.Organization:
			orgs = append(orgs, e)
		case annotate.Place:
			places = append(places, e)
		default:
			others = append(others, e)
		}
	}
	list := func(es []*annotate.Entity, form string) {
		for _, e := range es {
			fmt.Fprintf(t, form, e.ID, escape.Content(e.Name))
		}
	}
	if len(others) > 0 {
		t.WriteString("<encodingDesc><classDecl><taxonomy>")
		for _, e := range others {
			fmt.Fprintf(t, "<category xml:id=\"%s\"><catDesc><term type=\"type\">%s</term><term type=\"name\">%s</term></catDesc></category>", e.ID, escape.Content(format.OwnLabel(e.Type, string(e.Type))), escape.Content(e.Name))
		}
		t.WriteString("</taxonomy></classDecl></encodingDesc>\n")
	}
	if len(people)+len(orgs)+len(places) == 0 {
		return
	}
	t.WriteString("<profileDesc>")
	if len(places) > 0 {
		t.WriteString("<settingDesc><listPlace>")
		list(places, "<place xml:id=\"%s\"><placeName>%s</placeName></place>")
		t.WriteString("</listPlace></settingDesc>")
	}
	if len(people)+len(orgs) > 0 {
		t.WriteString("<particDesc>")
		if len(people) > 0 {
			t.WriteString("<listPerson>")
			list(people, "<person xml:id=\"%s\"><persName>%s</persName></person>")
			t.WriteString("</listPerson>")
		}
		if len(orgs) > 0 {
			t.WriteString("<listOrg>")
			list(orgs, "<org xml:id=\"%s\"><orgName>%s</orgName></org>")
			t.WriteString("</listOrg>")
		}
		t.WriteString("</particDesc>")
	}
	t.WriteString("</profileDesc>\n")
}
