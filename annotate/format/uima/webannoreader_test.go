package uima

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
)

// A line that cannot be read costs itself: also the first of a sentence, whose place the next one tells, and one that
// begins in the sentence before. Roles and further features are counted, and are no labels.
func TestBrokenWebAnno(t *testing.T) {
	t.Parallel()
	const head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|identifier|note|value\n" +
		"#T_SP=webanno.custom.Sem|ROLE_webanno.custom.Sem:args_webanno.custom.SemLink|webanno.custom.Arg\n\n\n"
	for name, c := range map[string]struct {
		file, text string
		want       []string
		lost       []string
	}{
		"a line in a sentence": {"#Text=Ann met Bo.\n1-1\t0-3\tAnn\t_\t_\tPER\t_\t_\n1-2\t4-x\tmet\t_\t_\t_\t_\t_\n1-3\t8-10\tBo\t_\t_\tPER\t_\t_\n", "Ann met Bo.",
			[]string{"mention 0-3 person", "mention 8-10 person"}, []string{`1 lines that cannot be read, such as line 8: "4-x" are not offsets`}},
		"the first of a sentence": {"#Text=Ann left.\n1-1\t0-3\tAnn\t_\t_\tPER\t_\t_\n\n#Text=So did Bo.\n2-1\tSo\n2-2\t13-16\tdid\t_\t_\t_\t_\t_\n2-3\t17-19\tBo\t_\t_\tPER\t_\t_\n", "Ann left.\nSo did Bo.",
			[]string{"mention 0-3 person", "mention 17-19 person"}, []string{`1 lines that cannot be read, such as line 10: "2-1 So" is not a token`}},
		"a sentence in the one before": {"#Text=Ann left.\n1-1\t0-3\tAnn\t_\t_\tPER\t_\t_\n\n#Text=Bo stayed.\n2-1\t5-7\tBo\t_\t_\tPER\t_\t_\n", "Ann left.\nBo stayed.",
			[]string{"mention 0-3 person", "mention 10-12 person"}, []string{"1 sentences whose offsets do not follow on those before"}},
		"a sentence without a token": {"#Text=Ann left.\n1-1\t0-3\tAnn\t_\t_\tPER\t_\t_\n\n#Text=x\n2-1\n\n#Text=Bo stayed.\n3-1\t12-14\tBo\t_\t_\tPER\t_\t_\n", "Ann left.\nx\nBo stayed.",
			[]string{"mention 0-3 person", "mention 12-14 person"}, []string{`1 lines that cannot be read, such as line 10: "2-1" is not a token`}},
		"roles and features": {"#Text=Ann met.\n1-1\t0-3\tAnn\tQ42\thm\t*\t_\t_\n1-2\t4-7\tmet\t_\t_\t_\targ0;arg1\t1-1;1-1\n", "Ann met.",
			[]string{"mention 0-3 hm"}, []string{"1 annotations of the layer webanno.custom.Sem: names and quotes are read"}},
	} {
		loss := &format.Loss{}
		d := (formattest.Folder{"a.tsv": []byte(head + c.file)}).Read(t, &WebAnno, loss, []string{"a.tsv"})[0]
		if got := formattest.Claims(d); d.Text != c.text || !slices.Equal(got, c.want) || !slices.Equal(loss.Lines(), c.lost) {
			t.Errorf("%s: %q %q, lost %q", name, d.Text, got, loss.Lines())
		}
	}
}

// An ID that is there twice costs neither of the annotations that have it.
func TestIDTwice(t *testing.T) {
	t.Parallel()
	file := xmi(`<ner:NamedEntity xmi:id="7" sofa="1" begin="0" end="3" value="PER" confidence="0.5"/><ner:NamedEntity xmi:id="7" sofa="1" begin="8" end="10" value="PER"/>`)
	loss := &format.Loss{}
	d := file.Read(t, &XMI, loss, []string{"a.xmi"})[0]
	if got := formattest.Claims(d); !slices.Equal(got, []string{"mention 0-3 person", "mention 8-10 person"}) || !strings.Contains(strings.Join(loss.Lines(), "\n"), "such as 7\n1 features confidence of names") {
		t.Errorf("%q, lost %q", got, loss.Lines())
	}
}
