package main

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"byline/annotate/lexicon"
)

// A table is the entries of a table so far.
type table map[lexicon.Key]lexicon.Class

// lists says how to read each list. Men's first names come before women's, as the shares require.
var lists = []struct {
	file string
	add  func(table, []string)
}{
	{"first_male_census1990.tsv.gz", addMale},
	{"first_female_census1990.tsv.gz", addFemale},
	{"forenames_world_cc0.tsv.gz", func(t table, c []string) { t.add(c[0], lexicon.First|lexicon.CommonFirst) }},
	{"surnames_census1990.tsv.gz", addSurname},
	{"surnames_world_cc0.tsv.gz", func(t table, c []string) { t.add(c[0], lexicon.Surname|lexicon.CommonSurname) }},
	{"people_historyatstate_pd.tsv.gz", addPerson},
	{"leaders_factbook_pd.tsv.gz", addLeader},
	{"companies_financedatabase_mit.tsv.gz", addCompany},
	{"sp500.tsv.gz", addCompany},
	{"universities_hipo_mit.tsv.gz", func(t table, c []string) { t.phrase(c[0], lexicon.School) }},
	{"us_gov_orgs_dotgov_pd.tsv.gz", addAgency},
	{"parties_factbook_pd.tsv.gz", addParty},
	{"football_clubs_cc0.tsv.gz", func(t table, c []string) { t.phrase(c[0], lexicon.Club) }},
	{"cities_geonames_ccby.tsv.gz", addCity},
}

// add adds class to name and to name without its diacritics.
func (t table) add(name string, class lexicon.Class) {
	t.join(name, class)
	if plain := lexicon.StripDiacritics(name); plain != name {
		t.join(plain, class)
	}
}

func (t table) join(name string, class lexicon.Class) {
	words := strings.Fields(name)
	var k lexicon.Key
	for i, w := range words {
		k = k.Add(w)
		if i == 0 && len(words) > 1 {
			t[k] |= lexicon.Opens
		}
	}
	if len(words) > 0 {
		t[k] |= class
	}
}

// phrase is add for names of two or more words and for single words of four letters or more;
// shorter ones are too ambiguous.
func (t table) phrase(name string, class lexicon.Class) {
	words := strings.Fields(name)
	if len(words) > 1 && len(words) < 9 || len(words) == 1 && utf8.RuneCountInString(name) > 3 {
		t.add(name, class)
	}
}

func freq(cols []string) float64 {
	f, _ := strconv.ParseFloat(cols[len(cols)-1], 64)
	return f
}

// shares holds the census frequency of men's names until the women's are read.
var shares = map[string]float64{}

func addMale(t table, c []string) {
	shares[c[0]] = freq(c)
	addFirst(t, c, 1)
}

func addFemale(t table, c []string) {
	addFirst(t, c, shares[c[0]]/(shares[c[0]]+freq(c)+1e-9))
}

func addFirst(t table, c []string, male float64) {
	class := lexicon.First
	if freq(c) >= 0.01 {
		class |= lexicon.CommonFirst
	}
	t.add(c[0], class)
	k := lexicon.Key(0).Add(c[0])
	t[k] = t[k].WithShare(male)
}

func addSurname(t table, c []string) {
	class := lexicon.Surname
	if freq(c) >= 0.002 {
		class |= lexicon.CommonSurname
	}
	t.add(c[0], class)
}

// addPerson adds the words of a person's name; given names come last.
func addPerson(t table, c []string) {
	if len(c) < 2 {
		return
	}
	for _, w := range strings.Fields(c[0]) {
		if isName(w) {
			t.add(w, lexicon.First)
		}
	}
	for _, w := range strings.Fields(c[1]) {
		if isName(w) {
			t.add(w, lexicon.Surname)
		}
	}
}

// addLeader adds "Abdelaziz BELAID", both as a whole and word by word.
func addLeader(t table, c []string) {
	t.phrase(c[0], lexicon.Leader)
	for _, w := range strings.Fields(c[0]) {
		if up := strings.ToUpper(w) == w; isName(w) && up {
			t.add(w, lexicon.Surname)
		} else if isName(w) {
			t.add(w, lexicon.First)
		}
	}
}

// isName reports whether w is a capitalised word of three letters or more.
func isName(w string) bool {
	r, _ := utf8.DecodeRuneInString(w)
	return utf8.RuneCountInString(w) > 2 && unicode.IsUpper(r) && !strings.ContainsFunc(w, func(r rune) bool {
		return !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’'
	})
}

// legal are the words at the end of a company's name that do not distinguish it.
var legal = map[string]bool{}

const legalWords = `inc inc. incorporated corp corp. corporation co co. company ltd ltd. limited llc plc ag sa s.a. nv n.v. se
	spa s.p.a. ab asa oyj bhd berhad tbk pt kgaa gmbh lp l.p. holdings holding group the ord shares class a b adr trust reit
	& and cv c.v. de s.a.b. sab kk k.k. pjsc pao jsc psc public ordinary common stock units warrants`

func addCompany(t table, c []string) {
	if len(legal) == 0 {
		for _, w := range strings.Fields(legalWords) {
			legal[w] = true
		}
	}
	words := strings.Fields(strings.NewReplacer(",", " ", "(", " ", ")", " ").Replace(c[0]))
	for len(words) > 0 && legal[strings.ToLower(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	name := strings.Join(words, " ")
	if len(words) == 0 || len(words) > 5 || strings.ContainsAny(name, "0123456789%/*") && len(words) > 1 {
		return
	}
	t.phrase(strings.TrimPrefix(name, "The "), lexicon.Company)
}

func addAgency(t table, c []string) {
	if len(strings.Fields(c[0])) > 1 && !strings.Contains(c[0], ",") {
		t.phrase(strings.TrimPrefix(c[0], "U.S. "), lexicon.Agency)
	}
}

// addParty adds the name of a party and its acronym: "Green Party or GP".
func addParty(t table, c []string) {
	name, acronym, _ := strings.Cut(strings.Trim(c[0], "()"), " or ")
	if strings.HasPrefix(name, "formerly") || strings.HasPrefix(name, "includes") || strings.ContainsAny(name, "();:") {
		return
	}
	t.phrase(name, lexicon.Party)
	if n := len(acronym); n > 2 && n < 7 && strings.ToUpper(acronym) == acronym {
		t.add(acronym, lexicon.Party)
	}
}

func addCity(t table, c []string) {
	t.phrase(c[0], lexicon.City)
	if len(c) > 2 {
		t.phrase(c[2], lexicon.Region)
	}
}

// addCountry adds a line with name, official name, demonyms of men and women, and capital.
func addCountry(t table, c []string) {
	t.add(c[0], lexicon.Country)
	for i, v := range c[1:] {
		switch {
		case v == "":
		case i == 0 || i == 3:
			t.add(v, lexicon.Country)
		default:
			t.add(v, lexicon.Demonym)
			if !strings.HasSuffix(v, "s") && !strings.HasSuffix(v, "sh") && !strings.HasSuffix(v, "se") && !strings.HasSuffix(v, "ch") {
				t.add(v+"s", lexicon.Demonym)
			}
		}
	}
}
