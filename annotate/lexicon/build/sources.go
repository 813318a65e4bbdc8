package main

import (
	"strings"

	"byline/annotate/lexicon/known"
)

// A source is a list of entities.
type source struct {
	file   string // without .tsv.gz
	tier   known.Tier
	shared bool       // its licence asks that what is derived from it be shared alike
	single known.Tier // tier of its forms of a single word; None leaves them out
	short  int        // fewest letters of its acronyms; 0 leaves them out
	types  string     // the types of its rows that are read; all if empty
	skip   string     // kinds that are left out
}

// sources are read in order; a form's kind and main type are those of the first list of the best
// tier.
var sources = []source{
	{file: "orgs_known", tier: known.Sure, single: known.Sure, short: 2},
	{file: "places_misc_known", tier: known.Sure, single: known.Sure, short: 2},
	{file: "people_known", tier: known.Sure, single: known.Sure},
	{file: "media_fundus_mit", tier: known.Clean, single: known.Clean, short: 3},
	{file: "parties_courts_factbook_cc0", tier: known.Clean, single: known.Clean, short: 3},
	{file: "gov_us_pd", tier: known.Clean, short: 3},
	{file: "gov_uk_ogl", tier: known.Clean, short: 3},
	{file: "people_uscongress_cc0", tier: known.Clean},
	{file: "leaders_factbook_cc0", tier: known.Clean},
	{file: "nba_nbaapi_mit", tier: known.Clean},
	{file: "f1_f1db_ccby", tier: known.Clean},
	{file: "orgs_phoenix_mit", tier: known.Clean, single: known.Weak, short: 3},
	{file: "football_clubs_openfootball_cc0", tier: known.Clean, single: known.Weak, short: 3},
	{file: "places_naturalearth_cc0", tier: known.Clean, single: known.Weak},
	{file: "brands_operators_nsi_bsd3", tier: known.Clean, single: known.Weak, short: 3},
	{file: "companies_sec_pd", tier: known.Clean, single: known.Weak, short: 3},
	{file: "tech_brands_simpleicons_cc0", tier: known.Weak, single: known.Weak, short: 3},

	{file: "igos_supraverden_ccbysa", tier: known.Clean, single: known.Clean, short: 3, shared: true},
	{file: "airlines_openflights_odbl", tier: known.Clean, single: known.Weak, shared: true},
	{file: "people_pantheon_ccbysa", tier: known.Clean, shared: true},
	{file: "people_vital5_ccbysa", tier: known.Clean, shared: true},
	{file: "vital_places_events_ccbysa", tier: known.Clean, single: known.Weak, shared: true},
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
