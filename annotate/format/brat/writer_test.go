package brat

import (
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
		"T3\tWeapon_system 7 12\tSmith", "A5\tOrigin T3 human", "#1\tAnnotatorNotes T3\task her, \"again\"",
		"T4\tQuote 36 54\t“We won’t, e\u0301ver.”", "A6\tForm T4 direct", "A7\tOrigin T4 machine", "A8\tScore T4 0.9", "R1\tSpeaker Arg1:T4 Arg2:T1",
		"T5\tCue 30 34\tsaid", "R2\tCue Arg1:T4 Arg2:T5", "",
	}, "\n")
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
}
