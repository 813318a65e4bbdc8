package people

import "strings"

// nicknames are first names, each followed by short forms and other spellings of it.
var nicknames = byWord(
	"abdul abdel abdoul", "abraham abe", "albert bert", "alexander alex aleksandr alexandr oleksandr sasha", "alfred alf alfie", "andrew andy andrei andrey andriy", "anthony tony antony",
	"archibald archie", "arthur art", "benjamin ben benny benji", "bernard bernie", "bradley brad", "catherine katherine kathryn katharine kate kathy cathy katie kitty",
	"charles chuck charlie charley", "christine christina chrissie", "christopher chris", "daniel dan danny", "david dave davey",
	"deborah debbie deb debra", "dmitri dmitry dmitriy dmytro", "donald don donnie", "dorothy dot dottie", "douglas doug", "edmund eddy", "edward ed eddie ted teddy ned",
	"eleanor ellie nell", "elizabeth liz beth betty lizzy lizzie eliza betsy libby elisabeth", "emily emmy", "eugene gene", "frances fanny", "francis frank",
	"franklin frankie", "frederick fred freddie freddy frederic", "gabrielle gabby", "geoffrey geoff", "george georgie", "gerald gerry jerry", "gregory greg", "harold hal",
	"harriet hattie", "henry harry hank", "herbert herb", "hussein husain husayn hossein hussain", "jacob jake", "jacqueline jackie", "james jim jimmy jamie", "jeffrey jeff jeffery", "jennifer jen jenny",
	"jessica jess jessie", "john johnny johnnie jon", "jonathan jonny", "joseph joe joey jos", "joshua josh", "judith judy", "kenneth ken kenny", "lawrence larry laurence",
	"leonard len lenny leo", "louis lou", "margaret peggy maggie meg margie", "martha mattie", "martin marty", "matthew matt", "mary", "michael mike mick mickey mikhail mykhailo",
	"mitchell mitch", "mohammed mohamed muhammad mohammad mohamad muhammed mahomet", "nathaniel nathan nat nate", "nicholas nick nicky nicolas", "nikolai nikolay mykola", "osama usama", "pamela pam",
	"patricia patty trish tricia", "patrick pat paddy", "peter pete", "philip phil phillip", "rachel rach", "randolph randy", "raymond ray", "rebecca becky",
	"richard dick rick ricky rich", "robert bob bobby rob robbie bert", "ronald ron ronnie", "russell russ", "samuel sam sammy", "sergei sergey serhiy", "sophia sofia sophie", "stephen steven steve stevie",
	"stuart stu stewart", "susan sue susie suzy", "theodore theo", "theresa terry teresa tess", "thomas tom tommy", "timothy tim timmy", "valerie val", "victoria vicky vicki",
	"vincent vince vinny", "vladimir volodymyr wladimir", "walter walt wally", "william bill billy will willie willy", "yevgeny evgeny yevgeni evgeni", "yuri yury yuriy", "yusuf youssef yousef yousuf",
	"zachary zach zack",
)

// byWord returns the first word of each group by its other words.
func byWord(groups ...string) map[string]string {
	m := make(map[string]string, 4*len(groups))
	for _, g := range groups {
		first, rest, _ := strings.Cut(g, " ")
		for w := range strings.FieldsSeq(rest) {
			if _, taken := m[w]; !taken {
				m[w] = first
			}
		}
	}
	return m
}

// nickname returns the first name that w is short for, or w.
func nickname(w string) string {
	if of, ok := nicknames[w]; ok {
		return of
	}
	return w
}
