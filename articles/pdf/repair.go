package pdf

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
)

// Limits of rebuilding a table of objects.
const (
	mostObjects = 1 << 20
	mostPacked  = 32 << 20 // bytes of a stream that holds objects
)

var (
	objects  = regexp.MustCompile(`(?:^|[\s>])(\d{1,7})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b`)
	packed   = regexp.MustCompile(`/Type\s*/ObjStm\b`)
	counts   = regexp.MustCompile(`/N\s+(\d{1,7})`)
	begins   = regexp.MustCompile(`stream\r?\n`)
	roots    = regexp.MustCompile(`/Root\s+(\d+\s+\d+\s+R)`)
	infos    = regexp.MustCompile(`/Info\s+(\d+\s+\d+\s+R)`)
	locks    = regexp.MustCompile(`/Encrypt\s+(\d+\s+\d+\s+R)`)
	ids      = regexp.MustCompile(`(?s)/ID\s*(\[.{1,400}?\])`)
	catalogs = regexp.MustCompile(`/Type\s*/Catalog\b`)
	endless  = regexp.MustCompile(`/(Size|Count)\s+\d{8,}`)
)

// header returns data from its header on, with a header that the library knows.
func header(data []byte) []byte {
	i := bytes.Index(data[:min(len(data), 1024)], []byte("%PDF-"))
	if i < 0 || len(data) < i+10 {
		return data
	}
	data = data[i:]
	if bytes.HasPrefix(data, []byte("%PDF-1.")) && data[7] >= '0' && data[7] <= '7' && (data[8] == '\r' || data[8] == '\n') {
		return data
	}
	data = bytes.Clone(data)
	copy(data, "%PDF-1.7\n")
	return data
}

// A place is where an object stands: at a byte of the file, or as one of the objects in a stream.
type place struct {
	at, generation int
	stream, index  int // the number of the stream, 0 for none
}

// rebuild returns data with a new table of its objects, found by reading all of it (ISO 32000, 7.5.8); nil if
// there are none.
func rebuild(data []byte) []byte {
	table := map[int]place{}
	most := 0
	root := lastOf(roots, data)
	var streams []int
	for _, m := range objects.FindAllSubmatchIndex(data, mostObjects) {
		id, generation := number10(data[m[2]:m[3]]), number10(data[m[4]:m[5]])
		if id == 0 || id > mostObjects {
			continue
		}
		table[id] = place{at: m[2], generation: generation}
		most = max(most, id)
		start := data[m[1]:min(len(data), m[1]+400)]
		if packed.Match(start) {
			streams = append(streams, id)
		}
		if root == "" && catalogs.Match(start) {
			root = fmt.Sprintf("%d %d R", id, generation)
		}
	}
	for _, id := range streams {
		most = max(most, unpack(data, table, id))
	}
	if root == "" || len(table) == 0 {
		return nil
	}
	trailer := "/Root " + root
	for _, part := range []struct {
		key  string
		find *regexp.Regexp
	}{{"Info", infos}, {"Encrypt", locks}, {"ID", ids}} {
		if value := lastOf(part.find, data); value != "" {
			trailer += " /" + part.key + " " + value
		}
	}
	return withTable(withLengths(data, table), table, most, trailer)
}

var (
	lengths = regexp.MustCompile(`/Length\s+(\d{1,10})(\s+\d+\s+R\b)?`)
	ending  = []byte("endstream")
)

// withLengths returns data with copies at its end of the streams whose length is not given, or not theirs, and lets
// the table lead to those.
func withLengths(data []byte, table map[int]place) []byte {
	left := len(data) // bytes to copy: objects may overlap in a broken file
	out := data
	for _, id := range slices.Sorted(maps.Keys(table)) {
		p := table[id]
		if p.stream > 0 || p.at >= len(data) {
			continue
		}
		dict, start, end := streamAt(data, p.at, table)
		if end <= start {
			continue
		}
		if left -= end - start; left < 0 {
			break
		}
		p.at = len(out) + 1
		table[id] = p
		dict = lengths.ReplaceAll(dict, nil)
		close := bytes.LastIndex(dict, []byte(">>"))
		out = fmt.Appendf(out[:len(out):len(out)], "\n%s/Length %d%s\nstream\n%s\nendstream\nendobj\n", dict[:close], end-start, dict[close:], data[start:end])
	}
	return out
}

