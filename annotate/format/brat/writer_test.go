package brat

import (
	"slices"
	"strings"
	"testing"

	"byline/annotate/format"
	"byline/annotate/format/formattest"
)

func TestWriteBrat(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := write(&b, formattest.Hard(), format.Options{}); err != nil {
		t.Fatal(err)
	}
	want := strings.Join([]string{
		"T1\tPerson 0 12\t=Zoë 😀 Smith", "A1\tOrigin T1 machine", "A2\tScore T1 0.8765",
		"T2\tOrganization 17 23;24 28\tMüller GmbH", "A3\tOrigin T2 machine", "A4\tScore T2 0.8765",
		"T3\tWeapon_system 7 12\tSmith", "A5\tOrigin T3 human", "#1\tDecider T3\tann", "#2\tAnnotatorNotes T3\task her, \"again\"",
		"T4\tQuote 36 54\t“We won’t, e\u0301ver.”", "A6\tForm T4 direct", "A7\tOrigin T4 machine", "A8\tScore T4 0.9", "R1\tSpeaker Arg1:T4 Arg2:T1",
		"T5\tCue 30 34\tsaid", "R2\tCue Arg1:T4 Arg2:T5", "",
	}, "\n")
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}

// readAnn reads a file of annotations of the text "Ann Lee left Halden."
func readAnn(t *testing.T, loss *format.Loss, lines ...string) *format.Document {
	t.Helper()
	files := formattest.Folder{"a.ann": []byte(strings.Join(lines, "\n")), "a.txt": []byte("Ann Lee left Halden.")}
	return files.Read(t, &Format, loss, []string{"a.ann"})[0]
}

// A line that brat has and byline has not, or that is broken, costs that line and is counted.
func TestReadWhatIsLost(t *testing.T) {
	t.Parallel()
	loss := &format.Loss{}
	d := readAnn(t, loss, "T1\tPER 0 7\tAnn Lee", "T1\tPER 0 3\tAnn", "T2\tBirth 8 12\tleft", "E1\tBirth:T2", "A1\tNegated T1", "T3\tGPE", "nonsense",
		"#1\tAnnotatorNotes E1\twho?", "#2\tAnnotatorNotes T1\twho?", "R1\tLives Arg1:T1 Arg2:T2", "T4\tCue 8 12\tleft", "N1\tReference E1 Wikidata:Q42\tx")
	if got := formattest.Claims(d); !slices.Equal(got, []string{"mention 0-7 person", "mention 8-12 birth"}) {
		t.Errorf("%q", got)
	}
	if len(d.Layer.Remarks) != 1 {
		t.Errorf("remarks %+v", d.Layer.Remarks)
	}
	want := []string{
		"3 lines that cannot be read, such as line 2: the id T1 is used twice",
		"1 events: only mentions, entities and quotes are read",
		"1 attributes Negated",
		"1 notes on what is no mention or quote",
		"1 references of what is no mention or quote",
		"1 relations: only those from a quote to its speaker or cue are kept",
		"1 cues without a quote",
	}
	if got := loss.Lines(); !slices.Equal(got, want) {
		t.Errorf("lost\n%s", strings.Join(got, "\n"))
	}
}

// The labels of a project come out as they went in.
func TestLabels(t *testing.T) {
	t.Parallel()
	file := []string{"T1\tPER 0 7\tAnn Lee", "T2\tlaw_2 8 12\tleft", "T3\tGPE 13 19\tHalden"}
	var b strings.Builder
	if err := write(&b, readAnn(t, nil, file...), format.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, line := range file {
		if !strings.Contains(b.String(), line+"\n") {
			t.Errorf("%q is not in\n%s", line, b.String())
		}
	}
	loss := &format.Loss{}
	readAnn(t, loss, "T1\tGPE 0 7\tAnn Lee", "T2\tLOC 13 19\tHalden", "T3\tPER 8 12\tleft", "*\tCoref T1 T3")
	want := []string{"1 annotations labelled LOC: it is one type with GPE", "1 mentions whose label differs from that of the other mentions of their entity"}
	if got := loss.Lines(); !slices.Equal(got, want) {
		t.Errorf("lost %q", got)
	}
}

// A speaker who is not named at the quote does not get a place there.
func TestSpeakerElsewhere(t *testing.T) {
	t.Parallel()
	d := readAnn(t, nil, "T1\tPER 0 7\tAnn Lee", "T2\tQuote 8 12\tleft", "R1\tSpeakerEntity Arg1:T2 Arg2:T1")
	if q := d.Layer.Quotes[0]; q.Speaker != "e1" || !q.SpeakerMention.Empty() {
		t.Errorf("%+v", q)
	}
	var b strings.Builder
	if err := write(&b, d, format.Options{}); err != nil || !strings.Contains(b.String(), "SpeakerEntity Arg1:T2 Arg2:T1") {
		t.Errorf("%v\n%s", err, b.String())
	}
}
