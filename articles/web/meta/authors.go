package meta

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

// authorMetas are the names of meta elements that give authors, and what they are worth.
var authorMetas = map[string]float64{
	"author": 0.55, "article:author": 0.5, "parsely-author": 0.7, "sailthru.author": 0.7, "dc.creator": 0.6, "dcterms.creator": 0.6, "dc:creator": 0.6, "dcsext.author": 0.5,
	"citation_author": 0.7, "byl": 0.7, "byline": 0.7, "dc.creator.personalname": 0.6, "dc.contributor": 0.2, "article:author_name": 0.6, "article.author": 0.6,
	"cxenseparse:author": 0.6, "rbauthors": 0.6, "og:article:author": 0.5, "book:author": 0.5, "authors": 0.6, "og:author": 0.5, "creator": 0.4,
	"shareaholic:article_author_name": 0.6, "author_name": 0.6, "article_author": 0.6, "dc.creator.name": 0.6, "citation_authors": 0.7, "bt:author": 0.6, "rnews:creator": 0.6, "vr:author": 0.6, "article:author:name": 0.6, "author-name": 0.6, "authorname": 0.6, "news_author": 0.6, "journalist": 0.6,
	"article:contributor": 0.3, ownerMeta: 0.2, "copyright": 0.04, "publisher": 0.03,
}

// A byline is what one place says of the authors.
type byline struct{ people, agencies []string }

func (b byline) empty() bool { return len(b.people)+len(b.agencies) == 0 }

func (b byline) key() string {
	keys := make([]string, 0, len(b.people))
	for _, p := range b.people {
		keys = append(keys, fold(p))
	}
	slices.Sort(keys)
	return strings.Join(keys, "+")
}

// Credits gather what the places of a page say of who wrote its article: of people, and, as lists of the same kind, of agencies and
// other bodies.
type credits struct {
	*facts
	title           string
	persons, bodies []claim[byline]
	more            byline // who is credited beside the authors
}

// put adds that a place of a kind names b.
func (c *credits) put(kind string, b byline, worth float64) {
	if inTitle(b.people, c.title) {
		return
	}
	b, others := c.apart(b)
	if len(others.people) > 0 {
		share := 0.8
		if !slices.ContainsFunc(others.people, func(s string) bool { return !ofSite(s, c.names) }) {
			share = 0.35
		}
		c.bodies = append(c.bodies, claim[byline]{others, others.key(), worth * share, kind})
	}
	if len(b.people) > 0 {
		c.persons = append(c.persons, claim[byline]{b, b.key(), worth * max(likely(b.people), sure[kind]), kind})
	}
}

// gather puts what the page says.
func (c *credits) gather() {
	for _, w := range c.works() {
		c.put("ld:author", c.thing(w.object, "author"), 0.75*w.trust)
		c.put("ld:creator", c.thing(w.object, "creator"), 0.4*w.trust)
	}
	c.put("card", parseByline(html.UnescapeString(c.cardAuthor())), 0.6)
	c.put("card", parseByline(c.value("twitter:creator")), 0.4)
	for _, s := range c.dataAuthors {
		if !isAddress(s) {
			c.put("data", parseByline(s), 0.35)
		}
	}
	c.inMetas()
	if m := inDescription.FindStringSubmatch(c.value("og:description", "description")); m != nil {
		c.put("description", parseByline(html.UnescapeString(m[1])), 0.35)
	}
	c.visible()
	c.atRight()
}

// judge returns the people and the agencies who wrote the article.
func (c *credits) judge() (people, agencies []string) {
	persons, bodies := share(withoutLists(c.persons)), share(withoutLists(c.bodies))
	best, support := judge(persons)
	body, named := judge(bodies)
	if support < 0.15 || support < 0.3 && named > support {
		best.people = nil
	}
	if len(best.people)+len(c.more.people) > 0 {
		all := byline{people: slices.Clone(best.people)}
		all.add(c.more)
		return all.people, agenciesOf(bodies, c.names)
	}
	if named >= 0.05 {
		return nil, body.people
	}
	return nil, nil
}

