package meta

import (
	"strings"

	"golang.org/x/text/unicode/norm"
)

// months are the names of the months and their short forms, without accents, in the languages of the web: English, German, French, Spanish,
// Italian, Portuguese, Dutch, Danish, Norwegian, Swedish, Finnish, Polish, Czech, Romanian, Hungarian, Turkish, Indonesian, Russian, Ukrainian, Greek, Catalan,
// Croatian, Arabic, Bulgarian, Serbian, Slovak, Slovene, Lithuanian, Latvian, Estonian, Galician, Hebrew, Albanian, Tagalog.
var months = func() map[string]int {
	m := map[string]int{}
	for i, names := range []string{
		"january sijecnja oca يناير gener jan januar janner janvier janv enero ene gennaio gen janeiro januari tammikuuta tammikuu stycznia styczen ledna leden ianuarie januar ocak januari января январь янв січня ιανουαριου януари јануар januara januarja sausio janvaris jaanuar xaneiro ינואר janar",
		"february veljace sub فبراير febrer feb februar feber fevrier fevr fev febrero febbraio fevereiro februari helmikuuta helmikuu lutego luty unora unor februarie subat pebruari февраля февраль фев лютого φεβρουαριου февруари фебруар februara februarja vasario februaris veebruar febreiro פברואר shkurt",
		"march ozujka مارس mar marz mrz mars marzo marco maart mrt marts maaliskuuta maaliskuu marca marzec brezna brezen martie marcius mart maret марта март мар березня μαρτιου март marca kovo marts מרץ",
		"april travnja nis أبريل apr avril avr abril abr aprile aprill huhtikuuta huhtikuu kwietnia kwiecien dubna duben aprilie aprilis nisan апреля апрель апр квітня απριλιου април aprila balandzio aprilis aprill אפריל prill",
		"may svibnja مايو maig mai mayo maggio mag maio mei maj toukokuuta toukokuu maja kvetna kveten majus mayis мая май травня μαιου мај maja geguzes maijs maio מאי",
		"june lipnja haz يونيو juny jun juni juin junio giugno giu junho kesakuuta kesakuu czerwca czerwiec cervna cerven iunie junius haziran июня июнь июн червня ιουνιου юни јун juna junija birzelio junijs juuni xuno יוני qershor hunyo",
		"july srpnja tem يوليو juliol jul juli juillet juil julio luglio lug julho heinakuuta heinakuu lipca lipiec cervence cervenec iulie julius temmuz июля июль июл липня ιουλιου юли јул jula julija liepos julijs juuli xullo יולי korrik hulyo",
		"august kolovoza agu أغسطس agost aug aout agosto ago augustus elokuuta elokuu sierpnia sierpien srpna srpen augusti augusztus agustos agustus августа август авг серпня αυγουστου август avgust avgusta rugpjucio augusts agust אוגוסט gusht agosto",
		"september rujna eyl سبتمبر sep sept septembre septiembre setiembre settembre set setembro syyskuuta syyskuu wrzesnia wrzesien zari septembrie szeptember eylul сентября сентябрь сен сент вересня σεπτεμβριου септември септембар septembra septembar rugsejo septembris setembro ספטמבר shtator setyembre",
		"october eki أكتوبر oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu pazdziernika pazdziernik rijna rijen octombrie ekim октября октябрь окт жовтня οκτωβριου октомври октобар oktobra oktobar spalio oktobris oktoober אוקטובר tetor oktubre",
		"november studenoga studenog kas نوفمبر nov novembre noviembre novembro marraskuuta marraskuu listopada listopad listopadu noiembrie kasim nopember ноября ноябрь ноя листопада νοεμβριου ноември новембар novembra novembar lapkricio novembris נובמבר nentor nobyembre",
		"december ديسمبر desembre dec dezember dez decembre diciembre dic dicembre dezembro desember des joulukuuta joulukuu grudnia grudzien prosince prosinec decembrie aralik декабря декабрь дек грудня δεκεμβριου декември децембар decembra decembar gruodzio decembris detsember decembro דצמבר dhjetor disyembre",
	} {
		for name := range strings.FieldsSeq(names) {
			m[name] = i + 1
		}
	}
	return m
}()

// monthOf returns the month that a word names, 0 for none.
func monthOf(word string) int {
	word = strings.ToLower(strings.TrimRight(word, "."))
	if n := months[word]; n > 0 {
		return n
	}
	return months[plainLetters(word)]
}

// plainLetters returns s without accents.
func plainLetters(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 0x300 && r < 0x370:
			return -1
		case r == 'ı':
			return 'i'
		case r == 'ń':
			return 'n'
		case r == 'ł':
			return 'l'
		}
		return r
	}, norm.NFD.String(s))
}

// weekdays are their names where they may stand behind a name.
var weekdays = set("monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag lundi mardi mercredi jeudi vendredi samedi dimanche lunes martes miércoles jueves viernes sábado domingo")