// streamAt returns the dictionary of the stream that stands at a byte, and from where to where its data go, if its own
// length does not say so; 0 and 0 otherwise.
func streamAt(data []byte, at int, table map[int]place) (dict []byte, start, end int) {
	const longest = 4000 // bytes of a dictionary
	head := data[at:min(len(data), at+longest)]
	begin := begins.FindIndex(head)
	if begin == nil || bytes.Contains(head[:begin[0]], []byte("endobj")) || !bytes.Contains(head[:begin[0]], []byte(">>")) {
		return nil, 0, 0
	}
	start = at + begin[1]
	if said := lengths.FindSubmatch(head[:begin[0]]); said != nil {
		n := number10(said[1])
		if p, ok := table[n]; len(said[2]) > 0 && ok && p.stream == 0 && p.at < len(data) {
			n = lengthAt(data[p.at:min(len(data), p.at+60)])
		}
		if after := start + n; after <= len(data) && bytes.HasPrefix(bytes.TrimLeft(data[after:min(len(data), after+20)], "\r\n "), ending) {
			return nil, 0, 0
		}
	}
	n := bytes.Index(data[start:], ending)
	if n < 0 {
		return nil, 0, 0
	}
	return head[:begin[0]], start, start + len(bytes.TrimRight(data[start:start+n], "\r\n"))
}

// lengthAt returns the number that an object is.
func lengthAt(object []byte) int {
	if _, after, ok := bytes.Cut(object, []byte("obj")); ok {
		if words := bytes.Fields(after); len(words) > 0 {
			return number10(words[0])
		}
	}
	return 0
}

func number10(digits []byte) int {
	n, _ := strconv.Atoi(string(digits)) // at most seven figures
	return n
}

// lastOf returns the first group of the last match, empty for none.
func lastOf(find *regexp.Regexp, data []byte) string {
	all := find.FindAllSubmatch(data, 10_000)
	if len(all) == 0 {
		return ""
	}
	return string(all[len(all)-1][1])
}

// unpack notes the objects in the stream with a number, and returns the greatest number among them.
func unpack(data []byte, table map[int]place, stream int) int {
	at := table[stream].at
	dict := data[at:min(len(data), at+1000)]
	n, begin := counts.FindSubmatch(dict), begins.FindIndex(dict)
	if n == nil || begin == nil || !bytes.Contains(dict[:begin[0]], []byte("FlateDecode")) {
		return 0
	}
	z, err := zlib.NewReader(bytes.NewReader(data[at+begin[1]:]))
	if err != nil {
		return 0
	}
	text, _ := io.ReadAll(io.LimitReader(z, mostPacked)) // what is before an error counts
	most := 0
	pairs := bytes.Fields(text[:min(len(text), 16*(number10(n[1])+1))])
	for i := range min(number10(n[1]), len(pairs)/2) {
		id, err := strconv.Atoi(string(pairs[2*i]))
		if err != nil {
			break
		}
		if was, ok := table[id]; id > 0 && id <= mostObjects && (!ok || was.at < at) {
			table[id] = place{at: at, stream: stream, index: i}
			most = max(most, id)
		}
	}
	return most
}

// withTable returns data with a table of objects at its end.
func withTable(data []byte, table map[int]place, most int, trailer string) []byte {
	own := most + 1
	start := len(data) + 1
	table[own] = place{at: start}
	rows := make([]byte, 0, 10*(own+1))
	for id := range own + 1 {
		p, ok := table[id]
		kind, second, third := byte(1), p.at, p.generation
		switch {
		case !ok:
			kind = 0
		case p.stream > 0:
			kind, second, third = 2, p.stream, p.index
		}
		rows = append(rows, kind, byte(uint64(second)>>32))
		rows = binary.BigEndian.AppendUint32(rows, uint32(second))
		rows = binary.BigEndian.AppendUint32(rows, uint32(third))
	}
	var out bytes.Buffer
	out.Grow(len(data) + len(rows) + 500)
	out.Write(data)
	fmt.Fprintf(&out, "\n%d 0 obj\n<< /Type /XRef /Size %d /W [1 5 4] /Length %d %s >>\nstream\n", own, own+1, len(rows), trailer)
	out.Write(rows)
	fmt.Fprintf(&out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start)
	return out.Bytes()
}
