package export

import (
	"archive/zip"
	"bytes"
	"cmp"
	"io"
	"maps"
	"slices"

	"byline/annotate/format"
)

// Zips reports whether documents, several or one, make more files in a format than one, which a stream holds only in an archive.
func Zips(f *format.Format, several bool) bool {
	required := func(c format.Companion) bool { return !c.Optional }
	return f.Apart && several || slices.ContainsFunc(f.Beside, required)
}

// An Archive writes what a folder of exported documents would hold as a ZIP file. It is a [format.Writer].
type Archive struct {
	as     *format.Format
	o      format.Options
	names  Names
	zip    *zip.Writer
	shared map[string][]byte // files that documents of a folder share
	whole  format.Writer     // of the file that holds all documents; nil where each has its own
	beside []*companion      // of whole
}

// NewArchive returns an archive to w of documents in a format.
func NewArchive(w io.Writer, f *format.Format, o format.Options) *Archive {
	o.Single = o.Single || f.Apart
	return &Archive{as: f, o: o, zip: zip.NewWriter(w), shared: map[string][]byte{}}
}

// Write implements [format.Writer]. What o.Kinds chooses was chosen before.
func (a *Archive) Write(d *format.Document) error {
	if !a.as.Apart {
		return a.writeWhole(d)
	}
	name := a.names.Of(d.Article)
	if err := writeOne(a.as.Begin(&entry{to: a.zip, name: name + a.as.Extension}, a.o), d); err != nil {
		return err
	}
	for _, c := range a.as.Beside {
		if c.Name != "" {
			var beside bytes.Buffer
			if err := writeOne(c.NewWriter(&beside, a.shared[c.Name]), d); err != nil {
				return err
			}
			if !c.Optional || beside.Len() > 0 {
				a.shared[c.Name] = beside.Bytes()
			}
			continue
		}
		to := &entry{to: a.zip, name: name + c.Extension}
		if err := writeOne(c.NewWriter(to, nil), d); err != nil {
			return err
		}
		if !c.Optional {
			if _, err := to.Write(nil); err != nil { // it may be empty
				return err
			}
		}
	}
	return nil
}

// writeWhole writes a document of a format that has all in one file.
func (a *Archive) writeWhole(d *format.Document) error {
	if a.whole == nil {
		name := "articles"
		if a.o.Single {
			name = a.names.Of(d.Article)
		}
		a.begin(name)
	}
	return a.whole.Write(d)
}

// begin begins the file that holds all documents, and those beside it, which are in memory until it is complete.
func (a *Archive) begin(name string) {
	all := together{a.as.Begin(&entry{to: a.zip, name: name + a.as.Extension}, a.o)}
	for _, c := range a.as.Beside {
		b := &companion{path: cmp.Or(c.Name, name+c.Extension), optional: c.Optional}
		b.Writer = c.NewWriter(&b.content, nil)
		all, a.beside = append(all, b.Writer), append(a.beside, b)
	}
	a.whole = all
}

// closeWhole completes that file, which is there even if it holds no documents.
func (a *Archive) closeWhole() error {
	if a.whole == nil {
		a.begin("articles")
	}
	if err := a.whole.Close(); err != nil {
		return err
	}
	for _, b := range a.beside {
		if b.optional && b.content.Len() == 0 {
			continue
		}
		if err := a.add(b.path, b.content.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// An entry is a file of an archive, which begins once something is written to it. Those before it are complete by then.
type entry struct {
	to   *zip.Writer
	name string
	w    io.Writer
}

// Write implements [io.Writer].
func (e *entry) Write(p []byte) (n int, err error) {
	if e.w == nil {
		if e.w, err = e.to.Create(e.name); err != nil {
			return 0, err
		}
	}
	return e.w.Write(p)
}

// writeOne writes one document to w, and closes it.
func writeOne(w format.Writer, d *format.Document) error {
	if err := w.Write(d); err != nil {
		return err
	}
	return w.Close()
}

// add adds a file.
func (a *Archive) add(name string, content []byte) error {
	w, err := a.zip.Create(name)
	if err == nil {
		_, err = w.Write(content)
	}
	return err
}

// Close implements [format.Writer]: it adds what documents share.
func (a *Archive) Close() error {
	if !a.as.Apart {
		if err := a.closeWhole(); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(a.shared)) {
		if err := a.add(name, a.shared[name]); err != nil {
			return err
		}
	}
	return a.zip.Close()
}
