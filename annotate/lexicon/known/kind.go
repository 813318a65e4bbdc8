package known

// A Kind says what sort of thing an entity is.
type Kind uint8

// The kinds of organizations come first, then those of people, places and other things.
const (
	NoKind     Kind = iota
	Media           // newspapers, broadcasters, news agencies, websites that publish
	Party           // political parties
	ArmedGroup      // militias, rebels, terrorist groups
	World           // bodies of states: the UN's, the EU's and others
	Agency          // agencies, ministries, councils and committees of one state
	Parliament      // parliaments and their chambers
	Court           // courts and tribunals
	Bank            // banks, central banks
	Company         // other firms, airlines
	Brand           // brands of shops and products, named like a firm
	University      // universities, schools, institutes of research
	Club            // clubs, national and racing teams
	SportsBody      // leagues and federations
	Society         // NGOs, unions, think tanks, other associations
	Force           // armed forces, police, intelligence services
	Museum          // museums, libraries
	Hospital        // hospitals, health services
	Band            // bands
	Human           // a person
	Settlement      // a country, region, county, town
	Nature          // a lake, mountain, river, sea, park
	Structure       // an airport, station, circuit
	People          // a people, a religion
	Event           // an event, a war
	Law             // a law, an award
	Work            // a work, a programme on television
	Product         // a product, a project
	kinds
)

var kindNames = [kinds]string{
	"", "media", "party", "armed group", "body of states", "agency", "parliament", "court", "bank", "company", "brand",
	"university", "club", "sports body", "society", "force", "museum", "hospital", "band", "person",
	"settlement", "nature", "structure", "people", "event", "law", "work", "product",
}

func (k Kind) String() string {
	if k < kinds {
		return kindNames[k]
	}
	return ""
}
