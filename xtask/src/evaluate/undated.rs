//! Stories of French Wikinews (CC BY 2.5) without their date lines: does the program date them by their own words?
//!
//! Rules were written on the training split; the report gives the development split beside it.

use crate::corpora::unpack;
use jiff::civil::Date;
use serde::Deserialize;
use std::fmt::Write as _;
use vigie_claims::{Counted, Telling, VENTURES, dateline, expressions, ventured_day};
use vigie_resources::Language;
use vigie_text::{document_id, read_page};

const FILE: &str = "news-fr/winer-public.jsonl.xz";
/// An answer is right when it lies at most so many days away.
const NEAR: i32 = 3;
/// What is wanted, in percent: right when it answers, answers.
const WANTED: [f64; 2] = [90.0, 25.0];

#[derive(Debug, Deserialize)]
struct Article {
    date: Option<String>,
    text: String,
    split: String,
}

/// What became of the stories of one split.
#[derive(Debug, Default)]
struct Outcome {
    all: usize,
    answered: usize,
    near: usize,
    exact: usize,
    /// Wrong by how much.
    month: usize,
    year: usize,
}

impl Outcome {
    fn count(&mut self, answer: Option<Date>, day: Date) {
        self.all += 1;
        let Some(answer) = answer else { return };
        let away = (answer - day).get_days().abs();
        self.answered += 1;
        self.exact += usize::from(away == 0);
        self.near += usize::from(away <= NEAR);
        self.month += usize::from(away > NEAR && away <= 60);
        self.year += usize::from(away > 60);
    }

    fn percent(part: usize, whole: usize) -> f64 {
        if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 }
    }
}

/// The text without its date line.
fn undated(text: &str, language: Language) -> String {
    let Some((_, span)) = dateline(text, language) else { return text.to_owned() };
    format!("{}{}", &text[..span.start()], &text[span.end()..])
}

/// The simple way: the last full date of the text.
fn last_date(text: &str, language: Language) -> Option<Date> {
    let told = expressions(text, language, None, Telling::News);
    told.iter().filter(|e| e.counted == Counted::Absolute).filter_map(|e| e.value.parse().ok()).max()
}

/// What each further kind of evidence would answer, and how often rightly: why no more is answered.
fn trade(page: &mut String, ventured: &[[Outcome; VENTURES + 1]; 2]) {
    const BELIEVED: [&str; VENTURES + 1] = [
        "what the program answers",
        "+ the last full date of the text, where it stands in the lead",
        "+ the last full date, wherever it stands",
        "+ a weekday with day and month, in the first year that fits",
        "+ a day and month of the lead, in the last year told",
    ];
    let _ = writeln!(page, "\nIf more were believed (each row adds to the one above)\n");
    let _ = writeln!(page, "{:<64}{:>16}{:>16}", "", "train", "dev");
    let _ = writeln!(page, "{:<64}{:>8}{:>8}{:>8}{:>8}", "", "answers", "right", "answers", "right");
    for (step, believed) in BELIEVED.iter().enumerate() {
        let _ = write!(page, "{believed:<64}");
        for split in ventured {
            let o = &split[step];
            let (answers, right) = (Outcome::percent(o.answered, o.all), Outcome::percent(o.near, o.answered));
            let _ = write!(page, "{answers:>7.1}%{right:>7.1}%");
        }
        let _ = writeln!(page);
    }
}

/// Adds the undated stories to the reports.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn report(page: &mut String, table: &mut String) -> Result<(), String> {
    let french = Language::from_code("fr").ok_or("no pack for fr")?;
    let text = unpack(FILE)?;
    let _ = writeln!(
        page,
        "\n== Undated stories: French Wikinews without its date lines\n\nWithin {NEAR} days of the true day; wanted: {} % when it answers, answers {} %.\n",
        WANTED[0], WANTED[1]
    );
    let _ = writeln!(page, "{:<26} stories  answers       %   right       %  same day  off: month  year", "");
    let mut outcomes: [[Outcome; 2]; 2] = Default::default();
    let mut ventured: [[Outcome; VENTURES + 1]; 2] = Default::default();
    for (number, line) in text.lines().enumerate() {
        let article: Article = serde_json::from_str(line).map_err(|e| format!("{FILE}:{}: {e}", number + 1))?;
        let Some(day) = article.date.as_deref().and_then(|d| d.parse::<Date>().ok()) else { continue };
        let text = undated(&article.text, french);
        let stories = read_page(document_id(text.as_bytes()), text.clone()).stories;
        let found = |steps: usize| {
            stories.iter().filter_map(|story| ventured_day(&text, story, steps)).map(|found| found.date).max()
        };
        let split = usize::from(article.split != "train");
        outcomes[split][0].count(found(0), day);
        outcomes[split][1].count(last_date(&text, french), day);
        for (steps, outcome) in ventured[split].iter_mut().enumerate() {
            outcome.count(found(steps), day);
        }
    }
    for (split, both) in ["train (looked at)", "dev"].iter().zip(&outcomes) {
        for (name, o) in ["vigie", "last full date"].iter().zip(both) {
            let (answers, right) = (Outcome::percent(o.answered, o.all), Outcome::percent(o.near, o.answered));
            let row = format!("{name}, {split}");
            let _ = writeln!(
                page,
                "{row:<34}{:>7}{:>9}{answers:>8.1}{:>8}{right:>8.1}{:>10}{:>12}{:>6}",
                o.all, o.answered, o.near, o.exact, o.month, o.year
            );
            let _ = writeln!(
                table,
                "{name},undated-{split},undated,within-{NEAR}-days,{},{},{},",
                o.all, o.answered, o.near
            );
        }
    }
    trade(page, &ventured);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_line_is_taken_out_and_answers_are_counted() {
        let french = Language::from_code("fr").unwrap();
        let text = undated("Titre\n\n4 mars 2014 . –\nUn pont, le 3 mai 2013.", french);
        assert_eq!(text, "Titre\n\n . –\nUn pont, le 3 mai 2013.");
        let day = |text: &str| text.parse::<Date>().unwrap();
        assert_eq!(last_date(&text, french), Some(day("2013-05-03")));
        let mut outcome = Outcome::default();
        outcome.count(Some(day("2013-05-03")), day("2013-05-05"));
        outcome.count(Some(day("2013-05-03")), day("2014-05-03"));
        outcome.count(None, day("2014-05-03"));
        assert_eq!((outcome.all, outcome.answered, outcome.near, outcome.year), (3, 2, 1, 1));
    }
}
