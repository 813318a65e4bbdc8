//go:build !fuzz

package engine

import (
	"crypto/sha256"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/names"
	"byline/articles/samples"
)

var update = flag.Bool("update", false, "rewrite the files of testdata")

// Libraries store layers by the version of the engine: if a stage changed its output without a new
// version, the old layers would stay. Raise the version of the stage that changed, then run with
// -update.
func TestVersion(t *testing.T) {
	t.Parallel()
	const file = "testdata/version.txt"
	e := open(t)
	stories, err := samples.All(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.New()
	for _, a := range stories {
		l := e.Annotate(a.Text, a.Blocks)
		l.Engine = ""
		if err := json.NewEncoder(sum).Encode(l); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	version, layers, _ := strings.Cut(strings.TrimSpace(string(data)), " ")
	now := fmt.Sprintf("%x", sum.Sum(nil))
	if layers != now && version == e.Version() {
		t.Fatalf("other layers by the same version %s: raise that of the stage that changed", version)
	}
	if *update {
		if err := os.WriteFile(file, []byte(e.Version()+" "+now+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if layers != now || version != e.Version() {
		t.Errorf("%s is of %s, the engine is %s: run with -update", file, version, e.Version())
	}
}

// A lister takes every word of a list for a name.
type lister map[string]annotate.Type

func (l lister) Tag(d *annotate.Doc) []names.Name {
	var found []names.Name
	for t := range d.Tokens {
		if typ := l[d.Word(t)]; typ != "" {
			found = append(found, names.Name{Range: annotate.Range{First: t, End: t + 1}, Type: typ, Score: 0.5})
		}
	}
	return found
}

func (l lister) Version() string { return "list" }

func (l lister) Rule() annotate.Rule {
	return annotate.Rule{Name: "list", Says: "The word is in a list."}
}

// An engine uses the names of its tagger, and shows the tagger in its version, in the layer and in
// Why.
func TestTagger(t *testing.T) {
	t.Parallel()
	e := New(lister{"Ferris": annotate.Person, "Courier": annotate.Organization}, nil)
	if e.Version() == open(t).Version() || !strings.HasPrefix(e.Version(), "list-") {
		t.Errorf("version %q", e.Version())
	}
	l := e.Annotate(story, nil)
	var got []string
	for i := range l.Entities {
		x := &l.Entities[i]
		got = append(got, fmt.Sprint(x.Type, " ", x.Name, " ", x.Mentions[0].Origin.Rule))
		if r := e.Why(story, l, annotate.OfMention, x.Mentions[0].Span); len(r) == 0 || r[0].Says != "The word is in a list." {
			t.Errorf("why %s: %+v", x.Name, r)
		}
	}
	if want := []string{"organization Courier list", "person Ferris list"}; !reflect.DeepEqual(got, want) || l.Engine != e.Version() {
		t.Errorf("%q by %s, want %q", got, l.Engine, want)
	}
	if part := e.AnnotatePart(story, nil, l.Entities[1].Mentions[0].Span); len(part.Entities) != 1 || part.Engine != e.Version() {
		t.Errorf("a part has %v by %s", part.Entities, part.Engine)
	}
	if tags := e.Tag([][]string{{"Ferris", "left"}}); tags[0][0] != "B-PER" {
		t.Errorf("tags %v", tags)
	}
	e.Release() // this tagger has nothing to release
}
