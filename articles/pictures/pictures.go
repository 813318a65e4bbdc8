// Package pictures finds the pictures of an article on the disk: in files beside its source, and in the source itself
// where that is a book, an office document, a message, a saved page, or a page or a text with pictures written into
// it. It reads what is there and decodes nothing but the wrapping; it never uses the network.
package pictures

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"byline/articles"
	"byline/articles/archive"
	"byline/articles/clean"
	"byline/articles/mail"
	"byline/articles/stream"
)

// Errors of pictures that cannot be shown. Each comes wrapped with the name of the picture.
var (
	ErrRemote = errors.New("it is on the web, not on this disk") // its address says where
	errAbsent = errors.New("it is not where the article says")
	errLarge  = errors.New("the file is larger than 32 MB")
)

// Limits of a picture and of a source that holds pictures.
const (
	maxPicture = 32 << 20
	maxSource  = 256 << 20
)

// Read returns the bytes of a picture of the article whose source is source. The error is [ErrRemote] if
// the picture is not on the disk and has an address on the web.
func Read(ctx context.Context, source string, p articles.Picture) ([]byte, error) {
	data, err := read(ctx, source, p)
	if err == nil && len(data) > maxPicture {
		err = errLarge
	}
	if err == nil && len(data) == 0 {
		err = errAbsent
	}
	if isWeb(p.Address) && errors.Is(err, errAbsent) {
		err = ErrRemote
	}
	if err != nil {
		name := p.Name()
		if name == "" {
			name = "the picture"
		}
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return data, nil
}

func isWeb(address string) bool {
	return strings.HasPrefix(address, "http://") || strings.HasPrefix(address, "https://")
}

func read(ctx context.Context, source string, p articles.Picture) ([]byte, error) {
	file, part := split(source)
	if file == "" || p.Address == "" {
		return nil, errAbsent
	}
	for _, at := range []string{p.Beside, p.Address} {
		if name, ok := local(at); ok && part == "" {
			if data, err := readFile(ctx, filepath.Join(filepath.Dir(file), filepath.FromSlash(name)), maxPicture); !errors.Is(err, errAbsent) {
				return data, err
			}
		}
	}
	if isWeb(p.Address) && !isSaved(file) {
		return nil, errAbsent
	}
	data, err := readFile(ctx, file, maxSource)
	if err != nil {
		return nil, err
	}
	return inside(ctx, data, part, p.Address)
}

// split returns the file of a source and, for one article of several in it, the name of its part. A source on
// the web has no file.
func split(source string) (file, part string) {
	if isWeb(source) || source == "-" {
		return "", ""
	}
	if info, err := os.Stat(source); err == nil && info.Mode().IsRegular() {
		return source, ""
	}
	if at := strings.IndexByte(source, '#'); at > 0 {
		return source[:at], source[at+1:]
	}
	return "", ""
}

// isSaved reports whether a file may be a page saved as a message.
func isSaved(file string) bool {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".mhtml", ".mht", ".eml":
		return true
	}
	return false
}

// local returns the path that an address stands for, if it is one relative to the source.
func local(address string) (string, bool) {
	if address == "" || address[0] == '/' || strings.Contains(address, ":") {
		return "", false
	}
	name, err := url.PathUnescape(address)
	return name, err == nil && !strings.ContainsAny(name, "\x00\\:")
}

// readFile returns a regular file of at most so many bytes.
func readFile(ctx context.Context, name string, most int64) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil || !info.Mode().IsRegular():
		return nil, errAbsent
	case info.Size() > most:
		return nil, errLarge
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, errAbsent
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(stream.Reader(ctx, f), most+1))
}

// inside returns the picture at an address in a source.
func inside(ctx context.Context, source []byte, part, address string) ([]byte, error) {
	switch {
	case strings.HasPrefix(address, "data:"):
		if z := zipOf(source); z != nil {
			var err error
			if source, err = z.Read(part); err != nil {
				return nil, errAbsent
			}
		}
		return written(ctx, source, address)
	case mail.Is(source):
		if data, ok := mail.Picture(source, address); ok {
			return data, nil
		}
		return nil, errAbsent
	}
	name, ok := local(address)
	z := zipOf(source)
	if !ok || z == nil {
		return nil, errAbsent
	}
	data, err := z.Read(path.Join(path.Dir("/"+part), name))
	if errors.Is(err, archive.ErrMissing) {
		err = errAbsent
	}
	return data, err
}

// zipOf returns a source that is an archive; nil if it is none.
func zipOf(source []byte) *archive.Zip {
	if !bytes.HasPrefix(source, []byte("PK\x03\x04")) {
		return nil
	}
	z, err := archive.Open(source)
	if err != nil {
		return nil
	}
	return z
}

// written returns the picture of the data URL called name in a source.
func written(ctx context.Context, source []byte, name string) ([]byte, error) {
	const start = "data:image/"
	for at := 0; ctx.Err() == nil; {
		i := bytes.Index(source[at:], []byte(start))
		if i < 0 {
			return nil, errAbsent
		}
		at += i
		stops := " \t\r\n>)"
		if at > 0 && strings.IndexByte("\"'", source[at-1]) >= 0 {
			stops = string(source[at-1])
		}
		end := len(source)
		if n := bytes.IndexAny(source[at:], stops); n >= 0 {
			end = at + n
		}
		if address := string(source[at:end]); clean.DataName(address) == name {
			return decode(address)
		}
		at += len(start)
	}
	return nil, ctx.Err()
}

// decode returns the bytes of a data URL.
func decode(address string) ([]byte, error) {
	head, body, ok := strings.Cut(strings.Join(strings.Fields(address), ""), ",")
	text, err := url.PathUnescape(body)
	if !ok || err != nil {
		return nil, errAbsent
	}
	if !strings.HasSuffix(strings.ToLower(head), ";base64") {
		return []byte(text), nil
	}
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "="))
	if err != nil {
		return nil, errAbsent
	}
	return data, nil
}
