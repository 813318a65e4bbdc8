package charset_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	nethtml "golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"

	"byline/articles/charset"
)

// Texts as long as a short piece of news, in the encodings that are used for their language.
var texts = []struct {
	encodings, text string
}{
	{"windows-1251 koi8-r iso-8859-5", "Газета маленького города продала свою последнюю печатную машину в понедельник. Марта Квилл, которая тридцать лет руководила редакцией, сказала, что у неё не было выбора. Читатели узнают новости из интернета, а бумага стала слишком дорогой."},
	{"windows-1252 iso-8859-1", "Die Zeitung der kleinen Stadt hat am Montag ihre letzte Druckmaschine verkauft. Die Verlegerin erklärte, für größere Aufträge fehle längst das Geld, und über die Zukunft müsse jetzt der Käufer entscheiden. Später hörte man, er plane schöne Wohnungen für ältere Bürger."},
	{"windows-1252", "Le journal de la petite ville a vendu sa dernière presse lundi. La propriétaire a déclaré qu’elle n’avait pas eu le choix, parce que les lecteurs préfèrent l’écran et que le papier est devenu trop cher à l’année. Les employés étaient présents à la réunion."},
	{"windows-1252", "El periódico de la pequeña ciudad vendió el lunes su última máquina. La dueña explicó que no había otra opción, porque los lectores prefieren la pantalla y el papel está más caro cada año. Según el alcalde, mañana habrá una reunión con los españoles."},
	{"windows-1250 iso-8859-2", "Noviny malého města prodaly v pondělí svůj poslední tiskařský stroj. Majitelka řekla, že neměla žádnou jinou možnost, protože čtenáři už dávají přednost obrazovce a papír je příliš drahý. Zaměstnanci se dozvěděli o prodeji až později."},
	{"windows-1253 iso-8859-7", "Η εφημερίδα της μικρής πόλης πούλησε τη Δευτέρα το τελευταίο της πιεστήριο. Η ιδιοκτήτρια είπε ότι δεν είχε άλλη επιλογή, γιατί οι αναγνώστες προτιμούν την οθόνη και το χαρτί έγινε πολύ ακριβό. Οι εργαζόμενοι το έμαθαν αργότερα."},
	{"windows-1255", "העיתון של העיר הקטנה מכר ביום שני את מכונת הדפוס האחרונה שלו. הבעלים אמרה שלא הייתה לה ברירה, כי הקוראים מעדיפים את המסך והנייר נעשה יקר מדי. העובדים שמעו על כך רק מאוחר יותר."},
	{"windows-1256", "باعت صحيفة المدينة الصغيرة آخر مطبعة لها يوم الاثنين. وقالت صاحبة الصحيفة إنه لم يكن لديها خيار آخر، لأن القراء يفضلون الشاشة ولأن الورق أصبح غاليا جدا. وعلم الموظفون بالأمر في وقت لاحق من اليوم."},
	{"windows-1254", "Küçük şehrin gazetesi son baskı makinesini pazartesi günü sattı. Gazetenin sahibi başka seçeneği olmadığını, çünkü okuyucuların ekranı tercih ettiğini ve kağıdın çok pahalı olduğunu söyledi. Çalışanlar satışı daha sonra öğrendi."},
	{"gb18030", "小城的报纸星期一卖掉了最后一台印刷机。报社的老板说，她没有别的选择，因为读者更喜欢看屏幕，而且纸张越来越贵。员工们后来才知道这个消息，他们都很难过。"},
	{"big5", "小城的報紙星期一賣掉了最後一台印刷機。報社的老闆說，她沒有別的選擇，因為讀者更喜歡看螢幕，而且紙張越來越貴。員工們後來才知道這個消息，他們都很難過。"},
	{"shift_jis euc-jp iso-2022-jp", "小さな町の新聞社は月曜日に最後の印刷機を売りました。社長は、ほかに方法がなかったと話しました。読者は画面を好み、紙の値段が高くなったからです。社員はあとでそのことを知りました。"},
	{"euc-kr", "작은 도시의 신문사는 월요일에 마지막 인쇄기를 팔았다. 사장은 다른 선택이 없었다고 말했다. 독자들은 화면을 더 좋아하고 종이 값은 너무 비싸졌기 때문이다. 직원들은 나중에 이 소식을 들었다."},
	{"windows-874", "หนังสือพิมพ์ของเมืองเล็กขายแท่นพิมพ์สุดท้ายเมื่อวันจันทร์ เจ้าของกล่าวว่าเธอไม่มีทางเลือกอื่น เพราะผู้อ่านชอบอ่านบนหน้าจอ และกระดาษมีราคาแพงมาก พนักงานได้ทราบข่าวในภายหลัง"},
}

