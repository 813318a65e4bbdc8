package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"byline/articles/clean"
)

// A lookup gives a piece of a source access to the link references of the whole.
type lookup struct {
	parser.Context
	*blockReader
}

func (b *blockReader) lookup() parser.Context { return lookup{parser.NewContext(), b} }

// Reference returns the reference with that normalized label.
func (c lookup) Reference(label string) (parser.Reference, bool) {
	r, ok := c.refs[label]
	if !ok {
		r, ok = c.Context.Reference(label)
	}
	c.missed = c.missed || !ok
	return r, ok
}

// enough is the most bytes of references that are read.
const enough = 1 << 20

// references returns the definitions at the left edge after an empty line, outside fenced code, by
// label. Definitions elsewhere apply to their own piece only.
func references(src []byte) map[string]parser.Reference {
	refs := map[string]parser.Reference{}
	if bytes.IndexByte(src, '\r') >= 0 {
		src = bytes.ReplaceAll(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")), []byte("\r"), []byte("\n"))
	}
	read, fenced, seen := 0, false, 0
	for i := 0; read < enough; {
		at := bytes.Index(src[i:], []byte("]:"))
		if at < 0 {
			break
		}
		at += i
		begin := bytes.LastIndexByte(src[i:at], '\n') + 1 + i
		i = at + len("]:")
		if src[begin] != '[' || bytes.HasPrefix(src[begin:], []byte("[^")) || !afterBlank(src[:begin]) {
			continue
		}
		fenced = fenced != oddFences(src[seen:begin])
		if seen = begin; fenced {
			continue
		}
		block := paragraph(src[begin:])
		read += len(block)
		i = begin + len(block)
		define(block, refs)
	}
	return refs
}

// define adds the definitions in block, a paragraph; the first definition of a label wins.
func define(block []byte, refs map[string]parser.Reference) {
	pc := parser.NewContext()
	markup.Parse(text.NewReader([]byte(clean.Text(block))), parser.WithContext(pc))
	for _, r := range pc.References() {
		label := util.ToLinkReference(r.Label())
		if _, ok := refs[label]; !ok {
			refs[label] = r
		}
	}
}

// afterBlank reports whether the text after src, some lines, starts a paragraph.
func afterBlank(src []byte) bool {
	src = bytes.TrimRight(bytes.TrimSuffix(src, []byte("\n")), " ")
	return len(src) == 0 || src[len(src)-1] == '\n'
}

// oddFences reports whether src contains an odd number of code fences.
func oddFences(src []byte) bool {
	odd := false
	for _, mark := range []string{"\n```", "\n~~~"} {
		odd = odd != (bytes.Count(src, []byte(mark))%2 == 1)
	}
	return odd
}

// paragraph returns src up to its first empty line, or its first 64 KB.
func paragraph(src []byte) []byte {
	src = src[:min(len(src), 64<<10)]
	for i := 0; i < len(src); {
		end := bytes.IndexByte(src[i:], '\n') + 1
		if end == 0 || len(bytes.TrimSpace(src[i:i+end])) == 0 {
			if end > 0 {
				return src[:i]
			}
			break
		}
		i += end
	}
	return src
}
