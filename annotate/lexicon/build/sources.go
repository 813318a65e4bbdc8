package main

import (
	"strings"

	"byline/annotate/lexicon/known"
)

// A source is a list of entities.
type source struct {
	file    string // without .tsv.gz
	phrases known.Tier
	words   known.Tier // of its forms of a single word; None leaves them out
	capital known.Tier // of its acronyms
	shared  bool       // its licence asks that what is derived from it be shared alike
	first   bool       // without aliases
	types   string     // the types of its rows that are read; all if empty
	kinds   string     // the kinds of its rows that are read; all if empty
}

// sources are read in order; a form's kind and main type are those of the first list of the best
// tier. README.md says what each brings, and which lists were left out.
var sources = []source{
	{file: "orgs_known", phrases: known.Sure, words: known.Sure, capital: known.Sure},
	{file: "places_misc_known", phrases: known.Sure, words: known.Sure, capital: known.Sure},
	{file: "people_known", phrases: known.Sure, words: known.Sure, capital: known.Sure},
	{file: "parties_courts_factbook_cc0", phrases: known.Clean, words: known.Clean, capital: known.Weak},
	{file: "gov_us_pd", phrases: known.Clean},
	{file: "gov_uk_ogl", phrases: known.Clean, capital: known.Clean},
	{file: "people_uscongress_cc0", phrases: known.Clean},
	{file: "leaders_factbook_cc0", phrases: known.Clean},
	{file: "orgs_phoenix_mit", phrases: known.Clean},
	{file: "football_clubs_openfootball_cc0", phrases: known.Clean, words: known.Weak, capital: known.Clean},
	{file: "officials_phoenix_mit", phrases: known.Clean},
	{file: "places_naturalearth_cc0", phrases: known.Clean, words: known.Weak},
	{file: "orgs_ror_cc0", phrases: known.Clean, first: true, kinds: "university hospital museum agency"},
	{file: "brands_operators_nsi_bsd3", phrases: known.Clean, words: known.Weak},
	{file: "companies_sec_pd", phrases: known.Clean, words: known.Weak},
	{file: "corpora_cc0", phrases: known.Weak, types: "PER ORG"},
	{file: "sanctions_ofac_pd", phrases: known.Clean, types: "ORG"},
	{file: "sanctions_un_public", phrases: known.Clean, types: "ORG"},

	{file: "igos_supraverden_ccbysa", phrases: known.Clean, words: known.Clean, capital: known.Clean, shared: true},
	{file: "people_pantheon_ccbysa", phrases: known.Clean, shared: true},
	{file: "people_vital5_ccbysa", phrases: known.Clean, shared: true},
	{file: "vital_places_events_ccbysa", phrases: known.Clean, words: known.Weak, shared: true},
}

var typeOf = map[string]known.Facts{"PER": known.Person, "ORG": known.Organization, "LOC": known.Place, "MISC": known.Other}

// kindWords are the kinds of the lists by the kinds of package known.
var kindWords = map[known.Kind]string{
	known.Media:      "media newspaper broadcaster magazine website",
	known.Party:      "party opposition",
	known.ArmedGroup: "armed_group",
	known.World:      "igo un eu",
	known.Agency:     "agency ministry ministry_generic government council committee funder",
	known.Parliament: "legislature",
	known.Court:      "court",
	known.Bank:       "bank central_bank",
	known.Company:    "company airline transport post",
	known.Brand:      "brand operator tech_brand",
	known.University: "university institute education",
	known.Club:       "club national_team racing_team",
	known.SportsBody: "sports_body league",
	known.Society:    "ngo union think_tank",
	known.Force:      "military police intelligence fire_service",
	known.Museum:     "museum library",
	known.Hospital:   "hospital health_service",
	known.Band:       "band",
	known.Settlement: "country capital city county region region_world place neighbourhood historic_state",
	known.Nature:     "lake mountain river sea park cape island plateau waterfall pole depression pass plain",
	known.Structure:  "airport port station circuit",
	known.People:     "people_group religion ethnic demonym",
	known.Event:      "event war",
	known.Law:        "law award",
	known.Work:       "work tv film",
	known.Product:    "product project",
}

// kindsOf returns the kinds by the words of the lists.
func kindsOf() map[string]known.Kind {
	kinds := map[string]known.Kind{}
	for k, words := range kindWords {
		for w := range strings.FieldsSeq(words) {
			kinds[w] = k
		}
	}
	return kinds
}
