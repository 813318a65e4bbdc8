package screens_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"byline/annotate/workspace"
	"byline/annotate/workspace/pages"
	"byline/articles/fetch"
	"byline/ui/config"
	"byline/ui/screens"
	"byline/ui/uitest"
)

// A drawer is a terminal that answers what it is asked about pictures, and keeps what is written to it.
type drawer struct {
	*uitest.Screen
	answers map[string]string // to what is asked
	keys    *io.PipeReader
	in      *io.PipeWriter

	answered chan struct{} // closed when the program has the answers

	mu   sync.Mutex
	wire []byte
}

// The questions.
const (
	askKitty   = "a=q"
	askVersion = "\x1b[>q"
	askCell    = "\x1b[16t"
	askClass   = "\x1b[c"
)

func newDrawer(answers map[string]string) *drawer {
	d := &drawer{Screen: uitest.NewScreen(90, 30).InProcess(), answers: answers, answered: make(chan struct{})}
	d.keys, d.in = io.Pipe()
	go io.Copy(d.in, readerFunc(d.Screen.Read))
	return d
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// Write implements [io.Writer]: the emulator does not see what is asked, so that it does not answer too.
func (d *drawer) Write(p []byte) (int, error) {
	d.mu.Lock()
	d.wire = append(d.wire, p...)
	d.mu.Unlock()
	shown, answer := string(p), ""
	for _, ask := range []string{askKitty, askVersion, askCell, askClass} {
		if strings.Contains(shown, ask) {
			answer += d.answers[ask]
		}
	}
	last := strings.Contains(shown, askCell)
	go func() {
		io.WriteString(d.in, answer)
		if last {
			close(d.answered)
		}
	}()
	for _, ask := range []string{askVersion, askClass} {
		shown = strings.ReplaceAll(shown, ask, "")
	}
	_, err := d.Screen.Write([]byte(shown))
	return len(p), err
}

// Read implements [io.Reader].
func (d *drawer) Read(p []byte) (int, error) { return d.keys.Read(p) }

func (d *drawer) sent() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return string(d.wire)
}

// kittyAnswers are those of a terminal with kitty's protocol that calls itself name.
func kittyAnswers(name string) map[string]string {
	return map[string]string{
		askKitty: "\x1b_Gi=31;OK\x1b\\", askVersion: "\x1bP>|" + name + "\x1b\\", askCell: "\x1b[6;20;10t", askClass: "\x1b[?62;22c",
	}
}

// sixelAnswers are those of a terminal with sixels.
var sixelAnswers = map[string]string{askVersion: "\x1bP>|foot(1.20)\x1b\\", askCell: "\x1b[6;20;10t", askClass: "\x1b[?62;4;22c"}

// picturesIn starts the screens on the terminal d and an article with pictures.
func picturesIn(t *testing.T, d *drawer, text string, environ ...string) {
	t.Helper()
	dir := t.TempDir()
	var b bytes.Buffer
	img := image.NewRGBA(image.Rect(0, 0, 300, 100))
	for i := range 300 * 100 {
		img.Set(i%300, i/300, color.RGBA{uint8(i), uint8(i / 300), 90, 255})
	}
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	bomb := append([]byte(nil), b.Bytes()...)
	copy(bomb[16:], "\x00\x00\xff\xff\x00\x00\xff\xff") // 65,535 pixels either way
	binary.BigEndian.PutUint32(bomb[29:], crc32.ChecksumIEEE(bomb[12:29]))
	files := map[string]string{
		"lamps.png": b.String(), "bomb.png": string(bomb), "text.png": "\x1b_Gevil\x1b\\ \x1b]0;evil\a", "a.md": text,
		"data.md": strings.ReplaceAll(text, "lamps.png", "data:image/png;base64,"+base64.StdEncoding.EncodeToString(b.Bytes())),
	}
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mode, name := "auto", "a.md"
	env := []string{"TERM=xterm-256color"}
	for _, e := range environ {
		if at, ok := strings.CutPrefix(e, "pictures="); ok {
			mode = at
		} else if at, ok := strings.CutPrefix(e, "open="); ok {
			name = at
		}
		env = append(env, e)
	}
	w, err := workspace.Open(t.Context(), filepath.Join(dir, "library.db"), crowd{}, workspace.Options{Who: "ann"})
	if err != nil {
		t.Fatal(err)
	}
	settings, _ := config.Load("")
	settings.Pictures = mode
	_, m, err := screens.New(t.Context(), screens.Options{
		Fetcher: &pages.Fetcher{Workspace: w, Client: &fetch.Client{Agent: "test"}}, Config: settings, Names: []string{filepath.Join(dir, name)}, Environ: env,
	})
	if err != nil {
		t.Fatal(err)
	}
	p := uitest.Program(m, d.Screen, tea.WithInput(d), tea.WithOutput(d))
	done := make(chan struct{})
	go func() {
		defer close(done)
		p.Run()
	}()
	t.Cleanup(func() {
		p.Kill()
		<-done
		w.Close(t.Context())
	})
}

