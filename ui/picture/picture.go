// Package picture draws the pictures of articles where the terminal can: with the graphics protocol of kitty, among
// the cells of the text where the terminal puts pictures in the place of certain characters (kitty, Ghostty) and on
// a screen of their own elsewhere (WezTerm, Konsole), or as sixels (foot, xterm, mlterm, Windows Terminal).
//
// A [Terminal] is asked what it can do, once, when the first article with pictures is opened. What it does not
// say it cannot do: then a picture stays the line that stands for it.
//
// Nothing of a picture's file reaches the terminal: it is decoded here, within limits, drawn at the size that it
// has on the screen, and the result is encoded again.
package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	_ "image/gif"  // decodes them
	_ "image/jpeg" // decodes them
	_ "image/png"  // decodes them
	"io"
	"sync"
	"time"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // decodes them
)

// Limits of a picture. One of 25 megapixels takes about 100 MB for as long as it is decoded and made small, a
// progressive JPEG three times as much.
const (
	maxPixels = 25_000_000
	patience  = 10 * time.Second
)

// Errors of pictures that are not drawn.
var (
	errKind  = errors.New("not a PNG, JPEG, GIF or WebP picture")
	errLarge = errors.New("it has more than 25 megapixels")
)

// one lets one picture be decoded at a time.
var one sync.Mutex

// Decode returns the picture in data, of an animation the first frame, no larger than most pixels, and the size
// that it had.
func Decode(ctx context.Context, data []byte, most image.Point) (small image.Image, size image.Point, err error) {
	head, _, err := image.DecodeConfig(bytes.NewReader(data))
	size = image.Pt(head.Width, head.Height)
	if err != nil || size.X <= 0 || size.Y <= 0 {
		return nil, size, errKind
	}
	for _, p := range append(framesOf(data), size) {
		if p.X > 0 && p.Y > maxPixels/p.X {
			return nil, size, errLarge
		}
	}
	one.Lock()
	defer one.Unlock()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	full, _, err := image.Decode(&patient{bytes.NewReader(data), ctx.Err})
	if ctx.Err() != nil { // image hides the errors of readers
		err = ctx.Err()
	}
	if err != nil {
		return nil, size, fmt.Errorf("decode the picture: %w", err)
	}
	return shrink(full, most), size, nil
}

// framesOf returns the sizes that the frames of a WebP file give themselves, which need not be that of the file.
func framesOf(data []byte) (sizes []image.Point) {
	const head, most = len("RIFFsizeWEBP"), 1 << 14
	if len(data) < head || string(data[:4]) != "RIFF" {
		return nil
	}
	for data = data[head:]; len(data) >= 18; {
		kind, body := string(data[:4]), data[8:]
		switch kind {
		case "VP8 ":
			sizes = append(sizes, image.Pt(int(binary.LittleEndian.Uint16(body[6:]))%most, int(binary.LittleEndian.Uint16(body[8:]))%most))
		case "VP8L":
			bits := int(binary.LittleEndian.Uint32(body[1:]))
			sizes = append(sizes, image.Pt(bits%most+1, bits/most%most+1))
		}
		n := int(binary.LittleEndian.Uint32(data[4:]))
		if n += n % 2; n > len(body) {
			break
		}
		data = body[n:]
	}
	return sizes
}

// A patient reader ends with an error when it is told to stop.
type patient struct {
	io.Reader
	stop func() error
}

// Read implements [io.Reader].
func (p *patient) Read(b []byte) (int, error) {
	if err := p.stop(); err != nil {
		return 0, err
	}
	return p.Reader.Read(b[:min(len(b), 64<<10)])
}

// shrink returns full, made as small as it takes to fit into most, and never larger.
func shrink(full image.Image, most image.Point) image.Image {
	size := full.Bounds().Size()
	to := within(size, most)
	if to.X >= size.X && to.Y >= size.Y {
		to = size
	}
	small := image.NewRGBA(image.Rectangle{Max: to})
	draw.ApproxBiLinear.Scale(small, small.Bounds(), full, full.Bounds(), draw.Src, nil)
	return small
}

// within returns the largest size of the shape of size that fits into most, at least one pixel either way.
func within(size, most image.Point) image.Point {
	if size.X*most.Y > most.X*size.Y {
		return image.Pt(max(1, most.X), max(1, size.Y*most.X/size.X))
	}
	return image.Pt(max(1, size.X*most.Y/size.Y), max(1, most.Y))
}

// Fit returns how many cells a picture takes, whose size is in pixels, at most so many: as many as it has pixels
// for, or fewer.
func Fit(size, cell, most image.Point) image.Point {
	px := within(size, image.Pt(min(size.X, most.X*cell.X), min(size.Y, most.Y*cell.Y)))
	up := func(n, of int) int { return (n + of - 1) / of }
	return image.Pt(max(1, min(most.X, up(px.X, cell.X))), max(1, min(most.Y, up(px.Y, cell.Y))))
}
