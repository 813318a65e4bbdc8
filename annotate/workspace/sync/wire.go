package sync

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"syscall"
	"time"

	"byline/articles/clean"
)

// Two libraries that are brought together over a wire say, line by line of JSON, what is in [message]. The one that asks, the
// client, speaks first:
//
//	client  hello: the library it means, and how far it came with it the last time
//	server  hello: its library's identity; then ids, as many lines as it takes: the articles that changed since, or all
//	client  for some articles at a time, have: the hashes of the files that a folder would have of each
//	server  for each of these, files: those that the client lacks or has otherwise; and want: those that it would like
//	client  for each, files: those
//	server  took: how many decisions were new to it, and what it passed over
//	client  team: the events of its team, if they are not those of the server by its hello
//	server  team: those that the client lacks
//	client  end
//	server  end: how far it came
//
// A file is what a folder would have; see the package comment. Both take what they are given as they would from a folder.

// wireVersion is the version of what is said.
const wireVersion = 1

// Limits of what is taken from the other side.
const (
	mostWire    = 64 << 20 // bytes of a line
	givenAsMany = 4        // times as many bytes in all files that are given at once
	mostNoise   = 100      // lines that a shell may say before the other side does
	mostAtOne   = 256      // articles at once
	idle        = 5 * time.Minute
)

// A message is a line of what two libraries say. One field is set.
type message struct {
	Error string   `json:"error,omitempty"` // why it ends here
	Hello *hello   `json:"hello,omitempty"`
	IDs   []string `json:"ids,omitempty"`
	Have  []have   `json:"have,omitempty"`
	Give  *give    `json:"give,omitempty"`
	Took  *took    `json:"took,omitempty"`
	Team  *news    `json:"team,omitempty"`
	End   *point   `json:"end,omitempty"` // of the ids, or of all: how far the server came
}

// A hello is what both sides say first.
type hello struct {
	Byline  string `json:"byline"` // "sync"
	Version int    `json:"version"`
	Library string `json:"library,omitempty"` // a file on the server; empty for its usual one
	Known   string `json:"known,omitempty"`   // the identity of the server's library
	Since   *point `json:"since,omitempty"`   // how far the client came with it
	All     bool   `json:"all,omitempty"`     // the ids that follow are those of all articles
	Team    string `json:"team,omitempty"`    // a hash of the events of the server's team
	Who     string `json:"who,omitempty"`     // the server knows the client as, and takes nothing that is signed otherwise
	Reads   bool   `json:"reads,omitempty"`   // it takes nothing at all
}

// A point is up to which rows a library has come.
type point struct {
	Touched int64 `json:"touched"`
	Log     int64 `json:"log"`
}

// A have is what the client has of an article.
type have struct {
	Article string            `json:"article"`
	Hashes  map[string]string `json:"files,omitempty"`
	Gone    bool              `json:"gone,omitempty"`    // it does not want it
	Private bool              `json:"private,omitempty"` // it gives nothing of it to who has nothing of it
}

// A give is files of an article, and the names of those that are wanted of it.
type give struct {
	Article string            `json:"article"`
	Files   map[string]string `json:"files,omitempty"`
	Want    []string          `json:"want,omitempty"`
}

// A news is events of a team, and how many of the other side's were new.
type news struct {
	Events []string `json:"events,omitempty"`
	Took   int      `json:"took,omitempty"`
}

// A took is what some articles brought.
type took struct {
	Decisions int      `json:"decisions"`
	Articles  int      `json:"articles"`
	Told      []string `json:"told,omitempty"`
}

// A wire is a connection to another library.
type wire struct {
	in    *bufio.Reader
	out   *bufio.Writer
	close func() // ends reading at once

	most int // bytes of a line; of all files that are given at once, some times as many
}

func newWire(in io.Reader, out io.Writer, end func()) *wire {
	return &wire{bufio.NewReaderSize(in, 64<<10), bufio.NewWriterSize(out, 64<<10), end, mostWire}
}

// say writes a message; send writes it and all before.
func (w *wire) say(m *message) error {
	line, err := encode(m)
	if err != nil {
		return err
	}
	if len(line) > mostWire {
		return fmt.Errorf("an article is larger than %d MB, too large for a wire; use a folder", mostWire>>20)
	}
	_, err = w.out.Write(append(line, '\n'))
	return broken(err)
}

// flush writes what was said.
func (w *wire) flush() error { return broken(w.out.Flush()) }

// broken replaces what the system says of a pipe with nobody at its other end.
func broken(err error) error {
	if errors.Is(err, syscall.EPIPE) || errors.Is(err, os.ErrClosed) || errors.Is(err, io.ErrClosedPipe) {
		return errBroken
	}
	return err
}

func (w *wire) send(m *message) error {
	if err := w.say(m); err != nil {
		return err
	}
	return w.flush()
}

// errSilence says that the other side says nothing more.
var errSilence = fmt.Errorf("nothing came for %d minutes", int(idle.Minutes()))

// errBroken says that the other side ended before it was done.
var errBroken = errors.New("the connection broke off; sync again")

// read reads a message. It waits for as long as idle.
func (w *wire) read(ctx context.Context) (*message, error) {
	line, err := w.line(ctx)
	if errors.Is(err, io.EOF) {
		err = errBroken
	}
	if err != nil {
		return nil, err
	}
	var m message
	if err := json.Unmarshal(line, &m); err != nil {
		return nil, fmt.Errorf("it said what is no line of JSON: %.60q", line)
	}
	if m.Error != "" {
		return nil, fmt.Errorf("it says: %.500s", clean.Line(m.Error))
	}
	return &m, nil
}

// line reads a line.
func (w *wire) line(ctx context.Context) ([]byte, error) {
	silence := time.AfterFunc(idle, w.close)
	defer silence.Stop()
	defer context.AfterFunc(ctx, w.close)()
	var out []byte
	for {
		part, err := w.in.ReadSlice('\n')
		if len(out)+len(part) > w.most {
			return nil, fmt.Errorf("it said more than %d MB at once", w.most>>20)
		}
		out = append(out, part...)
		switch {
		case err == nil:
			return bytes.TrimRight(out, "\r\n"), nil
		case errors.Is(err, bufio.ErrBufferFull):
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case !silence.Stop():
			return nil, errSilence
		case errors.Is(err, io.EOF) && len(out) == 0:
			return nil, io.EOF
		default:
			return nil, errBroken
		}
	}
}

// mostHello is how many bytes a line of what is said first may have: it is not known yet who says it.
const mostHello = 1 << 20

// hello reads the other side's first message, after whatever a shell says before.
func (w *wire) hello(ctx context.Context) (*hello, error) {
	most := w.most
	w.most = mostHello
	defer func() { w.most = most }()
	var noise []string
	for range mostNoise {
		line, err := w.line(ctx)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		var m message
		if json.Unmarshal(line, &m) == nil {
			switch {
			case m.Error != "":
				return nil, fmt.Errorf("it says: %.500s", clean.Line(m.Error))
			case m.Hello != nil && m.Hello.Byline == "sync" && m.Hello.Version != wireVersion:
				return nil, fmt.Errorf("it speaks version %d of this, and this byline version %d; update the older", m.Hello.Version, wireVersion)
			case m.Hello != nil && m.Hello.Byline == "sync":
				return m.Hello, nil
			}
		}
		noise = append(noise, strings.TrimSpace(clean.Line(string(line[:min(len(line), 100)]))))
	}
	if len(noise) > 0 {
		return nil, fmt.Errorf("it is no byline that answers: %q", noise[len(noise)-1])
	}
	return nil, errors.New("no byline answered")
}
