package conll

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/annotate/format/native"
	"byline/annotate/review"
)

// All schemes mean the same, and a file in any of them is read.
func TestSchemes(t *testing.T) {
	t.Parallel()
	for name, tags := range map[string]string{
		"iob1":  "I-PER I-PER O I-ORG B-ORG O",
		"iob2":  "B-PER I-PER O B-ORG B-ORG O",
		"bioes": "B-PER E-PER O S-ORG S-ORG O",
		"bilou": "B-PER L-PER O U-ORG U-ORG O",
	} {
		tokens := strings.Fields("Ann Lee left Halden Courier .")
		var b strings.Builder
		for i, tag := range strings.Fields(tags) {
			b.WriteString(tokens[i] + "\tX\t" + tag + "\n")
		}
		files := formattest.Folder{"a": []byte(b.String())}
		d := files.Read(t, &IOB2, nil, []string{"a"})[0]
		want := []string{"mention 0-7 person", "mention 13-19 organization", "mention 20-27 organization"}
		if got := formattest.Claims(d); d.Text != "Ann Lee left Halden Courier ." || !slices.Equal(got, want) {
			t.Errorf("%s: %q %q", name, d.Text, got)
		}
		if name == "bilou" {
			continue
		}
		files, _ = formattest.Write(t, map[string]*format.Format{"iob1": &IOB1, "iob2": &IOB2, "bioes": &BIOES}[name], format.Options{}, d)
		for _, data := range files {
			for i, tag := range strings.Fields(tags) {
				if line := strings.Split(string(data), "\n")[2+i]; line != tokens[i]+" _ _ "+tag {
					t.Errorf("%s: %q, not tag %s", name, line, tag)
				}
			}
		}
	}
}

// Columns that other programs write: a number before the token, names in names, blanks in a token, comments.
func TestForeignColumns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, text string
		want       []string
	}{
		"GermEval": {"#\tn-1 [2026]\n1\tBank\tB-ORG\tO\n2\tof\tI-ORG\tO\n3\tHalden\tI-ORG\tB-LOC\n4\tfell\tO\tO\n\n1\tAnn\tB-PER\tO\n",
			"Bank of Halden fell\nAnn", []string{"mention 0-14 organization", "mention 20-23 person", "mention 8-14 place"}},
		"blanks in tokens":       {"10\u00a0000\tO\nAnn Lee\tB-PER\nleft\tO\n", "10\u00a0000 Ann Lee left", []string{"mention 8-15 person"}},
		"two tags in a column":   {"Bank B-ORG|O\nof I-ORG|O\nHalden I-ORG|B-LOC\n", "Bank of Halden", []string{"mention 0-14 organization", "mention 8-14 place"}},
		"MultiCoNER":             {"# id 9d6f domain=en\nann _ _ B-PER\nleft _ _ O\n", "ann left", []string{"mention 0-3 person"}},
		"MultiCoNER, sentences":  {"# id 9d6f domain=en\nann _ _ B-PER\n\n# id 9d70 domain=en\nleft _ _ O\n", "ann\nleft", []string{"mention 0-3 person"}},
		"GermEval, sentences":    {"#\tn-1 [2026]\n1\tAnn\tB-PER\tO\n2\tleft\tO\tO\n\n#\tn-2 [2026]\n1\tBo\tB-PER\tO\n", "Ann left\nBo", []string{"mention 0-3 person", "mention 9-11 person"}},
		"a sign that is a token": {"# _ _ O\nAnn _ _ B-PER\n", "# Ann", []string{"mention 2-5 person"}},
		"numbers that are words": {"1\tCD\tB-NP\tO\nmay\tMD\tO\tO\nAnn\tNNP\tB-NP\tB-PER\n", "1 may Ann", []string{"mention 6-9 person"}},
	} {
		d := (formattest.Folder{"a": []byte(c.file)}).Read(t, &IOB2, nil, []string{"a"})[0]
		if got := formattest.Claims(d); d.Text != c.text || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q %q", name, d.Text, got)
		}
		if !sniff([]byte(c.file)) {
			t.Errorf("%s is not known", name)
		}
	}
}

