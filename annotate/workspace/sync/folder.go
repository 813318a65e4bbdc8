package sync

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"byline/articles/clean"
)

// The most bytes of a file and of a line that are read.
const (
	mostBytes = 256 << 20
	mostLine  = 16 << 20
)

// A disk is where the files of a folder are. Paths are relative, with slashes, and lead nowhere else.
type disk interface {
	ReadDir(dir string) ([]fs.FileInfo, error)
	ReadFile(name string) ([]byte, error)
	MkdirAll(dir string) error
	Create(name string, data []byte) (fs.FileInfo, error)
	Rename(from, to string) error
	Remove(name string) error
}

// rooted is a disk whose names cannot lead out of a folder, not by symbolic links either.
type rooted struct{ *os.Root }

// ReadDir returns what is in a folder.
func (r rooted) ReadDir(dir string) ([]fs.FileInfo, error) {
	f, err := r.Open(dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return f.Readdir(-1)
}

// ReadFile reads a file that is one.
func (r rooted) ReadFile(name string) ([]byte, error) {
	info, err := r.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, errNoFile
	}
	if info.Size() > mostBytes {
		return nil, fmt.Errorf("it has more than %d MB", mostBytes>>20)
	}
	f, err := r.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, mostBytes))
}

// MkdirAll makes a folder and those above it.
func (r rooted) MkdirAll(dir string) error { return r.Root.MkdirAll(dir, 0o777) }

// Create writes a new file.
func (r rooted) Create(name string, data []byte) (fs.FileInfo, error) {
	f, err := r.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return nil, err
	}
	_, err = f.Write(data)
	info, err2 := f.Stat()
	return info, errors.Join(err, err2, f.Close())
}

var errNoFile = errors.New("it is a folder, a link or a device, not a file")

// A stamp is by what a file that was seen is known again.
type stamp struct{ size, time int64 }

func stampOf(info fs.FileInfo) stamp { return stamp{info.Size(), info.ModTime().UnixNano()} }

// fresh reports whether a file changed so shortly before now that it may change again without another stamp.
func (s stamp) fresh(now time.Time) bool {
	age := now.Sub(time.Unix(0, s.time))
	if s.time%int64(time.Second) == 0 { // a file system that counts in seconds, or two
		return age < 4*time.Second
	}
	return age < 50*time.Millisecond
}

// A folder holds the files of a place.
type folder struct {
	disk
	name string // as messages have it
	wire bool   // its files came over a wire, and nothing is written to it
}

// errNotOurs says that byline keeps its hands off a folder.
var errNotOurs = errors.New("it is not empty, and nothing that byline made")

// openFolder opens the folder of byline's in a directory, and makes it if there is none.
func openFolder(dir string) (*folder, *os.Root, error) {
	info, err := os.Stat(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", dir, withoutPath(err))
	}
	if !info.IsDir() {
		return nil, nil, fmt.Errorf("open %s: it is a file; name a folder", dir)
	}
	outer, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", dir, withoutPath(err))
	}
	defer outer.Close()
	if data, err := outer.ReadFile(markerFile); err == nil {
		if _, err := markerVersion(data); err == nil {
			return nil, nil, fmt.Errorf("open %s: it is what byline writes into a folder; name the folder that it is in", dir)
		}
	}
	name := filepath.Join(dir, folderName)
	info, err = outer.Lstat(folderName)
	if errors.Is(err, fs.ErrNotExist) {
		if err = outer.Mkdir(folderName, 0o777); err == nil || errors.Is(err, fs.ErrExist) { // made by another who syncs at the same time
			info, err = outer.Lstat(folderName)
		}
	}
	if err == nil && !info.IsDir() {
		err = errNoFile
		if info.Mode().IsRegular() {
			err = errNotOurs
		}
	}
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", name, withoutPath(err))
	}
	root, err := outer.OpenRoot(folderName)
	if err != nil {
		return nil, nil, fmt.Errorf("open %s: %w", name, withoutPath(err))
	}
	return &folder{disk: rooted{root}, name: name}, root, nil
}

const (
	marker     = "{\"byline\":\"sync\",\"version\":1}\n"
	attributes = "* -text\n*.jsonl merge=union\n"
)

// prepare checks that the folder is one of byline's, of a version that this program knows, or makes it one.
func (f *folder) prepare() error {
	data, err := f.ReadFile(markerFile)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return f.begin()
	case err != nil:
		return fmt.Errorf("read %s: %w", f.path(markerFile), withoutPath(err))
	}
	v, err := markerVersion(data)
	if err != nil {
		return fmt.Errorf("read %s: %w", f.path(markerFile), err)
	}
	if v > 1 {
		return fmt.Errorf("read %s: it was written by a newer byline; update byline first", f.path(markerFile))
	}
	if _, err := f.ReadFile(attributesFile); errors.Is(err, fs.ErrNotExist) { // a run was ended when it made the folder
		_, err = f.write(attributesFile, []byte(attributes))
		return err
	}
	return nil
}

