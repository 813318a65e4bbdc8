package refi

import (
	"bufio"
	"cmp"
	"fmt"
	"strconv"

	"byline/annotate/format/escape"
	"byline/annotate/format/standoff"
)

// Close writes the project, which is about all articles, and ends the archive.
func (w *writer) Close() error {
	creator := w.user(engine)
	f, err := w.zip.Create("project.qde")
	if err != nil {
		return err
	}
	b := bufio.NewWriter(f)
	b.WriteString("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n")
	fmt.Fprintf(b, "<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"byline\" origin=\"byline\" creatingUserGUID=\"%s\">\n<Users>\n", creator)
	for _, name := range w.order {
		fmt.Fprintf(b, "<User guid=\"%s\" name=\"%s\"/>\n", w.users[name], escape.Attribute(name))
	}
	b.WriteString("</Users>\n")
	if len(w.top) > 0 { // a code book without codes is not valid
		b.WriteString("<CodeBook><Codes>\n")
		for _, c := range w.top {
			c.write(b)
		}
		b.WriteString("</Codes></CodeBook>\n")
	}
	if len(w.known) > 0 {
		b.WriteString("<Variables>\n")
		for _, name := range w.known {
			fmt.Fprintf(b, "<Variable guid=\"%s\" name=\"%s\" typeOfVariable=\"Text\"/>\n", guid("variable", name), name)
		}
		b.WriteString("</Variables>\n")
	}
	b.WriteString("<Sources>\n")
	for i := range w.sources {
		w.writeSource(b, &w.sources[i])
	}
	b.WriteString("</Sources>\n")
	w.writeNotes(b)
	w.writeLinks(b)
	b.WriteString("</Project>\n")
	if err := b.Flush(); err != nil {
		return err
	}
	return w.zip.Close()
}

func (w *writer) writeSource(b *bufio.Writer, s *exported) {
	fmt.Fprintf(b, "<TextSource guid=\"%s\" name=\"%s\" plainTextPath=\"internal://%s.txt\" creatingUser=\"%s\"><Description>%s</Description>\n",
		s.guid, escape.Attribute(s.name), s.guid, w.user(engine), escape.Content(s.about))
	for i := range s.claims {
		x := &s.claims[i]
		user := w.user(x.user)
		fmt.Fprintf(b, "<PlainTextSelection guid=\"%s\" name=\"%s\" startPosition=\"%d\" endPosition=\"%d\" creatingUser=\"%s\">",
			guid("selection", s.guid, x.id), escape.Attribute(x.name), x.start, x.end, user)
		if x.about != "" {
			fmt.Fprintf(b, "<Description>%s</Description>", escape.Content(x.about))
		}
		fmt.Fprintf(b, "<Coding guid=\"%s\" creatingUser=\"%s\"><CodeRef targetGUID=\"%s\"/></Coding>", guid("coding", s.guid, x.id), user, x.code.guid)
		for n := range x.notes {
			fmt.Fprintf(b, "<NoteRef targetGUID=\"%s\"/>", x.note(s, n))
		}
		b.WriteString("</PlainTextSelection>\n")
	}
	for _, v := range s.values {
		fmt.Fprintf(b, "<VariableValue><VariableRef targetGUID=\"%s\"/><TextValue>%s</TextValue></VariableValue>\n", w.variable(v[0]), escape.Content(v[1]))
	}
	b.WriteString("</TextSource>\n")
}

// note returns the GUID of the n-th note on a selection.
func (x *claim) note(of *exported, n int) string {
	return guid("note", of.guid, x.id, strconv.Itoa(n))
}

func (w *writer) writeNotes(b *bufio.Writer) {
	list := optional{b: b, name: "Notes"}
	for i := range w.sources {
		s := &w.sources[i]
		for k := range s.claims {
			x := &s.claims[k]
			for n, r := range x.notes {
				kind := map[bool]string{true: "tag", false: "note"}[r.Tag]
				list.put("<Note guid=\"%s\" name=\"%s\" creatingUser=\"%s\"><PlainTextContent>%s</PlainTextContent></Note>\n", x.note(s, n), kind, w.user(cmp.Or(r.Who, standoff.Somebody)), escape.Content(r.Text))
			}
		}
	}
	list.end()
}

func (w *writer) writeLinks(b *bufio.Writer) {
	list := optional{b: b, name: "Links"}
	for i := range w.sources {
		s := &w.sources[i]
		for _, k := range s.links {
			list.put("<Link guid=\"%s\" name=\"%s\" direction=\"OneWay\" originGUID=\"%s\" targetGUID=\"%s\"/>\n",
				guid("link", s.guid, k.from, k.to), k.name, guid("selection", s.guid, k.from), guid("selection", s.guid, k.to))
		}
	}
	list.end()
}

// An optional list is an element that is there if there is something in it.
type optional struct {
	b     *bufio.Writer
	name  string
	begun bool
}

func (o *optional) put(element string, values ...any) {
	if !o.begun {
		fmt.Fprintf(o.b, "<%s>\n", o.name)
		o.begun = true
	}
	fmt.Fprintf(o.b, element, values...)
}

func (o *optional) end() {
	if o.begun {
		fmt.Fprintf(o.b, "</%s>\n", o.name)
	}
}

func (c *code) write(b *bufio.Writer) {
	fmt.Fprintf(b, "<Code guid=\"%s\" name=\"%s\" isCodable=\"true\">", c.guid, escape.Attribute(c.name))
	for _, k := range c.below {
		k.write(b)
	}
	b.WriteString("</Code>\n")
}
