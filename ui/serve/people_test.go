package serve

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestPeople(t *testing.T) {
	t.Parallel()
	ann, line := newKey(t)
	bob, other := newKey(t)
	path := filepath.Join(t.TempDir(), "people.toml")
	text := fmt.Sprintf("[[person]]\nname = \"Ann Lee\"\nkeys = [%q]\nsettings = \"ann.toml\"\n[[person]]\nname = \"bob\"\nrights = \"read\"\nkeys = [%q]\n", line+" ann@laptop", other)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	p, err := ReadPeople(path)
	if err != nil {
		t.Fatal(err)
	}
	if n := len(p.All()); n != 2 {
		t.Errorf("%d people", n)
	}
	got, ok, err := p.find(ann.PublicKey())
	if want := (Person{Name: "Ann Lee", Settings: filepath.Join(filepath.Dir(path), "ann.toml")}); got != want || !ok || err != nil {
		t.Errorf("%+v, %v, %v", got, ok, err)
	}
	if got, ok, err := p.find(bob.PublicKey()); got != (Person{Name: "bob", Reads: true}) || !ok || err != nil {
		t.Errorf("%+v, %v, %v", got, ok, err)
	}
	stranger, _ := newKey(t)
	if _, ok, _ := p.find(stranger.PublicKey()); ok {
		t.Error("a stranger is known")
	}
	if _, ok, _ := p.find(nil); ok {
		t.Error("no key is somebody's")
	}
}

func TestPeopleThatAreWrong(t *testing.T) {
	t.Parallel()
	_, key := newKey(t)
	for _, x := range []struct{ text, want string }{
		{"", "nobody is in it"},
		{"[[person]]\nname = \"ann\"\n", "ann has no keys"},
		{"[[person]]\nkeys = [\"" + key + "\"]\n", "person 1: it needs a name"},
		{"[[person]]\nname = \" ann\"\nkeys = [\"" + key + "\"]\n", "without blanks"},
		{"[[person]]\nname = \"a\\u001b[2J\"\nkeys = [\"" + key + "\"]\n", `the name "a\x1b[2J" is not one line`},
		{"[[person]]\nname = \"ann\"\nkeys = [\"" + key + "\"]\n[[person]]\nname = \"ANN\"\nkeys = [\"" + key + "\"]\n", "person 2: there is another ANN"},
		{"[[person]]\nname = \"ann\"\nkeys = [\"" + key + "\"]\n[[person]]\nname = \"bob\"\nkeys = [\"" + key + "\"]\n", "key 1 of bob is also a key of ann"},
		{"[[person]]\nname = \"ann\"\nkeys = [\"ssh-ed25519 AAAA\"]\n", "key 1 of ann: it is not a line as in a file that ends in .pub"},
		{"[[person]]\nname = \"ann\"\nkeys = ['command=\"x\" " + key + "']\n", "options before a key"},
		{"[[person]]\nname = \"ann\"\nrights = \"root\"\nkeys = [\"" + key + "\"]\n", `rights of ann are "root"; write "annotate" or "read"`},
		{"[[person]]\nname = \"ann\"\nadmin = true\nkeys = [\"" + key + "\"]\n", `there is no "person.admin"`},
		{"[[person]]\nname = ann\n", "line 2:"},
		{"[[person]]\nname = \"ann\"\nrights = \"\"\nkeys = [\"" + key + "\"]\n", `rights of ann are ""; write "annotate" or "read"`},
		{"[[person]]\nname = \"ann\"\nrights = \" \"\nkeys = [\"" + key + "\"]\n", `rights of ann are " "`},
		{"[person]\nname = \"ann\"\nkeys = [\"" + key + "\"]\n", "write [[person]], since there may be several"},
		{"[person]\n", "write [[person]]"},
		{"[person.ann]\nkeys = [\"" + key + "\"]\n", "write [[person]]"},
		{"[[person]]\nname = \"Lee, Ann\"\nkeys = [\"" + key + "\"]\n", "has a comma"},
	} {
		path := filepath.Join(t.TempDir(), "people.toml")
		if err := os.WriteFile(path, []byte(x.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadPeople(path); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%q:\n got %v\nwant %s", x.text, err, x.want)
		}
	}
	path := filepath.Join(t.TempDir(), "people.toml")
	if _, err := ReadPeople(path); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("no file: %v", err)
	}
	if err := os.WriteFile(path, []byte("[[person]]\nname = \"ann\"\nkeys = [\""+key+"\"]\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o620); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadPeople(path); err == nil || !strings.Contains(err.Error(), "chmod go-w") {
		t.Errorf("a file that others write: %v", err)
	}
}

// A file that others may write from now on is complained of, and so is one that is no file any more, though nothing in it has changed.
func TestRightsOfTheFileOfPeople(t *testing.T) {
	t.Parallel()
	ann, key := newKey(t)
	for _, mode := range []os.FileMode{0o666, 0o620, 0o602} {
		path := filepath.Join(t.TempDir(), "people.toml")
		if err := os.WriteFile(path, []byte("[[person]]\nname = \"ann\"\nkeys = [\""+key+"\"]\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := ReadPeople(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, ok, err := p.find(ann.PublicKey()); !ok || err == nil || !strings.Contains(err.Error(), "chmod go-w") {
			t.Errorf("%v: %v, %v", mode, ok, err)
		}
		if _, _, err := p.find(ann.PublicKey()); err != nil {
			t.Errorf("%v: complained of again: %v", mode, err)
		}
	}
}

func FuzzPeople(f *testing.F) {
	f.Add("[[person]]\nname = \"ann\"\nkeys = [\"ssh-ed25519 AAAA\"]\n")
	f.Add("person = 3\n")
	f.Fuzz(func(t *testing.T, text string) {
		keys, err := parsePeople("/x", text)
		if err == nil && len(keys) == 0 {
			t.Error("nobody, and no error")
		}
		if err != nil && strings.ContainsAny(err.Error(), "\n\x1b") {
			t.Errorf("%q", err)
		}
	})
}