// apart returns the people of a byline, and beside them its agencies with the names that are the site's.
func (c *credits) apart(b byline) (people, bodies byline) {
	bodies.people = slices.Clone(b.agencies)
	for _, p := range b.people {
		if ofSite(p, c.names) && !isSurelyPerson(p) {
			bodies.people = append(bodies.people, p)
		} else {
			people.people = append(people.people, p)
		}
	}
	return people, bodies
}

// inTitle reports whether people are words of the title that were taken for names.
func inTitle(people []string, title string) bool {
	if len(people) == 1 {
		return fold(people[0]) == fold(title)
	}
	for _, p := range people {
		if !strings.Contains(fold(title), fold(p)) {
			return false
		}
	}
	return len(people) > 0
}

// withoutLists distrusts visible claims of equal worth for different people: they are the authors of other articles in a list.
func withoutLists(claims []claim[byline]) []claim[byline] {
	claims = slices.Clone(claims)
	type rank struct {
		kind  string
		worth float64
	}
	who := map[rank]map[string]bool{}
	for _, c := range claims {
		at := rank{c.kind, c.worth}
		if who[at] == nil {
			who[at] = map[string]bool{}
		}
		who[at][c.key] = true
	}
	for i, c := range claims {
		if visible := c.kind == "line" || c.kind == "byline" || c.kind == "marked"; visible && c.worth < 0.65 && len(who[rank{c.kind, c.worth}]) > 2 {
			claims[i].worth /= 5
		}
	}
	return claims
}

// sure is how far the kinds of places are trusted with names that do not look like people's. Others, which are not in the table,
// are meta elements.
var sure = map[string]float64{"line": 0.01, "byline": 0.01, "marked": 0.8, "ld:author": 0.8}

// ofSite reports whether somebody is the site, or something of the site's: "The Courier", "Courier Staff".
func ofSite(name string, names map[string]bool) bool {
	words := strings.Fields(name)
	key, first, last := fold(name), fold(words[0]), fold(words[len(words)-1])
	return names[key] || names[first] && len(first) > 4 || names[last] && len(last) > 4 || first == key && isName(name, names)
}

// agenciesOf returns the bodies named beside people, but for the site itself.
func agenciesOf(bodies []claim[byline], names map[string]bool) []string {
	var all byline
	for _, b := range bodies {
		if b.worth >= 0.3 {
			all.add(byline{agencies: b.value.people})
		}
	}
	return slices.DeleteFunc(all.agencies, func(s string) bool { return isName(s, names) })
}

// share has a claim support another that names the same people and more, or the same with fuller names.
func share(claims []claim[byline]) []claim[byline] {
	claims = distinct(claims)
	n := len(claims)
	for i, c := range claims[:n] {
		for j, d := range claims[:n] {
			if i != j && c.key != d.key && within(c.value.people, d.value.people) {
				claims = append(claims, claim[byline]{d.value, d.key, c.worth * 0.6, c.kind})
				break
			}
		}
	}
	return claims
}

// distinct returns the best of the claims of each kind and key.
func distinct(claims []claim[byline]) (out []claim[byline]) {
	at := map[[2]string]int{}
	for _, c := range claims {
		i, seen := at[[2]string{c.kind, c.key}]
		switch {
		case !seen:
			at[[2]string{c.kind, c.key}] = len(out)
			out = append(out, c)
		case c.worth > out[i].worth:
			out[i] = c
		}
	}
	return out
}

// within reports whether all of few are among many, who are more or have longer names.
func within(few, many []string) bool {
	for _, p := range few {
		if !slices.ContainsFunc(many, func(q string) bool {
			return fold(p) == fold(q) || len(strings.Fields(p)) > 1 && len(strings.Fields(q)) <= 3 && strings.Contains(fold(q), fold(p))
		}) {
			return false
		}
	}
	return true
}

