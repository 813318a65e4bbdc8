package standoff

import (
	"strings"

	"github.com/google/uuid"

	"byline/articles"
)

// Address returns the address of an article: its source where that is one on the web,
// else a name made of its ID.
func Address(a *articles.Article) string {
	if strings.HasPrefix(a.Source, "http://") || strings.HasPrefix(a.Source, "https://") {
		return a.Source
	}
	return articleURN(a.ID)
}

// articleURN names an article that has no address: an UUID of its ID.
func articleURN(id string) string { return URN("article", id) }

// URN returns an UUID of version 5 (RFC 9562) made of parts, the same for the same.
func URN(parts ...string) string {
	return "urn:uuid:" + uuid.NewSHA1(uuid.NameSpaceOID, []byte(strings.Join(parts, "\x00"))).String()
}
