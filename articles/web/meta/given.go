package meta

import (
	"regexp"
	"strings"
)

// given are common given names as [fold] has them, in the languages of the web: two or three words that begin with one
// are most likely somebody's name even where no label says so. Names that are everyday words as well are left out.
var given = set(`
aaron abby abdul abdullah abigail abraham achim ada adam adele adeline adnan adolf adria adrian adriana adrien agata agnes agnieszka ahmad ahmed
aidan aileen aisha akash akira alain alan alana alba albert alberto albrecht aldo alejandra alejandro aleksander aleksandra alena alessandra
alessandro alessia alessio alex alexa alexander alexandra alexandre alexei alexis alfonso alfred alfredo ali alice alicia alina aline alisa alisha
alison alistair allan allen allison alma alonso alvaro alyssa amal amalia amanda amandine amber amelia amelie amin amina amir amit amos amy ana
anais anastasia anders andi andre andrea andreas andree andrej andres andrew andrey andrzej andy angela angelika angelina angelo angus anita anja
anke ann anna annabel annabelle anne annegret annelie anneliese annemarie annett annette annie annika ansgar anthony antje antoine anton antonella
antonia antonio anya archie ariane ariel arif arjun armando armin arnaud arndt arne arno arnold arthur artur arturo arun ashley ashish asma
astrid athena audrey augustin aurelia aurelie aurelien axel ayesha aylin ayse aziz
barbara barnaby barry bart bartosz bastian bea beata beate beatrice beatrix beatriz bella ben benedict benedikt benita benjamin benno benoit bernadette
bernard bernardo bernd bernhard bert bertrand beth bethany bettina betty beverly bianca bill birgit birgitta birte bjarne bjorn blanca bob bobby
bodo bogdan boris brad bradley brandon brenda brendan brent bret brett brian bridget brigitta brigitte britta brittany brooke bruce bruno bryan bryce burkhard
caitlin caleb callum calvin cameron camila camilla camille candice carina carl carla carlo carlos carly carmen carol carola carole carolin carolina
caroline carolyn carrie carsten casey caspar cassandra cassie catalina catarina caterina cathal catherine cathleen cathrin cathy cecile cecilia cedric celia
celine cesar chandler chantal charlene charles charlie charlotte chelsea cheryl chiara chloe chris christa christel christelle christian
christiane christin christina christine christof christoph christophe christopher chuck cindy claire clara clare clarissa clark claude claudia claudine
claudio claus clemence clemens clement clive cody colette colin colleen conny connor conor conrad constantin constanze cora corina corinna corinne cornelia
cornelius corey cory courtney craig cristian cristiano cristina curt curtis cynthia cyril cyrille
dagmar daisuke damian damien damon dan dana dani daniel daniela daniele daniella danielle danilo danny daphne daria dario darius darrell darren dave
david davide dean deborah debra declan deepak deirdre delphine denis denise dennis derek derrick desiree detlef detlev devin diana diane diego dieter
dietmar dietrich dimitri dina dirk dmitri dmitry dolores dominic dominik dominika dominique don donald donatella donna doreen doris dorothea dorothee dorothy
doug douglas duncan dustin dwight dylan
eamon eberhard eckart eckhard eddie edgar edith edmund eduard eduardo edward edwin eileen ekaterina elaine elena eleanor eleonora eli eliana elias elif elisa
elisabeth elise eliza elizabeth elke ella elle ellen elliot elliott elodie eloise elsa elvira emanuel emanuele emilia emilie emiliano emilio emily emma
emmanuel emmanuelle emre enrico enrique eric erica erich erik erika erin ernest ernesto ernst erwan erwin esteban estelle ester esther ethan eugen eugene eugenia
eva evan evelin evelyn evelyne ewa ewald ezra
fabian fabiana fabien fabienne fabio fabiola fabrice fabrizio faisal falk fatima fatma federica federico felicia felicitas felicity felipe felix ferdinand fernanda
fernando filip filippo finn fiona flavia flavio flora florent florentina florian floriane francesca francesco francine francis francisca francisco franck
francois francoise franka franz franziska fred freddie frederic frederick frederik frederike fredrik frida friedemann friederike friedhelm friedrich fritz
gabor gabriel gabriela gabriele gabriella gabrielle gail gareth garrett gary gaston gavin geert gemma genevieve geoff geoffrey georg george georges georgina
gerald geraldine gerard gerardo gerd gerda gerhard gerlinde gernot gero gerrit gerry gert gertrud ghislain giacomo gian gianluca gianni gideon gilbert gilberto gilles
gina giorgia giorgio giovanna giovanni gisela gita giulia giuliano giulio giuseppe goran gordon gottfried graeme graham greg gregor gregoire gregory greta
gretchen grzegorz guenter guido guilherme guillaume guillermo gunnar gunter gunther gunter gustav gustavo gwen
hagen hakan halina hanna hannah hannelore hannes hans harald hardy harriet harry hartmut harvey hasan hassan hayley heather hector hedwig heidi heidrun heike heiko
heiner heinrich heinz helen helena helene helga helge hella helmut hendrik henk henning henri henriette henrik henrike henry herbert heribert herman hermann herve
hilary hilda hildegard hiroshi holger holly horst howard hubert hugh hugo humberto hussein
iain ian ibrahim ida ignacio igor ilaria ilka ilona ilse imke imran ina ines inga inge ingeborg ingo ingrid inka irena irene irina iris irma isaac isabel isabell
isabella isabelle isaiah isla ismail ivan ivana ivo ivonne izabela
jack jackie jackson jaclyn jacob jacopo jacqueline jacques jaime jakob jakub james jamie jan jana jane janet janice janin janina janine janis jannik jarek jared jaroslav
jascha jasmin jasmine jason javier jay jean jeanette jeanne jeanette jeff jeffrey jelena jenna jenni jennifer jenny jens jeremiah jeremy jerome jerry jess jesse jessica
jessie jesus jill jim jimmy jo joachim joan joana joann joanna joanne joao jochen jodie joe joel joelle joerg joern johan johann johanna johannes john johnny jon jonah
jonas jonathan jordi jorg jorge jorn jose josef josefine joseph josephine josh joshua josie joyce jozef juan juana judith judy juergen jules julia julian juliana
juliane julianna julie julien juliet juliette julio julius juri jurgen justin justine jutta jyoti
kai kamil kara karen karim karin karina karine karl karla karlheinz karol karolin karolina karoline karsten karthik kaspar kasper katarina katarzyna kate katelyn katerina
katharina katharine katherine kathleen kathrin kathryn kathy katia katie katja katrin katrina katy kayla keith kelley kelly kelsey ken kenneth kenny kent kerry kersten kerstin
kevin khaled kiara kieran kiran kirsten kirsty kirstin klara klaus klemens knut konrad konstantin konstantina korbinian kris krista kristen kristian kristin kristina kristine
krystian krzysztof kurt kyle kylie kyra
lana lara larissa larry lars laszlo laura laure laurel lauren laurence laurent laurenz lauri laurie lea leah leander leandro leanne lee leif leila lena lenka lennart lenny leo leon
leona leonard leonardo leonhard leonie leonora leopold leroy leslie leticia lewis lia liam liana lidia lieselotte lilian liliana lilli lillian lilly lina linda lindsay lindsey
linn linus lionel lisa lisbeth liv livia liz loic lola lora lorena lorenz lorenzo loretta lori lorna lorraine lothar lotta lotte lou louis louisa louise lubomir luc luca lucas lucia lucian luciana
luciano lucie lucien lucile lucinda lucy ludger ludovic ludwig luigi luis luisa luise luiz lukas lukasz luke lutz lydia lyndsey lynn
maarten mabel maciej mackenzie maddie madeleine madeline mads magda magdalena maggie magnus mahmoud maike maik maja malcolm malgorzata malin malte mandy manfred manoj manon manu
manuel manuela mara marc marcel marcela marcelo marcia marcin marco marcos marcus marek maren margaret margarete margarita margaux margit margot margret margrit maria mariam marian mariana
marianna marianne mariano maribel marie marieke mariella marielle marietta marija marika marilyn marina mario marion marisa marissa marius marjorie mark marko markus marlene marlies marlon marsha
marta martha marthe martial martijn martin martina martine marty marvin mary maryam massimo mateo mateusz mathew mathias mathieu mathilda mathilde mats matt matteo matthew matthias matthieu matthijs
maud maura maureen maurice mauricio maurizio mauro max maxim maxime maximilian maxine megan mehdi mehmet meike meinhard melanie melina melinda melissa melody mercedes meredith merle mia micha michael
michaela michal michel michela michele michelle miguel mihai mikael mika mike mikhail mila milan milena milos mina mira miranda mireille miriam mirjam mirko miroslav mischa mitch mitchell
mohamed mohammad mohammed mohit moira molly mona monica monika monique monty morgan moritz morten moses muhammad murat muriel murray mustafa myriam
nadia nadine nadja nael nancy naomi natalia natalie natascha natasha nate nathalie nathan nathanael nathaniel neal neha neil nele nelson nestor niamh nicholas nick nicky nico nicola nicolas nicole nicoletta
niels nigel nihal nikhil niki nikita niklas nikola nikolai nikolas nikolaus nils nina nino nisha noah noel noemi noemie nora norah norbert norman nuria
octavio odette olaf oleg olga oliver olivia olivier oliwia ollie omar oren orla oscar oskar osman oswald otmar otto owen
pablo paddy paige pamela paola paolo pascal pascale pat patricia patricio patrick patrik patrizia patrycja paul paula paulina pauline paulo pavel pawel pedro peer peggy penelope penny percy perry
peter petr petra phil philip philipp philippa philippe phillip phoebe phyllis pia pier pierre pieter pietro pilar piotr poppy prakash pranav priya priyanka
quentin quincy quinn
rachael rachel radek rafael rafal raffaele raffaella raimund rainer rajesh ralf ralph ramon ramona rana randall randy raoul raphael raphaela raquel rashid rasmus raul ravi raymond rebecca rebekah rebekka regina
regine reiner reinhard reinhold renata renate renato rene renee reto reza rhys ricarda ricardo riccardo richard rick ricky riley rita rob robert roberta roberto robin rocio rodney rodolfo rodrigo roger rohan rohit
roland rolf romain roman romina romy ron ronald ronja ronnie ronny rory rosa rosalie rosalind rosanna rosario rosemarie rosemary rosie ross roswitha rowan roxanne roy ruben rudi rudiger rudolf rudy rufus rupert russell ruth ryan
sabina sabine sabrina sadie saed sahil sally salma salvador salvatore sam samantha sami samir sammy samuel sandeep sander sandra sandrine sandro sanja sanjay santiago sara sarah sascha saskia satoshi saul saverio 
scott sean sebastian sebastiano sebastien selena selina selma serena serge sergej sergei sergey sergio seth severin shane shannon sharon shaun shauna shawn sheila shelby shelley sherry shirley shreya sibylle sid siegfried sigrid sigrun
silja silke silvan silvana silvia silvio simon simona simone simran sina sinead siobhan sofia sofie solveig sonia sonja sophia sophie soren stacey stacy stan stanislav stanley stefan stefania stefanie stefano steffen steffi stella
stephan stephane stephanie stephen sterling steve steven stewart stijn stuart sunil susan susana susann susanna susanne susie suzanne suzie sven svenja svetlana sybille sylvain sylvia sylvie szymon
tabea tabitha tadeusz takashi tamara tamas tania tanja tanya tara tarek tariq tasha tatiana tatjana tatyana taylor ted teresa teri terrence terry tess tessa thaddeus thea theo theodor theodore theresa therese thibault thierry thilo
thom thomas thorben thorsten tiffany tilman till tilo tim timo timothy tina tino tobias toby todd tom tomas tomasz tommaso tommy toni tony torben torge torsten tracey traci tracy travis trevor tricia trisha tristan troy trudy tyler
udo ulf uli ulla ulrich ulrike umberto ursula urs ursel ute uwe
valentin valentina valeria valerie valery vanessa vera verena verena vernon veronica veronika veronique vicki vicky victor vijay vikram viktor viktoria vincent vincenzo viola violetta virginie vittorio vivian viviane vivien
vladimir volker volkmar
waldemar wallace walter waltraud wanda warren wayne wendy werner wesley wiebke wieland wilfried wilhelm willem william willy wilma winfried wladimir wojciech wolf wolfgang wolfram
xaver xavier ximena
yannick yannis yara yasemin yasmin yasmine yoann yolanda youssef yuki yuri yusuf yves yvette yvonne
zach zachary zack zara zdenek zeynep zoe zofia zoltan zuzanna`)

// titles are degrees and forms of address that stand before a name.
var titles = set("dr prof professor dipl ing mag mr mrs ms herr frau phd med rer nat phil jur")

// initialed matches a surname behind an initial.
var initialed = regexp.MustCompile(`^\p{Lu}\. ?\p{Lu}\p{Ll}{3,}$`)

// isSurelyPerson reports whether s is somebody's name by itself: two to four words, the first of them a known given name, or a surname
// behind an initial.
func isSurelyPerson(s string) bool {
	if len(s) > 80 {
		return false
	}
	words := strings.Fields(s)
	for len(words) > 2 && titles[fold(words[0])] {
		words = words[1:]
	}
	if initialed.MatchString(s) {
		return true
	}
	if len(words) < 2 || len(words) > 4 {
		return false
	}
	first, _, _ := strings.Cut(words[0], "-")
	return given[fold(first)] && capitals(words[1:]) && isPerson(s) && !isBody(s)
}