// begin makes the folder one of byline's. The marker comes first: nothing without one is written to.
func (f *folder) begin() error {
	list, err := f.ReadDir(".")
	if err != nil {
		return fmt.Errorf("open %s: %w", f.name, withoutPath(err))
	}
	for _, info := range list {
		if !isTemporary(info.Name()) {
			return fmt.Errorf("open %s: %w; name another folder", f.name, errNotOurs)
		}
	}
	if _, err := f.write(markerFile, []byte(marker)); err != nil {
		return err
	}
	_, err = f.write(attributesFile, []byte(attributes))
	return err
}

// markerVersion returns the version of the layout that a marker names.
func markerVersion(data []byte) (int, error) {
	var j struct {
		Byline  string
		Version int
	}
	if err := json.Unmarshal(data, &j); err != nil || j.Byline != "sync" || j.Version < 1 {
		return 0, errors.New("it is not what byline wrote; take it back from where it came, or delete it if the folder is byline's")
	}
	return j.Version, nil
}

// temporary begins the names of files that are being written; with dots they are hidden.
const temporary = ".byline-"

func isTemporary(name string) bool { return strings.HasPrefix(name, temporary) }

// write writes a file as a whole or not at all.
func (f *folder) write(name string, data []byte) (stamp, error) {
	t := path.Join(path.Dir(name), temporary+strconv.FormatUint(rand.Uint64(), 36))
	info, err := f.Create(t, data)
	if errors.Is(err, fs.ErrNotExist) {
		if err = f.MkdirAll(path.Dir(name)); err == nil {
			info, err = f.Create(t, data)
		}
	}
	if err == nil {
		err = f.Rename(t, name)
	}
	if err != nil {
		_ = f.Remove(t)
		return stamp{}, fmt.Errorf("write %s: %w", f.path(name), withoutPath(err))
	}
	return stampOf(info), nil
}

// path returns the path of a file of the folder as messages have it.
func (f *folder) path(name string) string {
	return clean.Line(filepath.Join(f.name, filepath.FromSlash(name)))
}

// list returns the stamps of all files of the folder, and what is passed over. It removes what runs left that were killed.
func (f *folder) list(now time.Time) (map[string]stamp, []error, error) {
	out := map[string]stamp{}
	var passed []error
	if err := f.listDir(".", now, func(info fs.FileInfo) {
		switch {
		case info.Name() != teamFile:
		case info.Mode().IsRegular():
			out[teamFile] = stampOf(info)
		default:
			passed = append(passed, fmt.Errorf("%s: passed over: %w", f.path(teamFile), errNoFile))
		}
	}, func(name string) {
		if name == teamFile {
			passed = append(passed, fmt.Errorf("%s: passed over: %w", f.path(teamFile), errNoFile))
		}
	}); err != nil {
		return nil, nil, err
	}
	for _, top := range []string{articlesDir, logDir} {
		var dirs []string
		foreign := func(info fs.FileInfo) {
			if !strings.HasPrefix(info.Name(), ".") {
				passed = append(passed, f.foreign(path.Join(top, info.Name())))
			}
		}
		if err := f.listDir(top, now, foreign, func(name string) { dirs = append(dirs, name) }); err != nil {
			return nil, nil, err
		}
		slices.Sort(dirs)
		for _, dir := range dirs {
			more, err := f.listShelf(path.Join(top, dir), now, out)
			passed = append(passed, more...)
			if err != nil {
				return nil, nil, err
			}
		}
	}
	slices.SortFunc(passed, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) })
	return out, passed, nil
}

// listShelf adds the files of one of the folders of articles or logs to those listed.
func (f *folder) listShelf(dir string, now time.Time, out map[string]stamp) (passed []error, err error) {
	err = f.listDir(dir, now, func(info fs.FileInfo) {
		name := path.Join(dir, info.Name())
		kind, _, _ := parsePath(name)
		switch {
		case kind == foreignFile && !strings.HasPrefix(info.Name(), "."):
			passed = append(passed, f.foreign(name))
		case kind == foreignFile:
		case !info.Mode().IsRegular():
			passed = append(passed, fmt.Errorf("%s: passed over: %w", f.path(name), errNoFile))
		default:
			out[name] = stampOf(info)
		}
	}, func(name string) {
		name = path.Join(dir, name)
		if kind, _, _ := parsePath(name); kind != foreignFile {
			out[name] = again // reading it tells that it is none, and nothing is written there
		}
	})
	return passed, err
}

// foreign says that a file is passed over.
func (f *folder) foreign(name string) error {
	return fmt.Errorf("%s: passed over, no file of byline's has such a name; if it is a copy of one that something made, add its lines to that", f.path(name))
}

// listDir calls file and dir with what is in a folder, which may be missing.
func (f *folder) listDir(name string, now time.Time, file func(fs.FileInfo), dir func(string)) error {
	list, err := f.ReadDir(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open %s: %w", f.path(name), withoutPath(err))
	}
	for _, info := range list {
		switch {
		case info.IsDir():
			if dir != nil && !strings.HasPrefix(info.Name(), ".") {
				dir(info.Name())
			}
		case isTemporary(info.Name()):
			if now.Sub(info.ModTime()) > time.Hour {
				_ = f.Remove(path.Join(name, info.Name()))
			}
		case file != nil:
			file(info)
		}
	}
	return nil
}

// withoutPath returns what the system says, without the name of the file, which the caller adds.
func withoutPath(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}