func encode(t *testing.T, name, text string) []byte {
	t.Helper()
	enc, _ := nethtml.Lookup(name)
	data, err := enc.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return data
}

// An undeclared text is read by its letters, and the caller is told so.
func TestGuess(t *testing.T) {
	t.Parallel()
	for _, x := range texts {
		for name := range strings.FieldsSeq(x.encodings) {
			data := encode(t, name, x.text)
			for _, h := range []charset.Hint{{}, {Page: true}} {
				if h.Page {
					data = append([]byte("<html><head><script charset=utf-8></script></head><body><p>"), data...)
				}
				got, guess, err := charset.Decode(t.Context(), data, h)
				if err != nil || !strings.HasSuffix(string(got), x.text) || guess == "" && name != "iso-2022-jp" {
					t.Errorf("%s, page %v: taken for %q, %v: %.60q", name, h.Page, guess, err, got)
				}
			}
		}
	}
}

// What is declared is believed in the order of the web, unless the bytes say otherwise.
func TestDeclared(t *testing.T) {
	t.Parallel()
	russian, german := texts[0].text, texts[1].text
	late := strings.Repeat("<script>var a = 'charset=utf-8';</script>\n", 100)
	for what, c := range map[string]struct {
		data []byte
		hint charset.Hint
		want string
	}{
		"header":                            {encode(t, "koi8-r", russian), charset.Hint{Name: "KOI8-R"}, russian},
		"header before meta":                {append([]byte("<meta charset=windows-1252>"), encode(t, "windows-1251", russian)...), charset.Hint{Name: "windows-1251", Page: true}, russian},
		"meta":                              {append([]byte("<meta charset=koi8-r>"), encode(t, "koi8-r", russian)...), charset.Hint{Page: true}, russian},
		"meta by http-equiv":                {append([]byte(`<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">`), encode(t, "windows-1251", russian)...), charset.Hint{Page: true}, russian},
		"meta after 1,024 bytes":            {append([]byte(late+"<meta charset=windows-1251>"), encode(t, "windows-1251", russian)...), charset.Hint{Page: true}, russian},
		"meta in a comment":                 {append([]byte("<!-- <meta charset=windows-1252> --><meta charset=koi8-r>"), encode(t, "koi8-r", russian)...), charset.Hint{Page: true}, russian},
		"a script's charset":                {append([]byte("<script charset=utf-8></script>"), encode(t, "windows-1251", russian)...), charset.Hint{Name: "windows-1251", Page: true}, russian},
		"meta against valid UTF-8":          {[]byte("<meta charset=gb2312>" + german), charset.Hint{Page: true}, german},
		"header UTF-8, meta another":        {[]byte("<meta charset=windows-1251>" + german), charset.Hint{Name: "utf-8", Page: true}, german},
		"header against valid UTF-8":        {[]byte(russian), charset.Hint{Name: "iso-8859-1"}, russian},
		"XML":                               {append([]byte(`<?xml version="1.0" encoding="windows-1251"?>`), encode(t, "windows-1251", russian)...), charset.Hint{Page: true}, russian},
		"XML against valid UTF-8":           {[]byte(`<?xml version="1.0" encoding="windows-1251"?>` + russian), charset.Hint{Page: true}, russian},
		"one bad byte":                      {[]byte(russian + " \xff"), charset.Hint{}, russian + " \xff"},
		"declared UTF-8, and not":           {append([]byte("<meta charset=utf-8>"), encode(t, "windows-1251", russian)...), charset.Hint{Name: "utf-8", Page: true}, russian},
		"no such encoding":                  {encode(t, "windows-1251", russian), charset.Hint{Name: "x-none"}, russian},
		"meta says UTF-16 in ASCII letters": {[]byte("<meta charset=utf-16>" + german), charset.Hint{Page: true}, german},
	} {
		got, _, err := charset.Decode(t.Context(), c.data, c.hint)
		if err != nil || !strings.HasSuffix(string(got), c.want) {
			t.Errorf("%s: %v: %.80q", what, err, got)
		}
	}
}

