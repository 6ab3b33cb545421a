package matcher_test

import (
	"fmt"
	"os"

	"github.com/coupwatch/coupwatch/matcher"
	"github.com/coupwatch/coupwatch/news"
)

const exampleRules = `
lists:
  coup: [coup, putsch, palace revolution]
  force: [army, soldier, colonel]
rules:
  - id: coup
    title: Coup
    severity: high
    match: $coup NEAR/12 ($force OR @countries)
    unless: ['"coup for"']
    lower: [{to: low, when: PAST_YEAR}]
`

func ExampleRules_Match() {
	rules, err := matcher.Parse("rules.yaml", []byte(exampleRules))
	if err != nil {
		fmt.Println(err)
		return
	}
	report, ok := rules.Match(news.Item{Title: "Colonels behind coup in Niger", Language: "en"})
	fmt.Println(ok, report.Severity())
	for _, s := range report.Matches[0].Spans {
		fmt.Println(s.Term, report.Title[s.Start:s.End])
	}
	// Output:
	// true high
	// $force Colonels
	// $coup coup
	// @country:ne Niger
}

func ExampleRules_Explain() {
	rules, err := matcher.Parse("rules.yaml", []byte(exampleRules))
	if err != nil {
		fmt.Println(err)
		return
	}
	x := rules.Explain(news.Item{Title: "Festival is a coup for Niger", Language: "en"}, nil)
	x.Render(os.Stdout, false)
	// Output:
	// language: en
	//
	// coup: taken away
	//   title: Festival is a [coup] for [Niger]
	//     by $coup, @country:ne
	//     taken away by "coup for"
	//       title: Festival is a [coup for] Niger
	//
	// names:
	//   Niger (@country:ne): [Niger] en
}
