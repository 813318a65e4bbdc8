package sync

import (
	"io/fs"

	"byline/annotate/library/db/exchange"
)

// A memory holds files that came over a wire. It is a disk that is only read.
type memory struct{ files map[string][]byte }

func (m memory) ReadFile(name string) ([]byte, error) {
	data, ok := m.files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return data, nil
}

func (memory) ReadDir(string) ([]fs.FileInfo, error)      { return nil, fs.ErrPermission }
func (memory) MkdirAll(string) error                      { return fs.ErrPermission }
func (memory) Create(string, []byte) (fs.FileInfo, error) { return nil, fs.ErrPermission }
func (memory) Rename(string, string) error                { return fs.ErrPermission }
func (memory) Remove(string) error                        { return fs.ErrPermission }

// render returns the files that a new folder would have of an article.
func render(a *exchange.Article) (map[string][]byte, error) {
	f := &folder{disk: memory{}}
	shown := *a
	shown.Removed = false
	m := &merged{id: a.ID, wrong: map[string]bool{}, held: &shown}
	f.readShelf(m, nil)
	if err := f.merge(m); err != nil {
		return nil, err
	}
	out := map[string][]byte{}
	for _, w := range m.write {
		out[w.path] = w.data
	}
	return out, nil
}