// UTF-16 is recognized without a mark in every script that has blanks.
func TestUTF16(t *testing.T) {
	t.Parallel()
	for _, x := range texts {
		for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
			data, _ := unicode.UTF16(order, unicode.IgnoreBOM).NewEncoder().Bytes([]byte(x.text + "\n" + x.text + " 2026\n"))
			got, guess, err := charset.Decode(t.Context(), data, charset.Hint{})
			if err != nil || !strings.HasPrefix(string(got), x.text) {
				t.Errorf("%.20s: %q, %v: %.40q", x.text, guess, err, got)
			}
		}
	}
}

func TestDemanded(t *testing.T) {
	t.Parallel()
	const text = "Jan Roth ließ grüßen."
	got, guess, err := charset.Decode(charset.In(context.Background(), "macintosh"), encode(t, "macintosh", text), charset.Hint{Name: "utf-8"})
	if err != nil || guess != "" || string(got) != text {
		t.Errorf("%q, %q, %v", got, guess, err)
	}
	if !charset.IsKnown("latin1") || charset.IsKnown("latin99") {
		t.Error("latin1 is known, latin99 is not")
	}
	if _, _, err := charset.Decode(t.Context(), []byte("\x00\x01\x02\x03"), charset.Hint{}); !errors.Is(err, charset.ErrBinary) {
		t.Errorf("binary: %v", err)
	}
}

// Whatever the bytes, decoding ends, and gives the same every time.
func FuzzDecode(f *testing.F) {
	f.Add([]byte("<meta charset=koi8-r>\xc1\xc2"), "big5", true)
	f.Add([]byte("\x1b$B\x1b("), "", false)
	f.Fuzz(func(t *testing.T, data []byte, name string, page bool) {
		a, guess, err := charset.Decode(t.Context(), data, charset.Hint{Name: name, Page: page})
		b, again, err2 := charset.Decode(t.Context(), data, charset.Hint{Name: name, Page: page})
		if string(a) != string(b) || guess != again || (err == nil) != (err2 == nil) {
			t.Errorf("%q, %q, %v; then %q, %q, %v", a, guess, err, b, again, err2)
		}
	})
}

// UTF-7 is read where a header names it.
func TestUTF7(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"Die M+APY-we ruft.": "Die Möwe ruft.",
		"+ZeVnLIqe-":         "日本語",
		"1 +- 1 = 2":         "1 + 1 = 2",
		"Hi Mom +Jjo!":       "Hi Mom ☺!",
		"a +b, c":            "a +b, c",
		"at the end +AOk":    "at the end é",
		"a pair +2D3dyg-":    "a pair 🗊",
		"half a pair +2Dw-":  "half a pair \ufffd",
		"no runs in this":    "no runs in this",
	} {
		if text, _, err := charset.Decode(t.Context(), []byte(in), charset.Hint{Name: "UTF-7"}); err != nil || string(text) != want {
			t.Errorf("%q is %q, %v, want %q", in, text, err, want)
		}
		if text, _, err := charset.Decode(t.Context(), []byte(in), charset.Hint{Name: "us-ascii"}); err != nil || string(text) != in {
			t.Errorf("%q in ASCII is %q, %v", in, text, err)
		}
	}
}
