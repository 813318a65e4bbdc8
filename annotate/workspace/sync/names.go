package sync

import (
	"path"
	"regexp"
	"strings"

	"byline/annotate/team"
)

// The files of a folder.
const (
	folderName     = "byline"
	markerFile     = "byline.json"
	attributesFile = ".gitattributes"
	teamFile       = "team.jsonl"
	articlesDir    = "articles"
	logDir         = "log"
)

var (
	isID   = regexp.MustCompile(`^[0-9a-f]{16}(-[0-9]{1,6})?$`)
	isHash = regexp.MustCompile(`^[0-9a-f]{16}$`)
	isWho  = regexp.MustCompile(`^([a-z0-9-]{1,40}|[a-z0-9-]{0,40}\.[0-9a-f]{12})$`)
)

func aboutPath(id string) string { return path.Join(articlesDir, id[:2], id+".about.jsonl") }

func textPath(id, hash string) string { return path.Join(articlesDir, id[:2], id+"."+hash+".txt") }

func logPath(id, who string) string {
	return path.Join(logDir, id[:2], id+"."+team.FileName(who)+".jsonl")
}

// A fileKind says what a file of a folder holds.
type fileKind uint8

const (
	foreignFile fileKind = iota // none of byline's
	aboutFile
	textFile
	logFile
)

// parsePath returns what the file at a path in one of the folders of articles or log is: of which article, and of which text
// or whose.
func parsePath(p string) (kind fileKind, id, of string) {
	dir, name := path.Split(p)
	id, rest, ok := strings.Cut(name, ".")
	if !ok || !isID.MatchString(id) {
		return foreignFile, "", ""
	}
	of, ext := strings.TrimSuffix(rest, path.Ext(rest)), path.Ext(rest)
	switch {
	case dir == articlesDir+"/"+id[:2]+"/" && rest == "about.jsonl":
		return aboutFile, id, ""
	case dir == articlesDir+"/"+id[:2]+"/" && ext == ".txt" && isHash.MatchString(of):
		return textFile, id, of
	case dir == logDir+"/"+id[:2]+"/" && ext == ".jsonl" && isWho.MatchString(of):
		return logFile, id, of
	}
	return foreignFile, "", ""
}
