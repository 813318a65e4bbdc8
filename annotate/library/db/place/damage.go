package place

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"sync"
)

// A Damage is what this process knows of the damage of a library. It is safe for concurrent use.
type Damage struct {
	mu     sync.Mutex
	why    error
	unread [2]int // articles and names
}

// Found notes that the library was found damaged, and reports whether that is news.
func (d *Damage) Found(why error) (news bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if news = d.why == nil; news {
		d.why = why
	}
	return news
}

// Why returns how the library was found damaged; nil if it was not.
func (d *Damage) Why() error {
	if d == nil {
		return nil
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.why
}

// Unread notes how many articles and names could not be read at once.
func (d *Damage) Unread(articles, names int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.unread = [...]int{max(d.unread[0], articles), max(d.unread[1], names)}
}

// Lacks returns how many articles and how many names could not be read, at most at once.
func (d *Damage) Lacks() (articles, names int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.unread[0], d.unread[1]
}

// noted ends the name of the file beside a library that says that it was found damaged.
const noted = ".damaged"

// Note writes beside the library that it was found damaged, so that nobody writes into it until it is repaired, or another takes its
// place.
func (p *Place) Note(why error) {
	if state := stateOf(p.File); state != "" {
		_ = os.WriteFile(p.File+noted, []byte(state+"\n"+why.Error()+"\n"), 0o600) // what cannot be written there is found again
	}
}

// stateOf tells a file from others, and from itself at other times; empty if it is not there.
func stateOf(path string) string {
	info, err := os.Stat(path)
	if err != nil {
		return ""
	}
	return fmt.Sprintf("%d %d", info.Size(), info.ModTime().UnixNano())
}

// WasDamaged returns how the library was found damaged, if it is the same file still; nil if it was not.
func (p *Place) WasDamaged() error {
	b, err := os.ReadFile(p.File + noted)
	if err != nil {
		return nil
	}
	state, why, _ := strings.Cut(strings.TrimSpace(string(b)), "\n")
	if state != stateOf(p.File) {
		return nil
	}
	why = strings.TrimLeft(strings.TrimPrefix(why, ErrDamaged.Error()), ": ")
	if in, ok := strings.CutPrefix(why, "("); ok {
		why = strings.TrimSuffix(in, ")")
	}
	return fmt.Errorf("%w: it was found so before: %s", ErrDamaged, why)
}

// Trust removes what [Place.Note] has written.
func (p *Place) Trust() error {
	if err := os.Remove(p.File + noted); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}