const lampText = "# Lamps\n\nThe office put new lamps on the quay.\n\n![](lamps.png \"Six lamps\")\n\nNobody was glad.\n\n![](bomb.png)\n\n![](text.png)\n\n![](https://127.0.0.1:1/far.png)\n\nThe end.\n"

// placed returns the cells of the screen that show a picture: where the first is, and how many.
func placed(d *drawer) (at image.Point, n int) {
	for y := range 30 {
		for x := range 90 {
			if c := d.Cell(x, y); strings.HasPrefix(c.Content, "\U0010EEEE") {
				if n++; n == 1 {
					at = image.Pt(x, y)
				}
			}
		}
	}
	return at, n
}

var transmitted = regexp.MustCompile(`\x1b_G([^;\x1b]*);([^\x1b]*)\x1b\\`)

// pictureOn returns the options and the size of the picture on the wire.
func pictureOn(t *testing.T, wire string) (options string, size image.Point) {
	t.Helper()
	var data []byte
	for _, m := range transmitted.FindAllStringSubmatch(wire, -1) {
		if strings.Contains(m[1], "a=q") {
			continue
		}
		if strings.Contains(m[1], "a=T") {
			options, data = m[1], nil
		}
		part, err := base64.StdEncoding.DecodeString(m[2])
		if err != nil {
			t.Fatal(err)
		}
		data = append(data, part...)
	}
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("%v after %q", err, options)
	}
	return options, image.Pt(c.Width, c.Height)
}

// In kitty a picture is cells among those of the text: it scrolls with them and goes under what covers them.
func TestPicturesInTheText(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a.md", "data.md"} {
		d := newDrawer(kittyAnswers("kitty(0.40.1)"))
		picturesIn(t, d, lampText, "open="+name)
		d.Until(t, "a picture in the text", func() bool { _, n := placed(d); return n == 30*5 })
		options, size := pictureOn(t, d.sent())
		if !strings.Contains(options, "U=1") || !strings.Contains(options, "c=30") || !strings.Contains(options, "r=5") || size != image.Pt(300, 100) {
			t.Errorf("%q, %v", options, size)
		}
		at, _ := placed(d)
		c := d.Cell(at.X, at.Y)
		if got := fmt.Sprint(c.Style.Fg); got != "16" || c.Content != "\U0010EEEE\u0305\u0305\u030D" {
			t.Errorf("the first cell is %q in %s", c.Content, got)
		}
		if c := d.Cell(at.X+2, at.Y+1); c.Content != "\U0010EEEE\u030D\u030E\u030D" {
			t.Errorf("the third of the second row is %q", c.Content)
		}
		for _, line := range []string{"Six lamps", "[image: bomb.png]", "[image: text.png]", "[image: far.png]"} {
			d.Wait(t, line)
		}
		if strings.Contains(d.Text(), "[image: Six lamps]") || strings.Contains(d.sent(), "evil") {
			t.Error(d.Text())
		}
		d.Type("?")
		d.Until(t, "the help over the picture", func() bool { _, n := placed(d); return n < 100 })
		d.Type("\x1b")
		d.Until(t, "the picture again", func() bool { _, n := placed(d); return n == 30*5 })
		d.Type("Q")
		d.Until(t, "the picture is removed", func() bool { return strings.Contains(d.sent(), "a=d,d=I,i=16777232") })
	}
}

