package serve

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"charm.land/ssh"
	"github.com/BurntSushi/toml"
	gossh "golang.org/x/crypto/ssh"

	"byline/annotate/team"
)

// A Person is somebody who may come in.
type Person struct {
	Name     string // signs decisions
	Reads    bool   // and decides nothing
	Settings string // path of a file of settings; empty for none
}

// People are those who may come in, by a file that is read again when it has changed. It is safe for concurrent use.
type People struct {
	path string

	mu   sync.Mutex
	as   stamp // how the file was when it was read
	keys map[string]Person
}

// A stamp says whether a file is still as it was.
type stamp struct {
	changed time.Time
	size    int64
	mode    fs.FileMode
}

// The rights of a person.
const (
	annotates = "annotate"
	reads     = "read"
)

// ReadPeople reads a file of people, in TOML: for each a table
//
//	[[person]]
//	name = "ann"
//	keys = ["ssh-ed25519 AAAA… ann@laptop"]
//	rights = "read"        # or "annotate", which is what they have otherwise
//	settings = "ann.toml"  # of the form of byline's own; a path from the folder of the file of people
//
// A key is a line as ssh-keygen writes it into a file that ends in .pub. Two people may not share one. Whoever may write the file
// lets people in, so nobody but its owner may.
func ReadPeople(path string) (*People, error) {
	p := &People{path: path}
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.read(); err != nil {
		return nil, err
	}
	return p, nil
}

// find returns whose key it is. The error says why the file could not be read again; then those who were in it before count.
func (p *People) find(key gossh.PublicKey) (Person, bool, error) {
	if key == nil {
		return Person{}, false, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	err := p.read()
	who, ok := p.keys[string(key.Marshal())]
	return who, ok, err
}

// All returns who may come in, by their names.
func (p *People) All() []Person {
	p.mu.Lock()
	defer p.mu.Unlock()
	names := map[string]Person{}
	for _, who := range p.keys {
		names[who.Name] = who
	}
	return slices.SortedFunc(maps.Values(names), func(a, b Person) int { return strings.Compare(a.Name, b.Name) })
}

const mostPeopleBytes = 4 << 20

// read reads the file if it has changed. A file that cannot be read is complained of once.
func (p *People) read() error {
	info, err := os.Stat(p.path)
	if err != nil {
		return p.problem(stamp{}, err)
	}
	now := stamp{info.ModTime(), info.Size(), info.Mode()}
	if p.as == now {
		return nil
	}
	if err := trusted(info); err != nil {
		return p.problem(now, err)
	}
	data, err := os.ReadFile(p.path)
	if err != nil {
		return p.problem(now, err)
	}
	keys, err := parsePeople(filepath.Dir(p.path), string(data))
	if err != nil {
		return p.problem(now, err)
	}
	p.as, p.keys = now, keys
	return nil
}

// problem notes how the file was that could not be read.
func (p *People) problem(as stamp, err error) error {
	if p.keys != nil && p.as == as {
		return nil
	}
	p.as = as
	var path *fs.PathError
	if errors.As(err, &path) {
		err = path.Err
	}
	return fmt.Errorf("people %s: %w", p.path, err)
}

// trusted checks that nobody but its owner may write a file.
func trusted(info fs.FileInfo) error {
	const others = 0o022
	switch {
	case !info.Mode().IsRegular():
		return errors.New("is not a file")
	case info.Size() > mostPeopleBytes:
		return fmt.Errorf("has %d bytes, more than the %d that are read", info.Size(), mostPeopleBytes)
	case os.PathSeparator == '/' && info.Mode().Perm()&others != 0:
		return errors.New("others may write it, and so let people in: chmod go-w")
	}
	return nil
}

// An entry is a person as the file has one.
type entry struct {
	Name, Settings string
	Rights         *string // nil for those that are not said
	Keys           []string
}

// parsePeople returns whose each key is.
func parsePeople(dir, text string) (map[string]Person, error) {
	var file struct{ Person []entry }
	md, err := toml.Decode(text, &file)
	if pe, ok := errors.AsType[toml.ParseError](err); ok {
		return nil, fmt.Errorf("line %d: %q", pe.Position.Line, pe.Message)
	}
	if err != nil && strings.Contains(err.Error(), `key "person"): incompatible types`) {
		return nil, errors.New("there is a [person]: write [[person]], since there may be several")
	}
	if err != nil {
		return nil, fmt.Errorf("%q", err.Error())
	}
	if others := md.Undecoded(); len(others) > 0 {
		return nil, fmt.Errorf("there is no %q; a [[person]] has name, keys, rights and settings", others[0].String())
	}
	if len(file.Person) == 0 {
		return nil, errors.New("nobody is in it: add a [[person]] with a name and keys")
	}
	keys, all := map[string]Person{}, names{}
	for i, x := range file.Person {
		if err := all.add(x.Name); err != nil {
			return nil, fmt.Errorf("person %d: %w", i+1, err)
		}
		x.Name = team.Name(x.Name)
		if err := x.add(dir, keys); err != nil {
			return nil, err
		}
	}
	return keys, nil
}

// add adds the keys of a person.
func (x entry) add(dir string, keys map[string]Person) error {
	who := Person{Name: x.Name, Settings: x.Settings}
	switch {
	case x.Rights == nil:
	case *x.Rights != reads && *x.Rights != annotates:
		return fmt.Errorf("rights of %s are %q; write %q or %q", x.Name, *x.Rights, annotates, reads)
	default:
		who.Reads = *x.Rights == reads
	}
	if x.Settings != "" && !filepath.IsAbs(x.Settings) {
		who.Settings = filepath.Join(dir, x.Settings)
	}
	if len(x.Keys) == 0 {
		return fmt.Errorf("%s has no keys", x.Name)
	}
	for i, line := range x.Keys {
		key, err := parseKey(line)
		if err != nil {
			return fmt.Errorf("key %d of %s: %w", i+1, x.Name, err)
		}
		if other, taken := keys[key]; taken {
			return fmt.Errorf("key %d of %s is also a key of %s", i+1, x.Name, other.Name)
		}
		keys[key] = who
	}
	return nil
}

// parseKey returns a public key as it travels.
func parseKey(line string) (string, error) {
	const leastBits = 2048
	key, _, options, _, err := ssh.ParseAuthorizedKey([]byte(line))
	if err != nil {
		return "", errors.New(`it is not a line as in a file that ends in .pub, such as "ssh-ed25519 AAAA… ann@laptop"`)
	}
	if len(options) > 0 {
		return "", errors.New("options before a key are not read; write the key alone")
	}
	if _, ok := key.(*gossh.Certificate); ok {
		return "", errors.New("certificates are not read; write the key")
	}
	if c, ok := key.(gossh.CryptoPublicKey); ok {
		if r, ok := c.CryptoPublicKey().(*rsa.PublicKey); ok && r.N.BitLen() < leastBits {
			return "", fmt.Errorf("an RSA key of %d bits is weak; make one with ssh-keygen -t ed25519", r.N.BitLen())
		}
	}
	if key.Type() == "ssh-dss" { // by its name: the constant is deprecated, and the key can still be sent
		return "", errors.New("DSA keys are weak; make one with ssh-keygen -t ed25519")
	}
	return string(key.Marshal()), nil
}
