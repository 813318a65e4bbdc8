package formats_test

import (
	"fmt"
	"os"
	"strings"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formats"
	"byline/articles"
)

// A document is written in a format chosen by name.
func ExampleNamed() {
	a := &articles.Article{ID: "a1", Title: "The press", Text: "“No,” said Marta Quill."}
	name := articles.Span{Start: strings.Index(a.Text, "Marta"), End: strings.Index(a.Text, ".")}
	l := &annotate.Layer{
		Entities: []annotate.Entity{{ID: "e1", Type: annotate.Person, Name: "Marta Quill", Origin: annotate.Origin{Score: 0.9}, Mentions: []annotate.Mention{
			{Span: name, Form: annotate.Name, Type: annotate.Person, Origin: annotate.Origin{Score: 0.9}},
		}}},
		Quotes: []*annotate.Quote{{Span: articles.Span{End: len("“No,”")}, Type: annotate.Direct, Speaker: "e1", SpeakerMention: name, Origin: annotate.Origin{Score: 0.8}}},
	}
	f := formats.Named("json")
	if err := f.WriteOne(os.Stdout, format.Options{}, &format.Document{Article: a, Layer: l}); err != nil {
		fmt.Println(err)
	}
	// Output:
	// {"id":"a1","title":"The press","source":"",
	//  "text":"“No,” said Marta Quill.",
	//  "entities":[
	//   {"id":"e1","type":"person","name":"Marta Quill","origin":"machine","score":0.9,"mentions":[{"start":11,"end":22,"text":"Marta Quill","form":"name","origin":"machine","score":0.9}]}],
	//  "quotes":[
	//   {"start":0,"end":5,"text":"“No,”","type":"direct","speaker":"e1","speaker_mention":{"start":11,"end":22,"text":"Marta Quill"},"cue":null,"origin":"machine","score":0.8,"speakers":["e1"]}]}
}

// The documents of a file are read in the format that is detected.
func ExampleSniff() {
	file := "-DOCSTART- -X- -X- O\n\nMarta B-PER\nQuill I-PER\nleft O\nHalden B-ORG\n. O\n"
	f := formats.Sniff("minutes.txt", []byte(file))
	loss := &format.Loss{}
	for d, err := range f.Read(format.Input{Reader: strings.NewReader(file), Name: "minutes.txt", Loss: loss}) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%s: %s\n", f.Name, d.Text)
		for _, e := range d.Layer.Entities {
			fmt.Printf("%s, %s, %d mention\n", e.Name, e.Type, len(e.Mentions))
		}
	}
	fmt.Println(loss.Total(), "lost")
	// Output:
	// conll: Marta Quill left Halden .
	// Marta Quill, person, 1 mention
	// Halden, organization, 1 mention
	// 0 lost
}
