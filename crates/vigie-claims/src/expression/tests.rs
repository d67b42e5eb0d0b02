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
                    let shown: Vec<String> = all.iter().map(|e| format!("{} {} {}", &example.text[e.span.start()..e.span.end()], e.value, e.rule)).collect();
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
