package main

import "strings"

// A paper is a publication that was made up.
type paper struct{ name, host string }

var sites = []paper{
	{"The Harbour Courier", "courier.example"}, {"Uplands Gazette", "uplands.example"}, {"The Evening Post of Larn", "larnpost.example"},
	{"Tidewater Times", "tidewater.example"}, {"The Plain Speaker", "plainspeaker.example"}, {"Border Record", "border.example"},
	{"Northern Ledger", "ledger.example"}, {"The Canal Echo", "canalecho.example"}, {"Meridian Weekly", "meridian.example"},
	{"The Weather House", "weatherhouse.example"}, {"Quarry and Field", "quarryfield.example"}, {"The Signal", "signal.example"},
}

// Words of the stories, the frequent ones first where they are chosen by rank.
var (
	firstNames = strings.Fields(`Anna Thomas Maria Daniel Ruth Samuel Clara Peter Helen Joseph Nora Martin Lucy Oscar Edith Hugo Ines Paul Grace Victor Lena
		Adam Sara Felix Judith Simon Petra Arthur Agnes Leo Irene Walter Amira Yusuf Mei Kenji Priya Arjun Fatou Kofi Ana Mateo Elif Emre Olga Pavel
		Zsofia Gabor Ingrid Lars Aino Eero Leila Omar Noor Tariq Wanjiru Otieno Siobhan Declan`)
	surnames = strings.Fields(`Hale Marsh Bell Carter Doyle Finch Grant Hobbs Innes Keller Lane Mercer Norris Oakes Palmer Quill Reeve Stone Tanner Unwin Vance
		Weaver Yates Abbott Brandt Conti Duarte Eriksen Falk Garcia Horvath Ivanova Jansen Kowal Lindqvist Moreau Novak Okafor Petrov Rahman Santos Tanaka
		Ueda Vargas Wu Ximenes Yilmaz Zeman Achterberg Bianchi Chaudhry Danjuma Elmasry Fitzgerald Gunnarsson Hakimi Iyer Jovanovic Kiplagat Lefebvre
		Mbeki Nakamura Oyelaran Pavlenko Quispe Rosenthal Suzuki Takahashi Underhill Vasquez Whitcombe Yamada Zielinski`)
	towns = []string{"Larn", "Port Ellery", "Saint Orme", "Hallowmere", "Kessing", "Upper Tarn", "Brackwater", "Dunmore Quay", "Ferris Point", "Eastholt",
		"Vadby", "Castle Wick", "Merrow", "Tolland", "Highgarth", "Stavely"}
	onsets    = strings.Fields(`al bar cor dun el fen gar hol im ket lam mor nar or pel quar ros sel tor ul ves win yar zel bran crow drey flax glen hest`)
	middles   = strings.Fields(`a er in o en al um is ar ew ost and ell ith oma`)
	endings   = strings.Fields(`ton by ham field mouth ford stead wick bury holm gate more dale haven cliff`)
	bodies    = []string{"Council", "Harbour Board", "Water Authority", "Chamber of Commerce", "University", "Teachers’ Union", "Hospital Trust", "Railway Company", "Library Society", "Fire Service", "Court of Appeal", "Housing Agency"}
	companies = []string{"Steel", "Foods", "Energy", "Holdings", "Shipping", "Press", "Bank", "Textiles", "Motors", "Brothers", "Laboratories", "Insurance"}
	topics    = strings.Fields(`ferry bridge school budget harbour tramway clinic library market reservoir museum quarry theatre orchard prison archive lighthouse stadium canal brewery dairy observatory mill cemetery`)
	troubles  = []string{"a dispute", "a strike", "a quiet vote", "an inquiry", "a second count", "a long silence", "a lawsuit", "a protest"}
	decides   = strings.Fields(`defends delays doubles halves questions sells counts mourns forgets repairs`)
	fates     = []string{"had been saved because", "was in doubt since", "would close, as", "could not go on while", "was worth its price if", "had never been safe, for"}
	said      = strings.Fields(`said said said added`)
	claims    = strings.Fields(`said argued warned claimed insisted estimated confirmed denied`)
	offices   = []string{"treasurer", "chief engineer", "spokeswoman", "spokesman", "director", "head of planning", "lawyer", "auditor"}
	callings  = []string{"a baker", "who runs the kiosk", "a retired pilot", "who teaches history", "a nurse on the night shift", "who keeps bees", "a student of law", "who mends nets"}
	done      = strings.Fields(`built sold closed painted flooded insured measured moved opened rented signed taxed`)
	past      = strings.Fields(`guarded repaired paid cleaned wanted carried watched missed shared counted`)
	units     = strings.Fields(`years weeks winters months hours evenings`)
	things    = strings.Fields(`plan price roof contract letter boat wall road report engine permit fence pump ticket lamp ledger garden signal stove tower window
		wheel anchor barrel crane ladder meadow mirror needle parcel pillar pipe plough quilt rail rope saddle sail shelter shovel siren sluice spade stair
		statue stool tank tunnel turbine valve vault veil wagon whistle winch yard beam bell bolt brick buoy cable candle canvas chapel chimney clock`)
	qualities = strings.Fields(`new old cheap public small broken secret official narrow famous empty bitter early modest uneven costly wooden crowded hasty
		honest idle joint keen lasting muddy noisy open patient quiet rare solid tender unpaid vacant weary young absent brittle careful dusty`)
	holders = strings.Fields(`council ministry family village owner engineer judge teacher tenant driver committee doctor farmer clerk captain crew insurer
		neighbour pilot planner porter printer rector sailor shepherd surgeon surveyor treasurer trustee warden widow`)
	places = strings.Fields(`harbour valley square station river market suburb island depot garden quarter border canal chapel coast courtyard district estuary
		forest headland heath highway lagoon marsh moor pasture peninsula plateau promenade terrace`)
	acts = strings.Fields(`help pay leave change move close answer wait agree vote sign sell lend build divide explain measure publish refuse repair replace
		return share shelter survive threaten unite warn withdraw yield`)
)
