package refi

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"byline/annotate"
	"byline/annotate/format"
	"byline/annotate/format/formattest"
	"byline/articles"
)

// archive returns an archive of files by name.
func archive(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, data := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// qde returns a project with one source.
func qde(source, rest string) string {
	return `<Project xmlns="urn:QDA-XML:project:1.0"><Users><User guid="u1" name="ann"/><User guid="u2" name="ben"/></Users>` +
		`<CodeBook><Codes><Code guid="c1" name="Person" isCodable="true"/></Codes></CodeBook><Sources>` + source + `</Sources>` + rest + `</Project>`
}

func selected(id, name, start, end, user string) string {
	return `<PlainTextSelection guid="` + id + `" name="` + name + `" startPosition="` + start + `" endPosition="` + end + `" creatingUser="` + user + `"><Coding guid="k` + id + `"><CodeRef targetGUID="c1"/></Coding></PlainTextSelection>`
}

// Projects of other programs: folders with a capital, other names, ends of lines that count one, texts beside the
// project, and what is no text.
func TestForeignProjects(t *testing.T) {
	t.Parallel()
	const rest = `<Cases><Case guid="x"/></Cases>`
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
		lost  int
	}{
		"capital and name": {map[string]string{"Study.qde": qde(`<TextSource name="S" plainTextPath="internal://s.txt">`+selected("s1", "Lee", "4", "7", "u1")+`</TextSource><PDFSource guid="p"/>`, rest),
			"Sources/s.txt": "Ann Lee left."}, []string{"mention 4-7 person"}, 2},
		"CR LF that counts one": {map[string]string{"project.qde": qde(`<TextSource name="S" plainTextPath="internal://s.txt">`+selected("s1", "Lee", "7", "10", "u1")+`</TextSource>`, ""),
			"sources/s.txt": "A.\r\nAnn Lee left."}, []string{"mention 7-10 person"}, 0},
		"CR LF that counts two": {map[string]string{"project.qde": qde(`<TextSource name="S" plainTextPath="internal://s.txt">`+selected("s1", "Lee", "8", "11", "u1")+`</TextSource>`, ""),
			"sources/s.txt": "A.\r\nAnn Lee left."}, []string{"mention 8-11 person"}, 0},
		"a GUID twice, no number, codes of a whole text": {map[string]string{"project.qde": qde(`<TextSource name="S" plainTextPath="internal://s.txt">`+selected("s1", "Lee", "4", "7", "u1")+selected("s1", "Lee", "0", "3", "u1")+
			selected("s2", "Lee", "x", "3", "u1")+`<Coding guid="k9"><CodeRef targetGUID="c1"/></Coding><NoteRef targetGUID="n1"/></TextSource>`, ""), "sources/s.txt": "Ann Lee left."}, []string{"mention 4-7 person"}, 4},
		"beside": {map[string]string{"project.qde": qde(`<TextSource name="S" plainTextPath="relative:///texts/s.txt">`+selected("s1", "Lee", "4", "7", "u1")+`</TextSource>`, "")},
			[]string{"mention 4-7 person"}, 0},
	} {
		loss := &format.Loss{}
		data := archive(t, c.files)
		if !sniff(data) {
			t.Errorf("%s is not known", name)
		}
		d := (formattest.Folder{"a.qdpx": data, "s.txt": []byte("Ann Lee left.")}).Read(t, &Format, loss, []string{"a.qdpx"})[0]
		if got := formattest.Claims(d); !slices.Equal(got, c.want) || loss.Total() != c.lost {
			t.Errorf("%s: %q, lost %q", name, got, loss.Lines())
		}
	}
}

// Each person's codes are that person's.
func TestPeople(t *testing.T) {
	t.Parallel()
	data := archive(t, map[string]string{"project.qde": qde(`<TextSource name="S"><PlainTextContent>Ann Lee met Bo.</PlainTextContent>`+
		selected("s1", "Ann Lee", "0", "7", "u1")+selected("s2", "Bo", "12", "14", "u2")+`</TextSource>`, "")})
	var got []string
	for _, d := range (formattest.Folder{"a.qdpx": data}).Read(t, &Format, nil, []string{"a.qdpx"}) {
		for _, m := range d.Layer.Mentions() {
			if m.State == annotate.Confirmed {
				got = append(got, d.Who+": "+m.In(d.Text))
			}
		}
	}
	if want := []string{"ann: Ann Lee", "ben: Bo"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
}

// Without a claim there is no code book, which could not be empty.
func TestNoCodes(t *testing.T) {
	t.Parallel()
	files, names := formattest.Write(t, &Format, format.Options{}, &format.Document{Article: &articles.Article{ID: "a", Text: "Nothing."}, Layer: &annotate.Layer{}})
	p, err := open(format.Input{Reader: bytes.NewReader(files[names[0]]), Name: names[0]})
	if err != nil {
		t.Fatal(err)
	}
	if data, err := p.file("project.qde"); err != nil || strings.Contains(string(data), "CodeBook") {
		t.Errorf("%v %s", err, data)
	}
}
