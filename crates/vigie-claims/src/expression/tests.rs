//! The examples of the rule files, and whole texts.

use super::*;
use jiff::civil::date;
use vigie_resources::time_file;

fn english() -> Language {
    Language::from_code("en").unwrap()
}

fn found(text: &str, language: Language, published: &str, telling: Telling) -> Vec<Expression> {
    let day = if published.is_empty() { date(2016, 12, 12) } else { published.parse().unwrap() };
    expressions(text, language, Some(day), telling)
}

#[test]
fn the_examples_of_every_rule_hold() {
    let mut wrong = Vec::new();
    for language in Language::all() {
        for rule in &time_file(language).expression {
            let id = format!("{}/timex#{}", language.code(), rule.id);
            let telling = if rule.history { Telling::History } else { Telling::News };
            for example in &rule.example {
                let all = found(&example.text, language, &example.published, telling);
                let fits = |e: &&Expression| e.rule == id;
                let held = all.iter().find(fits).is_some_and(|e| {
                    let span = &example.text[e.span.start()..e.span.end()];
                    e.value == example.is && (example.span.is_empty() || example.span == span)
                });
                if !held {
                    let shown: Vec<String> = all
                        .iter()
                        .map(|e| format!("{} {} {}", &example.text[e.span.start()..e.span.end()], e.value, e.rule))
                        .collect();
                    wrong.push(format!("{id}: {} -> {shown:?}, not {} {}", example.text, example.span, example.is));
                }
            }
            for text in &rule.negative {
                if found(text, language, "", telling).iter().any(|e| e.rule == id) {
                    wrong.push(format!("{id}: matches {text}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Values of a text told as news on 2016-12-12, or as history when `telling` says so.
fn values(text: &str, code: &str, telling: Telling) -> Vec<(String, &'static str)> {
    let language = Language::from_code(code).unwrap();
    let all = found(text, language, "", telling);
    all.into_iter().map(|e| (e.value, e.counted.name())).collect()
}

#[test]
fn news_count_from_the_publication_and_history_from_what_was_told() {
    let text = "The war began on September 1, 1939. In May, France fell.";
    let day = ("1939-09-01".to_owned(), "absolute");
    assert_eq!(values(text, "en", Telling::History), [day.clone(), ("1939-05".to_owned(), "narrative")]);
    assert_eq!(values("In May, France fell.", "en", Telling::News), [("2016-05".to_owned(), "document")]);
    // Without a day of publication and without anything told, the year stays open.
    let open = expressions("In May, France fell.", english(), None, Telling::Guess);
    assert_eq!(open[0].value, "XXXX-05");
}

#[test]
fn a_text_full_of_far_years_is_history_and_one_with_weekdays_is_not() {
    let history = "In 1914 war came. In 1915 it spread. In 1916 it stalled. In 1917 it turned. In March they left.";
    assert_eq!(values(history, "en", Telling::Guess).last().unwrap().0, "1917-03");
    let news = format!("{history} He said Monday, Tuesday, Wednesday and Friday that they left in March.");
    assert_eq!(values(&news, "en", Telling::Guess).last().unwrap().0, "2016-03");
}

#[test]
fn a_weak_cue_keeps_both_readings() {
    let sure = found("They met on Friday.", english(), "", Telling::News);
    assert_eq!((sure[0].value.as_str(), sure[0].percent), ("2016-12-09", 92));
    let weak = found("A meeting on Friday.", english(), "", Telling::News);
    assert_eq!((weak[0].percent, weak[0].otherwise.as_deref()), (70, Some("2016-12-16")));
    let told = found("They met on 3 May 2015.", english(), "", Telling::News);
    assert_eq!((told[0].percent, told[0].otherwise.as_deref()), (100, None));
}

#[test]
fn a_story_does_not_follow_a_look_back() {
    let text = "In March 1812 they marched. It was like 1709, some said of the cold, and wrote it down in the \
                books of the regiment for all to read. In June they crossed.";
    assert_eq!(values(text, "en", Telling::History).last().unwrap().0, "1812-06");
}

#[test]
fn spans_lie_on_the_words_and_nothing_crosses_a_blank_line() {
    let text = "Né le 3\n\nmai 2015, l\u{2019}été dernier — « dimanche soir ».";
    let all = found(text, Language::from_code("fr").unwrap(), "", Telling::News);
    let spans: Vec<&str> = all.iter().map(|e| &text[e.span.start()..e.span.end()]).collect();
    assert_eq!(spans, ["mai 2015", "l\u{2019}été dernier", "dimanche soir"]);
}

#[test]
fn odd_input_never_panics() {
    let bits = [
        "31",
        "février",
        "29 Feb.",
        "9999",
        "the day after",
        "il y a",
        "siècles",
        "-",
        "BC",
        "next",
        "\u{2019}99",
        "é\u{0}",
        "half",
    ];
    for a in bits {
        for b in bits {
            for c in bits {
                let text = format!("{a} {b}{c}");
                for language in Language::all() {
                    for day in [None, Some(Date::MIN), Some(Date::MAX)] {
                        for telling in [Telling::News, Telling::History] {
                            for e in expressions(&text, language, day, telling) {
                                assert!(text.is_char_boundary(e.span.start()) && text.is_char_boundary(e.span.end()));
                            }
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn names_of_rules_are_unique() {
    for language in Language::all() {
        let mut ids: Vec<&str> = time_file(language).expression.iter().map(|r| r.id.as_str()).collect();
        ids.sort_unstable();
        assert!(ids.windows(2).all(|w| w[0] != w[1]), "{ids:?}");
    }
}