// Elsewhere a picture is shown on a screen of its own, and nothing is left of it after that.
func TestPictureOnAScreen(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		answers         map[string]string
		drawn, put, out string
	}{
		"kitty":   {kittyAnswers("kitty(0.40.1)"), "\x1b_G", "c=30,r=5,U=1", "a=d,d=I,i=16777"},
		"wezterm": {kittyAnswers("WezTerm 2026"), "\x1b7\x1b[13;31H\x1b_G", "c=30,r=5", "a=d,d=I,i=16777232,q=2\x1b\\"},
		"sixel":   {sixelAnswers, "\x1b7\x1b[13;31H\x1bP0;1q\"1;1;300;100", "", "\x1b[2J"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDrawer(c.answers)
			picturesIn(t, d, lampText)
			d.Wait(t, "[image: far.png]")
			<-d.answered
			d.Type("\x1bp")
			d.Until(t, "the picture on a screen of its own", func() bool {
				_, _, ok := d.Find("Six lamps · 300 × 100 · 1 of 4")
				return ok && strings.Contains(d.sent(), c.drawn)
			})
			if name != "sixel" {
				options, size := pictureOn(t, d.sent())
				if !strings.Contains(options, "a=T") || size != image.Pt(300, 100) {
					t.Errorf("%q, %v", options, size)
				}
			}
			d.Type("l")
			d.Wait(t, "Not shown: it has more than 25 megapixels")
			d.Type("l")
			d.Wait(t, "Not shown: not a PNG")
			d.Type("l")
			d.Wait(t, "Not shown: far.png: it is on the web, not on this disk. Enter fetches")
			d.Wait(t, "https://127.0.0.1:1/far.png")
			d.Type("\r")
			d.Wait(t, "the address is inside a private network")
			d.Type("h\x1b")
			d.Wait(t, "Nobody was glad")
			if s := d.sent(); !strings.Contains(s, c.out) || strings.Contains(s, "evil") {
				t.Errorf("%q is not in %q", c.out, s[max(0, len(s)-3000):])
			}
		})
	}
}

// Where nothing is to be gained, nothing is asked.
func TestTerminalIsNotAsked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text, environ string
		kitty, class  bool
	}{
		"tmux": {lampText, "TMUX=/tmp/x", false, true}, "line": {lampText, "pictures=line", false, false},
		"dumb": {lampText, "TERM=linux", false, false}, "no pictures": {"# Lamps\n\nNobody was glad. The end.\n", "A=b", false, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDrawer(kittyAnswers("kitty(0.40.1)"))
			picturesIn(t, d, c.text, c.environ)
			d.Wait(t, "The end.")
			d.Type("\x1bp")
			d.Until(t, "an answer to the key", func() bool {
				return strings.Contains(d.Text(), "This terminal draws no pictures") || strings.Contains(d.Text(), "This article has no pictures")
			})
			if s := d.sent(); strings.Contains(s, askKitty) != c.kitty || strings.Contains(s, askClass) != c.class {
				t.Errorf("asked: %q", s)
			}
			if _, n := placed(d); n > 0 {
				t.Error(d.Text())
			}
		})
	}
	t.Run("off", func(t *testing.T) {
		t.Parallel()
		d := newDrawer(kittyAnswers("kitty(0.40.1)"))
		picturesIn(t, d, lampText, "pictures=off")
		d.Wait(t, "The end.")
		if strings.Contains(d.Text(), "[image") || strings.Contains(d.sent(), askClass) {
			t.Error(d.Text())
		}
	})
}

// TestPictureSizes draws the text with pictures, and one on its own screen, at every size.
func TestPictureSizes(t *testing.T) {
	t.Parallel()
	dir := filepath.Dir(writeFile(t, "a.md", lampText))
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 60, 500))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "lamps.png"), b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	_, w := open(t, crowd{}, writeFile(t, "none.md", "Nobody.\n"))
	settings, _ := config.Load("")
	_, m, err := screens.New(t.Context(), screens.Options{
		Fetcher: &pages.Fetcher{Workspace: w, Client: &fetch.Client{}}, Config: settings, Names: []string{filepath.Join(dir, "a.md")}, Environ: []string{"TERM=xterm-kitty", "COLORTERM=truecolor"},
	})
	if err != nil {
		t.Fatal(err)
	}
	s := uitest.Steps{T: t, Model: m}
	s.Send(tea.WindowSizeMsg{Width: 100, Height: 40})
	s.Run(m.Init())
	answer := uv.KittyGraphicsEvent{Payload: []byte("OK")}
	answer.Options.ID = 31
	for _, msg := range []tea.Msg{answer, tea.TerminalVersionMsg{Name: "ghostty 1.2"}, uv.CellSizeEvent{Width: 9, Height: 18}, uv.PrimaryDeviceAttributesEvent{62}} {
		s.Send(msg)
	}
	if !strings.Contains(s.View(), "\U0010EEEE") {
		t.Fatal("no picture in the text")
	}
	draws(t, s, "a text with pictures")
	s.Send(tea.WindowSizeMsg{Width: 100, Height: 40})
	if !strings.Contains(s.View(), "\U0010EEEE") {
		t.Error("the picture did not come back")
	}
	s.Send(tea.KeyPressMsg{Code: 'p', Mod: tea.ModAlt})
	shows(t, s, "Six lamps · 60 × 500")
	draws(t, s, "a picture")
}
