package place

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
	"sync"
	"time"
)

// ErrForeign says that the write-ahead log beside a library is of another database, as when the file was replaced by a copy and the log of
// the one before was left. SQLite would read it into the library.
var ErrForeign = errors.New("the log beside the library, its file with -wal at the end, was written for another file")

// opened counts how often files are open in this process. Whether a log is of its file is asked before the first time only: what reads a file
// that SQLite has open would drop its [locks].
//
// [locks]: https://www.sqlite.org/howtocorrupt.html
var opened struct {
	sync.Mutex
	files map[string]int
}

// Enter notes that the file is opened, or returns [ErrForeign] if the log beside it cannot be its own. Leave follows once it is closed.
func (p *Place) Enter() error {
	opened.Lock()
	defer opened.Unlock()
	if opened.files[p.File] == 0 && p.HasUnreadWAL() && foreignBeside(p.File) {
		return ErrForeign
	}
	if opened.files == nil {
		opened.files = map[string]int{}
	}
	opened.files[p.File]++
	p.entered, p.marks = p.File, &marks{}
	return nil
}

// leave takes back what Enter noted.
func (p *Place) leave() {
	if p.entered == "" {
		return
	}
	opened.Lock()
	defer opened.Unlock()
	if opened.files[p.entered]--; opened.files[p.entered] == 0 {
		delete(opened.files, p.entered)
	}
	p.entered = ""
}

// marks say which log beside a file says by itself whose it is.
type marks struct {
	sync.Mutex
	log    uint64
	looked time.Time
}

// seldom is how long it takes until it is looked again whether a log was begun, which takes some 25 µs.
const seldom = 5 * time.Millisecond

// Begun reports whether there is a log that was begun since [Place.Marked]. Nobody asks of a file that is not entered: nothing is known
// by its name yet.
func (p *Place) Begun() bool {
	if p.marks == nil {
		return false
	}
	p.marks.Lock()
	defer p.marks.Unlock()
	if now := time.Now(); p.marks.log == 0 || now.Sub(p.marks.looked) >= seldom {
		p.marks.looked = now
		log := p.log()
		return log != 0 && log != p.marks.log
	}
	return false
}

// Emptied has the next [Place.Begun] look at once: this process has just emptied the log, so another begins with what comes next.
func (p *Place) Emptied() {
	if p.marks == nil {
		return
	}
	p.marks.Lock()
	defer p.marks.Unlock()
	p.marks.looked = time.Time{}
}

// Marked notes that the log that is there says whose it is.
func (p *Place) Marked() {
	p.marks.Lock()
	defer p.marks.Unlock()
	p.marks.log = p.log()
}

// log returns what tells the log beside the file from those before it; 0 for no log.
func (p *Place) log() uint64 {
	f, err := os.Open(p.File + "-wal")
	if err != nil {
		return 0
	}
	defer f.Close()
	var salts [8]byte
	if _, err := f.ReadAt(salts[:], 16); err != nil {
		return 0
	}
	return binary.BigEndian.Uint64(salts[:])
}

// foreignBeside reports whether the log beside a file is of another: the same twice, and with nothing written in between, which another
// process may do.
func foreignBeside(file string) bool {
	before, err := headOf(file)
	if err != nil {
		return false // opening it says why
	}
	log, err := os.Open(file + "-wal")
	if err != nil {
		return false
	}
	defer log.Close()
	info, err := log.Stat()
	if err != nil || !foreign(before, log, false) || !foreign(before, log, true) {
		return false
	}
	after, err := headOf(file)
	now, err2 := os.Stat(file + "-wal")
	return err == nil && err2 == nil && bytes.Equal(before, after) && now.Size() == info.Size() && now.ModTime().Equal(info.ModTime())
}

// headOf returns the [header] of a database, 100 bytes.
//
// [header]: https://www.sqlite.org/fileformat2.html#the_database_header
func headOf(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	head := make([]byte, headSize)
	_, err = io.ReadFull(f, head)
	return head, err
}

const (
	headSize = 100
	logHead  = 32
	pageHead = 24
)

// at returns the number of four bytes at an offset of a header.
func at(head []byte, offset int) uint32 { return binary.BigEndian.Uint32(head[offset:]) }

// pageSize returns the bytes of a page.
func pageSize(head []byte) uint32 {
	if n := uint32(binary.BigEndian.Uint16(head[16:])); n != 1 {
		return n
	}
	return 1 << 16
}

