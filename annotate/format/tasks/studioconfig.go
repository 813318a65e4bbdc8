package tasks

import (
	"fmt"
	"html"
	"io"
	"regexp"
	"slices"
	"strings"

	"byline/annotate/format"
	"byline/annotate/format/escape"
	"byline/annotate/format/standoff"
)

// newStudioConfig returns a writer of the labelling configuration for tasks: of the labels that are
// always there, those that before has, and those of the documents.
func newStudioConfig(w io.Writer, before []byte) format.Writer {
	c := &studioConfig{w, []string{"Person", "Organization", "Place", "Other", "Quote", "Cue", standoff.SpeakerMention}}
	for _, m := range studioLabel.FindAllSubmatch(before, mostStudioLabels) {
		c.add(html.UnescapeString(string(m[1])))
	}
	return c
}

var studioLabel = regexp.MustCompile(`<Label value="([^"<>]+)"`)

// mostStudioLabels is how many labels of a configuration are kept.
const mostStudioLabels = 10_000

type studioConfig struct {
	to     io.Writer
	labels []string
}

func (c *studioConfig) add(label string) {
	if !slices.Contains(c.labels, label) {
		c.labels = append(c.labels, label)
	}
}

func (c *studioConfig) Write(d *format.Document) error {
	for _, e := range d.Layer.Entities {
		c.add(d.Label(e.Type, standoff.Label))
	}
	return nil
}

func (c *studioConfig) Close() error {
	var b strings.Builder
	b.WriteString("<View>\n  <Relations>\n    <Relation value=\"speaker\"/>\n    <Relation value=\"speakerentity\"/>\n    <Relation value=\"speakermention\"/>\n    <Relation value=\"cue\"/>\n    <Relation value=\"coref\"/>\n  </Relations>\n  <Labels name=\"label\" toName=\"text\">\n")
	for _, l := range c.labels {
		fmt.Fprintf(&b, "    <Label value=\"%s\"/>\n", escape.Attribute(l))
	}
	b.WriteString("  </Labels>\n  <Text name=\"text\" value=\"$text\" granularity=\"symbol\"/>\n</View>\n")
	_, err := io.WriteString(c.to, b.String())
	return err
}