// parseByline is [parseByline], which remembers what it read: pages repeat themselves.
func (f *facts) parseByline(s string) byline {
	b, seen := f.parsed[s]
	if !seen {
		b = parseByline(s)
		f.parsed[s] = b
	}
	return byline{slices.Clone(b.people), b.agencies}
}

// writtenBy matches the labels under which a page tells a network who wrote it.
var writtenBy = regexp.MustCompile(`(?i)^(?:written by|geschrieben von|verfasst von|écrit par|escrito por|scritto da|geschreven door|author|autor)`)

// inDescription matches the names with which a description begins that is the start of the article.
var inDescription = regexp.MustCompile(`^(?i:posted|written) by (.{5,100}?) [-–—] `)

// cardAuthor returns the author of the page's card for social networks.
func (f *facts) cardAuthor() string {
	for _, n := range []string{"1", "2", "3"} {
		if writtenBy.MatchString(f.value("twitter:label" + n)) {
			return f.value("twitter:data" + n)
		}
	}
	return ""
}

// thing returns the people that a property of o names: a text, an object, a reference, or a list of them.
func (f *facts) thing(o object, key string) (b byline) {
	list, ok := o[key].([]any)
	if !ok {
		list = []any{o[key]}
	}
	for _, v := range list[:min(len(list), 50)] {
		name, body := "", false
		switch x := v.(type) {
		case string:
			name = html.UnescapeString(x)
		case map[string]any:
			full := f.resolve(x)
			name, body = full.string("name"), full.is("Organization", "Corporation")
			if more, ok := full["name"].([]any); ok && len(more) > 1 {
				b.add(f.thing(full, "name"))
				continue
			}
			if name == "" {
				name = strings.TrimSpace(full.string("givenName") + " " + full.string("familyName"))
			}
		}
		if isAddress(name) || name == "" {
			continue
		}
		got := parseByline(name)
		if body && len(name) < maxShort/2 {
			got = byline{agencies: []string{line(name)}}
		}
		b.add(got)
	}
	return b
}

// add appends those of c that b lacks.
func (b *byline) add(c byline) {
	for _, p := range c.people {
		if !slices.ContainsFunc(b.people, func(s string) bool { return fold(s) == fold(p) }) {
			b.people = append(b.people, p)
		}
	}
	for _, p := range c.agencies {
		if !slices.ContainsFunc(b.agencies, func(s string) bool { return fold(s) == fold(p) }) {
			b.agencies = append(b.agencies, p)
		}
	}
}

// inMetas claims what meta elements say; several of one name are several people.
func (c *credits) inMetas() {
	for name, worth := range authorMetasInOrder(c.metas) {
		var b byline
		for _, m := range c.metas {
			if m.name != name || isAddress(m.value) {
				continue
			}
			s := html.UnescapeString(m.value)
			if last, first, ok := strings.Cut(s, ", "); ok && (strings.HasPrefix(name, "dc") || strings.HasPrefix(name, "citation")) && !strings.ContainsAny(first, ",;") && len(strings.Fields(last)) == 1 && len(strings.Fields(first)) <= 2 {
				s = first + " " + last // as catalogues write it
			}
			if fold(s) == fold(c.value("og:site_name")) {
				b.add(byline{agencies: []string{line(s)}}) // "Mac & i"
				continue
			}
			b.add(parseByline(s))
		}
		if !b.empty() {
			c.put(name, b, worth)
		}
	}
}

// authorMetasInOrder yields the names of the table that a page uses, once each.
func authorMetasInOrder(metas []pair) func(func(string, float64) bool) {
	return func(yield func(string, float64) bool) {
		seen := map[string]bool{}
		for _, m := range metas {
			if worth := authorMetas[m.name]; worth > 0 && !seen[m.name] {
				seen[m.name] = true
				if !yield(m.name, worth) {
					return
				}
			}
		}
	}
}