// foreign reports whether a [log] cannot be that of the database with this header. A log begins where the file is, or was before parts of the
// log were written into it. So the file has the pages that it is to have and that are not in the log; its count of changes is one that the
// log has, or the one before; both have the same number of a library, if any; and if the log does not touch the first page, the file is as large as
// it says. A log that meets all of that is not told from its own: one of a copy of the library that had nearly the same changes, one that was left
// between its first transaction and the mark of it (see package db), and any beside a file that has no number yet. Nothing else in a log says whose
// it is. With sure, what is read is checked by its sums, as SQLite does; without, a log of a few megabytes takes some milliseconds.
//
// [log]: https://www.sqlite.org/fileformat2.html#the_write_ahead_log
func foreign(head []byte, log io.ReaderAt, sure bool) bool {
	if !bytes.HasPrefix(head, []byte("SQLite format 3\x00")) {
		return false
	}
	w := scanLog(log, sure)
	switch {
	case w == nil || len(w.sizes) == 0: // SQLite reads nothing of it
		return false
	case w.page != pageSize(head):
		return true
	case w.lacks(head):
		return true
	case w.firsts == nil:
		return !w.sized(head)
	}
	first, last := w.firsts[0], w.firsts[len(w.firsts)-1]
	const changes, library = 24, 68
	if own, its := at(head, library), at(last, library); own != 0 && its != 0 && own != its {
		return true
	}
	if span := at(last, changes) - (at(first, changes) - 1); at(head, changes)-(at(first, changes)-1) > span {
		return true
	}
	return !w.early && !w.sized(head)
}

// scanned is what a log says up to its last commit.
type scanned struct {
	page   uint32
	sizes  []uint32 // of the database after each commit, in pages
	firsts [][]byte // headers of the database, of each first page
	early  bool     // the first of them is in the first commit, so that the size before it is not known
	pages  map[uint32]bool
}

// pagesOf returns how many pages a database has, if it knows.
func pagesOf(head []byte) (n uint32, ok bool) {
	const pages, changes, validFor = 28, 24, 92
	return at(head, pages), at(head, changes) == at(head, validFor)
}

// sized reports whether a database has one of the sizes, or does not know its own.
func (w *scanned) sized(head []byte) bool {
	n, ok := pagesOf(head)
	return !ok || slices.Contains(w.sizes, n)
}

// lacks reports whether a page that the database is to have is neither in it nor in the log.
func (w *scanned) lacks(head []byte) bool {
	n, ok := pagesOf(head)
	if !ok {
		return false
	}
	locks := 1<<30/w.page + 1 // the page with the bytes that SQLite locks, which is never written
	for p := n + 1; p <= w.sizes[len(w.sizes)-1]; p++ {
		if !w.pages[p] && p != locks {
			return true
		}
	}
	return false
}

// scanLog reads a log; nil if it is none.
func scanLog(log io.ReaderAt, sure bool) *scanned {
	head := make([]byte, logHead)
	if _, err := log.ReadAt(head, 0); err != nil || at(head, 0)&^1 != 0x377f0682 {
		return nil
	}
	sum := sums{order: binary.LittleEndian}
	if at(head, 0)&1 == 1 {
		sum.order = binary.BigEndian
	}
	w := &scanned{page: at(head, 8), pages: map[uint32]bool{}}
	if sum.add(head[:24]); !sum.is(head[24:]) || w.page < 512 || w.page > 1<<16 || w.page&(w.page-1) != 0 {
		return nil
	}
	buf := make([]byte, pageHead+headSize)
	if sure {
		buf = make([]byte, pageHead+int(w.page))
	}
	var open pending
	for off := int64(logHead); ; off += pageHead + int64(w.page) {
		if _, err := log.ReadAt(buf, off); err != nil || !bytes.Equal(buf[8:16], head[16:24]) || sure && !sum.follows(buf) {
			return w
		}
		if open.add(buf); at(buf, 4) != 0 {
			w.commit(&open, at(buf, 4))
		}
	}
}

// pending is what a log has after a commit.
type pending struct {
	pages  []uint32
	firsts [][]byte
}

// add adds a page with what is before it.
func (o *pending) add(page []byte) {
	n := at(page, 0)
	if o.pages = append(o.pages, n); n == 1 {
		o.firsts = append(o.firsts, bytes.Clone(page[pageHead:pageHead+headSize]))
	}
}

// commit takes what is pending, of a database of so many pages.
func (w *scanned) commit(o *pending, size uint32) {
	w.early = w.early || len(w.sizes) == 0 && len(o.firsts) > 0
	w.sizes = append(w.sizes, size)
	w.firsts = append(w.firsts, o.firsts...)
	for _, p := range o.pages {
		w.pages[p] = true
	}
	*o = pending{pages: o.pages[:0]}
}

// sums are the check sums of a log.
type sums struct {
	order  binary.ByteOrder
	s0, s1 uint32
}

func (s *sums) add(b []byte) {
	for ; len(b) >= 8; b = b[8:] {
		s.s0 += s.order.Uint32(b) + s.s1
		s.s1 += s.order.Uint32(b[4:]) + s.s0
	}
}

// follows adds a page with what is before it, and reports whether that has its sums.
func (s *sums) follows(page []byte) bool {
	s.add(page[:8])
	s.add(page[pageHead:])
	return s.is(page[16:pageHead])
}

func (s *sums) is(b []byte) bool { return s.s0 == at(b, 0) && s.s1 == at(b, 4) }
