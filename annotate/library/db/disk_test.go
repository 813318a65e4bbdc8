package db_test

import (
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"modernc.org/libc"
	sqlite3 "modernc.org/sqlite/lib"
)

// A disk records what SQLite does to the files of a folder, so that a power cut at any moment can be played:
// what was not synced may be there or not, each sector of it by itself, in any order; what was synced is there.
// Names in the folder are kept by a journal, as file systems do: in order, up to some point.
type disk struct {
	mu     sync.Mutex
	dir    string
	steps  []step
	inodes map[string]int // of the files that are there now
	made   int
}

// A step is one operation.
type step struct {
	kind  byte // w write, t truncate, s sync, c create (or a further name), d delete, D sync of the folder, m mark
	inode int
	name  string
	at    int64 // offset, new size, or number of decisions that were shown
	data  []byte
}

const sector = 512

// disks are those that record, by folder.
var disks sync.Map

// record returns a disk that records what a connection with the VFS "recorder" does in a folder.
func record(t *testing.T, dir string) *disk {
	registerRecorder()
	d := &disk{dir: dir, inodes: map[string]int{}}
	disks.Store(dir, d)
	t.Cleanup(func() { disks.Delete(dir) })
	return d
}

func (d *disk) do(s step) {
	if d == nil {
		return
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.steps = append(d.steps, s)
}

// mark notes that n decisions were shown by now.
func (d *disk) mark(n int) { d.do(step{kind: 'm', at: int64(n)}) }

// put notes that a file was there before, synced.
func (d *disk) put(name string, data []byte) {
	inode := d.open(filepath.Join(d.dir, name), true)
	d.do(step{kind: 'w', inode: inode, data: data})
	d.do(step{kind: 's', inode: inode})
	d.do(step{kind: 'D'})
}

// moved notes that a file has got another name.
func (d *disk) moved(from, to string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	from, to = filepath.Base(from), filepath.Base(to)
	n := d.inodes[from]
	d.inodes[to] = n
	d.steps = append(d.steps, step{kind: 'c', inode: n, name: to}, step{kind: 'd', name: from})
}

// open returns the inode of a file, which may be made.
func (d *disk) open(path string, made bool) int {
	if d == nil {
		return 0
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	name := filepath.Base(path)
	if made {
		d.made++
		d.inodes[name] = d.made
		d.steps = append(d.steps, step{kind: 'c', inode: d.made, name: name})
	}
	return d.inodes[name]
}

// An image is what may be on a disk at a moment.
type image struct {
	names   map[string]int
	journal []step         // of names, not synced
	synced  map[int][]byte // by inode
	later   map[int][]step // writes since then
	shown   int
}

// take moves the image over a step.
func (m *image) take(s step) {
	switch s.kind {
	case 'w', 't':
		m.later[s.inode] = append(m.later[s.inode], s)
	case 's':
		m.synced[s.inode] = apply(m.synced[s.inode], m.later[s.inode], func() bool { return true })
		delete(m.later, s.inode)
	case 'c', 'd':
		m.journal = append(m.journal, s)
	case 'D':
		m.rename(m.names, len(m.journal))
		m.journal = nil
	case 'm':
		m.shown = int(s.at)
	}
}

// rename carries the first n steps of the journal out on names.
func (m *image) rename(names map[string]int, n int) {
	for _, s := range m.journal[:n] {
		if s.kind == 'c' {
			names[s.name] = s.inode
		} else {
			delete(names, s.name)
		}
	}
}

// apply returns data after steps, of which keep says for each sector whether it reached the disk.
func apply(data []byte, steps []step, keep func() bool) []byte {
	data = slices.Clone(data)
	grow := func(n int64) {
		if more := n - int64(len(data)); more > 0 {
			data = append(data, make([]byte, more)...)
		}
	}
	for _, s := range steps {
		if s.kind == 't' {
			if keep() {
				grow(s.at)
				data = data[:s.at]
			}
			continue
		}
		for from := int64(0); from < int64(len(s.data)); {
			to := min(int64(len(s.data)), from+sector-(s.at+from)%sector)
			if keep() {
				grow(s.at + to)
				copy(data[s.at+from:], s.data[from:to])
			}
			from = to
		}
	}
	return data
}

// files returns what a power cut now may leave: of what was not synced, the share that reached the disk.
func (m *image) files(r *rand.Rand, share float64) map[string][]byte {
	keep := func() bool { return r.Float64() < share }
	names := maps.Clone(m.names)
	n := 0
	for n < len(m.journal) && keep() {
		n++
	}
	m.rename(names, n)
	out := map[string][]byte{}
	for name, inode := range names {
		out[name] = apply(m.synced[inode], m.later[inode], keep)
	}
	return out
}

// cuts plays a power cut after each step from a number on, with nothing, everything and random parts of what was not synced on the
// disk, and calls check with a folder of what is left.
func (d *disk) cuts(t *testing.T, from, random int, check func(dir string, shown int) error) (failed int) {
	t.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	m := &image{names: map[string]int{}, synced: map[int][]byte{}, later: map[int][]step{}}
	dir := t.TempDir()
	for i, s := range d.steps {
		m.take(s)
		if i < from || m.shown == 0 && from == 0 && i%7 != 0 {
			continue // of a library that is being made, some
		}
		shares := []float64{0, 1}
		for range random {
			shares = append(shares, r.Float64())
		}
		for _, share := range shares {
			left := m.files(r, share)
			if len(left) == 0 && m.shown == 0 {
				continue
			}
			for name, data := range left {
				if err := os.WriteFile(filepath.Join(dir, name), data, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if err := check(dir, m.shown); err != nil {
				if failed++; failed < 6 {
					t.Logf("cut after step %d of %d (%c), %.0f %% of the rest on the disk: %v", i+1, len(d.steps), s.kind, 100*share, err)
				}
			}
			for _, f := range must[[]os.DirEntry](t)(os.ReadDir(dir)) {
				_ = os.Remove(filepath.Join(dir, f.Name()))
			}
		}
	}
	return failed
}

// The VFS "recorder" is SQLite's own with some functions replaced, which call those that they replace.
var recorder struct {
	once  sync.Once
	base  *sqlite3.Tsqlite3_vfs
	baseP uintptr
	mu    sync.Mutex
	ours  map[uintptr]uintptr  // tables of methods, by those they replace
	files map[uintptr]openFile // by SQLite's handle
}

type openFile struct {
	*disk
	inode   int
	base    *sqlite3.Tsqlite3_io_methods
	dirSync bool // by its first sync: see unixSync in SQLite's os_unix.c
}

// at returns the memory at an address of SQLite's, which is not Go's.
func at[T any](p uintptr) *T { return *(**T)(unsafe.Pointer(&p)) }

// pointer returns f, a top-level function, as SQLite calls it.
func pointer(f any) uintptr { return (*[2]uintptr)(unsafe.Pointer(&f))[1] }

// function returns the function that SQLite calls at an address.
func function[F any](p uintptr) F { return *(*F)(unsafe.Pointer(&p)) }

func registerRecorder() {
	recorder.once.Do(func() {
		tls := libc.NewTLS()
		sqlite3.Xsqlite3_initialize(tls)
		recorder.baseP = sqlite3.Xsqlite3_vfs_find(tls, 0)
		recorder.base = at[sqlite3.Tsqlite3_vfs](recorder.baseP)
		recorder.ours, recorder.files = map[uintptr]uintptr{}, map[uintptr]openFile{}
		p := libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_vfs{})))
		v := at[sqlite3.Tsqlite3_vfs](p)
		*v = *recorder.base
		v.FzName, _ = libc.CString("recorder")
		v.FpNext, v.FxOpen, v.FxDelete = 0, pointer(recordOpen), pointer(recordDelete)
		sqlite3.Xsqlite3_vfs_register(tls, p, 0)
	})
}

// diskOf returns the disk that a path is on, nil for none.
func diskOf(path uintptr) (*disk, string) {
	if path == 0 {
		return nil, ""
	}
	name := strings.Clone(libc.GoString(path))
	if d, ok := disks.Load(filepath.Dir(name)); ok {
		return d.(*disk), name
	}
	return nil, name
}

func recordOpen(tls *libc.TLS, _, path, file uintptr, flags int32, out uintptr) int32 {
	d, name := diskOf(path)
	_, missing := os.Lstat(name)
	rc := function[func(*libc.TLS, uintptr, uintptr, uintptr, int32, uintptr) int32](recorder.base.FxOpen)(tls, recorder.baseP, path, file, flags, out)
	methods := &at[sqlite3.Tsqlite3_file](file).FpMethods
	if rc != sqlite3.SQLITE_OK || *methods == 0 {
		return rc
	}
	recorder.mu.Lock()
	defer recorder.mu.Unlock()
	made := missing != nil
	recorder.files[file] = openFile{d, d.open(name, made), at[sqlite3.Tsqlite3_io_methods](*methods), made && flags&sqlite3.SQLITE_OPEN_MAIN_DB == 0}
	ours, ok := recorder.ours[*methods]
	if !ok {
		ours = libc.Xmalloc(tls, libc.Tsize_t(unsafe.Sizeof(sqlite3.Tsqlite3_io_methods{})))
		m := at[sqlite3.Tsqlite3_io_methods](ours)
		*m = *at[sqlite3.Tsqlite3_io_methods](*methods)
		m.FxWrite, m.FxTruncate, m.FxSync, m.FxClose = pointer(recordWrite), pointer(recordTruncate), pointer(recordSync), pointer(recordClose)
		recorder.ours[*methods] = ours
	}
	*methods = ours
	return rc
}

func fileOf(file uintptr) openFile {
	recorder.mu.Lock()
	defer recorder.mu.Unlock()
	return recorder.files[file]
}

func recordWrite(tls *libc.TLS, file, buf uintptr, n int32, off int64) int32 {
	f := fileOf(file)
	f.do(step{kind: 'w', inode: f.inode, at: off, data: slices.Clone(unsafe.Slice(at[byte](buf), n))})
	return function[func(*libc.TLS, uintptr, uintptr, int32, int64) int32](f.base.FxWrite)(tls, file, buf, n, off)
}

func recordTruncate(tls *libc.TLS, file uintptr, size int64) int32 {
	f := fileOf(file)
	f.do(step{kind: 't', inode: f.inode, at: size})
	return function[func(*libc.TLS, uintptr, int64) int32](f.base.FxTruncate)(tls, file, size)
}

func recordSync(_ *libc.TLS, file uintptr, _ int32) int32 {
	f := fileOf(file)
	f.do(step{kind: 's', inode: f.inode})
	if f.dirSync {
		f.do(step{kind: 'D'})
		f.dirSync = false
		recorder.mu.Lock()
		recorder.files[file] = f
		recorder.mu.Unlock()
	}
	return sqlite3.SQLITE_OK // a test need not wait for the disk
}

func recordClose(tls *libc.TLS, file uintptr) int32 {
	f := fileOf(file)
	recorder.mu.Lock()
	delete(recorder.files, file)
	recorder.mu.Unlock()
	return function[func(*libc.TLS, uintptr) int32](f.base.FxClose)(tls, file)
}

func recordDelete(tls *libc.TLS, _, path uintptr, dirSync int32) int32 {
	d, name := diskOf(path)
	rc := function[func(*libc.TLS, uintptr, uintptr, int32) int32](recorder.base.FxDelete)(tls, recorder.baseP, path, dirSync)
	if d == nil || rc != sqlite3.SQLITE_OK {
		return rc
	}
	d.do(step{kind: 'd', name: filepath.Base(name)})
	if dirSync != 0 {
		d.do(step{kind: 'D'})
	}
	return rc
}
