package main

import (
	"regexp"
	"slices"
	"strings"

	"byline/annotate/lexicon"
	"byline/annotate/lexicon/en"
	"byline/annotate/lexicon/known"
)

var (
	ministry   = regexp.MustCompile(`^((?:US |UK |U\.S\. |U\.K\. )?)(Ministry|Department) (?:of|for) (?:the )?([A-Z][^,]*)$`)
	unitedOnes = regexp.MustCompile(`^(?:US|U\.S\.|United States|UK|U\.K\.|UN|U\.N\.|United Nations|American|National|British|Royal) `)
)

// otherNames returns what else a body with name s is called: "Defense Department", "U.S. Senate",
// "U.N. World Food Programme", "Likud Party". kind is that of the list.
func (r *row) otherNames(s, kind string) []string {
	var more []string
	s = strings.TrimPrefix(s, "The ")
	if m := ministry.FindStringSubmatch(s); m != nil && r.kind == known.Agency && len(strings.Fields(m[3])) < 4 {
		more = append(more, m[1]+m[3]+" "+m[2])
	}
	single := !strings.Contains(s, " ")
	if r.kind == known.Party && single && !strings.HasSuffix(s, "s") && strings.ToUpper(s) != s {
		more = append(more, s+" Party")
	}
	prefixes := r.prefixes(kind)
	if single && r.kind != known.Parliament || unitedOnes.MatchString(s) || strings.Contains(s, "United States") {
		prefixes = nil
	}
	for _, n := range append([]string{s}, more...) {
		for _, p := range prefixes {
			more = append(more, p+n)
		}
	}
	return more
}

// prefixes returns what the names of a body begin with, or do not.
func (r *row) prefixes(kind string) []string {
	switch {
	case kind == "un":
		return []string{"UN ", "United Nations "}
	case r.country == "US" && (r.kind == known.Agency || r.kind == known.Parliament || r.kind == known.Force):
		return []string{"US ", "United States "}
	}
	return nil
}

// ranks are titles besides those of package en.
const ranks = "Pope King Queen Prince Princess Sheikh Mullah Ayatollah Imam Saint Subcomandante Crown Grand"

// person returns the name in a person's name with titles, and "" if less than a full name is left, or
// if it is none: "Angela Merkel" of "German Chancellor Angela Merkel".
func person(s string) string {
	words := strings.Fields(s)
	for i := len(words) - 2; i >= 0; i-- {
		if !isTitle(words[i]) {
			continue
		}
		if len(words)-i > 2 {
			words = words[i+1:]
			break
		}
		if i == 0 && (in(ranks, words[0]) || lexicon.Of(words[0])&lexicon.CommonFirst == 0) {
			return ""
		}
	}
	if len(words) == 0 {
		return ""
	}
	last := words[len(words)-1]
	class := lexicon.Of(last)
	if slices.ContainsFunc(words, isBody) || class&(lexicon.Demonym|lexicon.Country) != 0 && class&lexicon.Surname == 0 {
		return ""
	}
	return strings.Join(words, " ")
}

// isBody reports whether word is in no person's name.
func isBody(word string) bool {
	return in("Administration Governorate Government Islands Party State Republic Army Front Movement Council Brigade Ministry Group Union", word)
}

func isTitle(word string) bool {
	const title = en.Title | en.DottedTitle | en.BeforeTitle | en.Courtesy
	return in(ranks, word) || en.Of(strings.ToLower(strings.TrimSuffix(word, "."))).Class&title != 0
}

// kindHeads are words at the end of names, or before "of", that tell the kind of what is named.
var kindHeads = map[known.Kind]string{
	known.Parliament: "Senate Parliament Congress Assembly Legislature House Duma Knesset Representatives Commons Lords",
	known.Court:      "Court Tribunal",
	known.Agency: "Ministry Department Agency Authority Commission Council Office Bureau Administration Directorate Secretariat " +
		"Board Committee Government Cabinet Treasury Inspectorate Registry Corporation",
	known.Force:      "Army Navy Police Guard Force Forces Marines Brigade Regiment Gendarmerie Militia Command",
	known.University: "University College School Institute Academy Laboratory Universität Université Universidad Polytechnic",
	known.Bank:       "Bank Banco Banque",
	known.Hospital:   "Hospital Clinic",
	known.Museum:     "Museum Gallery Library",
	known.Party:      "Party",
	known.Media:      "News Times Post Herald Radio TV Television Tribune Gazette Journal Magazine Press Daily Broadcasting",
	known.Club:       "FC United City Rovers Athletic Racing",
	known.SportsBody: "League",
	known.Society: "Association Foundation Society Union Federation Trust Coalition Alliance Movement Network Fund Forum Initiative " +
		"Confederation Church Charity Campaign Organization Organisation",
	known.Company: "Company Group Holdings Airlines Airways Industries Energy Motors Pharmaceuticals Technologies Systems Inc Ltd Corp " +
		"Entertainment Media Pictures Studios Records Partners Capital Petroleum Oil Steel Foods Telecom Railways Railway Airport",
}

// guessKind guesses the kind of an organization from its name.
func guessKind(s string) known.Kind {
	head, _, _ := strings.Cut(s, " of ")
	words := strings.Fields(head)
	last := strings.Trim(words[len(words)-1], ".,")
	for kind := known.NoKind; kind < known.Human; kind++ {
		if heads := kindHeads[kind]; heads != "" && in(heads, last) {
			return kind
		}
	}
	return known.NoKind
}
