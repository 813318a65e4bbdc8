package export

import (
	"archive/zip"
	"bytes"
	"io"
	"maps"
	"slices"

	"byline/annotate/format"
)

// Zips reports whether documents, several or one, make more files in a format than one, which a stream holds only in an archive.
func Zips(f *format.Format, several bool) bool {
	required := func(c format.Companion) bool { return !c.Optional }
	return f.Apart && (several || slices.ContainsFunc(f.Beside, required))
}

// An Archive writes what a folder of exported documents would hold as a ZIP file. It is a [format.Writer].
type Archive struct {
	as     *format.Format
	o      format.Options
	names  Names
	zip    *zip.Writer
	shared map[string][]byte // files that documents of a folder share
}

// NewArchive returns an archive to w of documents in a format.
func NewArchive(w io.Writer, f *format.Format, o format.Options) *Archive {
	o.Single = true
	return &Archive{as: f, o: o, zip: zip.NewWriter(w), shared: map[string][]byte{}}
}

// Write implements [format.Writer]. What o.Kinds chooses was chosen before.
func (a *Archive) Write(d *format.Document) error {
	name := a.names.Of(d.Article)
	var content bytes.Buffer
	if err := writeOne(a.as.Begin(&content, a.o), d); err != nil {
		return err
	}
	if err := a.add(name+a.as.Extension, content.Bytes()); err != nil {
		return err
	}
	for _, c := range a.as.Beside {
		var beside bytes.Buffer
		if err := writeOne(c.NewWriter(&beside, a.shared[c.Name]), d); err != nil {
			return err
		}
		switch {
		case c.Optional && beside.Len() == 0:
		case c.Name != "":
			a.shared[c.Name] = beside.Bytes()
		default:
			if err := a.add(name+c.Extension, beside.Bytes()); err != nil {
				return err
			}
		}
	}
	return nil
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
	for _, name := range slices.Sorted(maps.Keys(a.shared)) {
		if err := a.add(name, a.shared[name]); err != nil {
			return err
		}
	}
	return a.zip.Close()
}
