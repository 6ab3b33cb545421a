package backtest

// The points of the rules that ship are fitted on headlines that editors wrote for
// the purpose, and on labelled archives, which are kept elsewhere.

//go:generate go run ./fitpoints -rules ../rules.yaml -table upheaval -rule signs-together -events coup,coup-abroad,coup-german,coup-in-french,attempt,rumour,topple,deposed,removed,fallen,seize,plot,plotting,conspiring,storm,martial-law,mutiny,mutiny-abroad,mutiny-german,insurrection,revolt,uprising,refuse,disobey,disobeys,defector,defector-german,defection-abroad,deserter,purge,junta,treason -write ../rules/points.yaml -headlines ../matcher/testdata/headlines-seen.tsv -headlines ../matcher/testdata/headlines-fit.tsv -archive ../../shared/data/news-2021-01_2021-09.jsonl.gz,../../shared/data/labels-2021.tsv,4.29 -archive ../../shared/data/news-2022-09_2023-04.jsonl.gz,../../shared/data/labels-dev.tsv,8.2 -archive ../../shared/data/news-2023-05_2023-08.jsonl.gz,../../shared/data/labels-2023.tsv,10.1 -archive ../../shared/data/news-ru-2025-07_2026-01.jsonl.gz,../../shared/data/labels-ru.tsv,1