// What equal names and tags alone do not tell is counted.
func TestColumnsLoss(t *testing.T) {
	t.Parallel()
	const file = `{"id":"a","title":"","source":"","text":"Ann Lee met Lee and Ann Lee.","entities":[
		{"id":"e1","type":"person","name":"Ann Lee","origin":"machine","score":0.9,"mentions":[{"start":0,"end":7,"text":"Ann Lee","form":"name","origin":"machine","score":0.9},{"start":12,"end":15,"text":"Lee","form":"name","origin":"human","score":1}]},
		{"id":"e2","type":"person","name":"Ann Lee","origin":"human","score":1,"mentions":[{"start":20,"end":27,"text":"Ann Lee","form":"name","origin":"human","score":1}]}],"quotes":[]}`
	d := (formattest.Folder{"a": []byte(file)}).Read(t, &native.JSON, nil, []string{"a"})[0]
	loss := &format.Loss{}
	formattest.Write(t, &IOB2, format.Options{Loss: loss}, d)
	want := []string{"1 suggestions: the format does not say who made a claim",
		"1 other names of a person, organization or place: the format does not join names", "1 entities with the name of another: the format does not part equal names"}
	if got := loss.Lines(); !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// The IDs of entities hold over a file, and the comment about entities too; mentions begin and end at empty nodes.
func TestTreesOfSeveralDocuments(t *testing.T) {
	t.Parallel()
	files, names := formattest.Write(t, &CoNLLU, format.Options{}, formattest.Random(1), formattest.Random(2))
	seen := map[string]int{}
	doc := 0
	for line := range strings.Lines(string(files[names[0]])) {
		if strings.HasPrefix(line, "# newdoc") {
			doc++
		}
		for _, m := range regexp.MustCompile(`\(((?:d\d+)?e\d+)-([a-z]+)-`).FindAllStringSubmatch(line, -1) {
			if was, ok := seen[m[1]]; ok && was != doc {
				t.Fatalf("%s is in document %d and in %d", m[1], was, doc)
			}
			if seen[m[1]] = doc; !slices.Contains(coreTypes, m[2]) {
				t.Fatalf("%s is no type of CorefUD", m[2])
			}
		}
	}
	const word = "\t_\t_\t_\t_\t_\t_\t_\t"
	file := "# newdoc id = a\n# global.Entity = eid-head-etype\n1\tAnn" + word + "Entity=(e1-1-person)\n\n" +
		"# newdoc id = b\n1\tsaw" + word + "_\n1.1\t_" + word + "Entity=(e2-1-place(e3-1-person)\n2\tHalden" + word + "Entity=e2)\n\n"
	loss := &format.Loss{}
	ds := (formattest.Folder{"a": []byte(file)}).Read(t, &CoNLLU, loss, []string{"a"})
	if got := formattest.Claims(ds[1]); ds[1].Text != "saw Halden" || !slices.Equal(got, []string{"mention 4-10 place"}) || loss.Total() != 1 {
		t.Errorf("%q %q, lost %q", ds[1].Text, got, loss.Lines())
	}
}

// What cannot be read of a tree costs itself only; what an encyclopedia calls a mention is a tag.
func TestForeignTrees(t *testing.T) {
	t.Parallel()
	const word = "\t_\t_\t_\t_\t_\t_\t_\t"
	file := "# newdoc id = a\n# global.Entity = eid-etype-head-identity\n0.1\t_" + word + "Entity=(e1-person-1-)\n1\tAnn" + word + "Bridge=e1<e2:part|Entity=(e2-person-1-Ann_Lee)e9)\tB-PER\n" +
		"2\tleft" + word + "SplitAnte=e1<e3,e2<e3\tO\n\n"
	if !sniffTrees([]byte(file)) {
		t.Error("it is not known")
	}
	loss := &format.Loss{}
	d := (formattest.Folder{"a": []byte(file)}).Read(t, &CoNLLU, loss, []string{"a"})[0]
	want := []string{"1 mentions of words inside a token, or of none", "1 values in further columns: only ten are read", "1 relations Bridge: only coreference is read", "1 mentions without a start",
		"2 relations SplitAnte: only coreference is read"}
	if got := loss.Lines(); !slices.Equal(got, want) {
		t.Errorf("lost %q", got)
	}
	if got, tags := formattest.Claims(d), d.Layer.Remarks; !slices.Equal(got, []string{"mention 0-3 person"}) || len(tags) != 1 || tags[0].Text != "Ann_Lee" || !tags[0].Tag {
		t.Errorf("%q, tags %+v", got, tags)
	}
}

// Every token is written, in order; every name that is kept is read back on the same words; and
// the text that is read back is a copy of the article.
func TestCoNLLRoundTrip(t *testing.T) {
	t.Parallel()
	for _, f := range []*format.Format{&IOB2, &IOB1, &BIOES} {
		for seed := range uint64(200) {
			d := formattest.Random(seed)
			loss := &format.Loss{}
			files, names := formattest.Write(t, f, format.Options{Loss: loss}, d)
			back := files.Read(t, f, nil, names)
			if len(back) != 1 || !review.Alike(d.Text, back[0].Text) {
				t.Fatalf("%s: seed %d: %q came back as %q", f.Name, seed, d.Text, back[0].Text)
			}
			want := formattest.Claims(d)
			carried, lost := review.Carry(back[0].Layer, back[0].Text, d.Text)
			got := formattest.Claims(&format.Document{Article: d.Article, Layer: carried})
			for _, c := range got {
				if !slices.Contains(want, c) {
					t.Fatalf("%s: seed %d: %s was not there\n%s", f.Name, seed, c, files[names[0]])
				}
			}
			if lost != 0 || len(got)+loss.Total() < len(want) {
				t.Fatalf("%s: seed %d: %d claims of %d, %q", f.Name, seed, len(got), len(want), loss.Lines())
			}
		}
	}
}

func FuzzReadCoNLL(f *testing.F) {
	f.Add([]byte("-DOCSTART- -X- -X- O\n\nAnn B-PER\nLee I-PER\n. O\n\nx\n"))
	f.Fuzz(func(t *testing.T, data []byte) { formattest.ReadAny(t, &IOB2, data) })
}

// Files of CoNLL-2012: names and coreference in brackets, in each part of a document; a broken line costs itself.
func TestBrackets(t *testing.T) {
	t.Parallel()
	const file = "#begin document (bn/x); part 000\nbn/x 0 0 Ann NNP (TOP(S(NP* - - - spk (PERSON* * (0\nbn/x 0 1 Lee NNP *) - - - spk *) * 0)\nbn/x 0 2 met VBD * - - - spk * (V*) -\n" +
		"bn/x 0\nbn/x 0 3 the DT * - - - spk (GPE* * (1|(2\nbn/x 0 4 mayor NN * - - - spk *) * 1)|2)\n\nbn/x 0 0 She PRP * - - - - * * (0)\nbn/x 0 1 won VBD * - - - - * * 7)\n\n#end document\n" +
		"#begin document (bn/x); part 001\nbn/x 1 0 Bo NNP * - - - - (PERSON) * -\n#end document\n"
	loss := &format.Loss{}
	ds := (formattest.Folder{"a": []byte(file)}).Read(t, &IOB2, loss, []string{"a"})
	want := []string{`1 speakers of whole sentences: only quotes have speakers`, `1 lines that cannot be read, such as line 5: 2 columns, not 5 or more`, `1 mentions without a start`}
	if len(ds) != 2 || !slices.Equal(loss.Lines(), want) || !sniff([]byte(file)) {
		t.Fatalf("%d documents, lost %q", len(ds), loss.Lines())
	}
	got := append(formattest.Claims(ds[0]), formattest.Claims(ds[1])...)
	if ds[0].Text != "Ann Lee met the mayor\nShe won" || !slices.Equal(got, []string{"mention 0-7 person", "mention 12-21 place", "mention 22-25 person", "mention 0-2 person"}) {
		t.Errorf("%q %q", ds[0].Text, got)
	}
	if e := ds[0].Layer.Entities[0]; len(e.Mentions) != 2 || e.Mentions[1].Form != "pronoun" || ds[0].Labels["place"] != "GPE" {
		t.Errorf("%+v %q", e, ds[0].Labels)
	}
}

// A line that is no token costs itself, or its tag.
func TestBrokenLines(t *testing.T) {
	t.Parallel()
	loss := &format.Loss{}
	d := (formattest.Folder{"a.conll": []byte("Ann\tB-PER\nLee\tI-PER\nmet\n\nBo\tB-PER\n")}).Read(t, &IOB2, loss, []string{"a.conll"})[0]
	if got := formattest.Claims(d); d.Text != "Ann Lee met\nBo" || !slices.Equal(got, []string{"mention 0-7 person", "mention 12-14 person"}) || loss.Total() != 1 {
		t.Errorf("%q %q, lost %q", d.Text, got, loss.Lines())
	}
	const word = "\t_\t_\t_\t_\t_\t_\t_\t"
	loss = &format.Loss{}
	d = (formattest.Folder{"a": []byte("# newdoc id = a\n1\tAnn" + word + "Entity=(e1-person-1-)\n2\tmet\n3\tBo" + word + "Entity=(e2-person)(\n4\tEk" + word + "_\n")}).Read(t, &CoNLLU, loss, []string{"a"})[0]
	if got := formattest.Claims(d); d.Text != "Ann Bo Ek" || !slices.Equal(got, []string{"mention 0-3 person"}) || loss.Total() != 2 {
		t.Errorf("%q %q, lost %q", d.Text, got, loss.Lines())
	}
}
