package office

import (
	"encoding/xml"
	"net/url"
	"path"
	"strings"

	"byline/articles/archive"
)

// usualMain is where nearly every document has its text.
const usualMain = "word/document.xml"

// IsDOCX reports whether an archive is an Office Open XML text document.
func IsDOCX(z *archive.Zip) bool {
	if z.Has(usualMain) {
		return true
	}
	types, err := z.Read("[Content_Types].xml")
	return err == nil && strings.Contains(string(types), "wordprocessingml") && z.Has(mainPart(z))
}

// mainPart returns the part of a document that holds its text, as its relations say.
func mainPart(z *archive.Zip) string {
	if main := relationsOf(z, "").parts["officeDocument"]; main != "" && z.Has(main) {
		return main
	}
	return usualMain
}

// relations are what a part of a document refers to (ECMA-376, part 2, 9.3).
type relations struct {
	dir   string
	links map[string]string // addresses of links and pictures by their ID; those of pictures inside are names in the archive
	parts map[string]string // names of parts, by the last word of their type
}

// relationsOf returns the relations of a part; those of the whole document if part is empty.
func relationsOf(z *archive.Zip, part string) *relations {
	r := &relations{dir: path.Dir(part), links: map[string]string{}, parts: map[string]string{}}
	data, err := z.Read(path.Join(r.dir, "_rels", strings.TrimPrefix(path.Base(part), ".")+".rels"))
	if err != nil {
		return r // there are none
	}
	var list struct {
		All []relation `xml:"Relationship"`
	}
	_ = xml.Unmarshal(data, &list) // what was read before an error is kept
	for _, x := range list.All {
		r.add(x)
	}
	return r
}

// A relation is one of them.
type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:",attr"`
	Target string `xml:",attr"`
	Mode   string `xml:"TargetMode,attr"`
}

func (r *relations) add(x relation) {
	kind, inside := path.Base(x.Type), ""
	if x.Mode != "External" {
		inside = strings.TrimPrefix(path.Join("/", r.dir, x.Target), "/")
		if strings.HasPrefix(x.Target, "/") {
			inside = strings.TrimPrefix(path.Clean(x.Target), "/")
		}
	}
	switch {
	case kind == "image" && inside != "":
		r.links[x.ID] = (&url.URL{Path: inside}).EscapedPath()
	case kind == "image" || kind == "hyperlink":
		r.links[x.ID] = x.Target
	case inside != "" && r.parts[kind] == "":
		r.parts[kind] = inside
	}
}

// part returns the name of the part of a kind, or where documents usually have it.
func (r *relations) part(kind string) string {
	if name := r.parts[kind]; name != "" {
		return name
	}
	return path.Join(r.dir, kind+".xml")
}
