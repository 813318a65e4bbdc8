package sync

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"regexp"
	"strings"
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

// personFile returns the part of a file's name that stands for somebody. No two people have the same, and none has one that
// a file system takes for another's because it is blind to case or to how accents are written.
func personFile(who string) string {
	if isWho.MatchString(who) && !strings.Contains(who, ".") {
		return who
	}
	plain := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', '0' <= r && r <= '9', r == '-':
			return r
		case r == ' ', r == '.', r == '_', r == '/', r == '\\':
			return '-'
		}
		return -1
	}, strings.ToLower(who))
	sum := sha256.Sum256([]byte(who))
	return plain[:min(len(plain), 40)] + "." + hex.EncodeToString(sum[:6])
}

func aboutPath(id string) string { return path.Join(articlesDir, id[:2], id+".about.jsonl") }

func textPath(id, hash string) string { return path.Join(articlesDir, id[:2], id+"."+hash+".txt") }

func logPath(id, who string) string {
	return path.Join(logDir, id[:2], id+"."+personFile(who)+".jsonl")
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
