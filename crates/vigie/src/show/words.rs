//! How a person would say it: periods, doubts, counts.

use jiff::civil::Date;
use vigie_claims::{Basis, Certainty, Factuality, Hedge, Namesake, Period, PlacePhrase, Polarity, Realis};
use vigie_events::Grade;

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

fn month(date: Date) -> &'static str {
    MONTHS[date.month() as usize - 1]
}

/// `4 Sep 2016`.
pub(crate) fn day(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// A first and last day, as short as it stays clear.
pub(crate) fn days(first: Option<Date>, last: Date) -> String {
    let Some(first) = first else { return format!("by {}", day(last)) };
    let next = last.tomorrow().unwrap_or(last);
    if first == last {
        day(last)
    } else if first.day() == 1 && next.day() == 1 && (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{} {}", month(last), last.year())
    } else if (first.month(), first.day(), last.month(), last.day()) == (1, 1, 12, 31) && first.year() == last.year() {
        last.year().to_string()
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}–{}", first.day(), day(last))
    } else if first.year() == last.year() {
        format!("{} {} – {}", first.day(), month(first), day(last))
    } else {
        format!("{} – {}", day(first), day(last))
    }
}

/// A claim's period.
pub(crate) fn period(period: &Period) -> String {
    let days = days(period.first, period.last);
    if period.basis == Basis::Inferred { format!("{days} (inferred)") } else { days }
}

/// What tells a place by others, and how a length that the text states fits it.
pub(crate) fn phrase(phrase: &PlacePhrase, text: &str) -> String {
    let mut out = format!("\"{}\" = {} of {}", phrase.span.of(text), phrase.kind, phrase.anchors.join(" and "));
    if let Some(side) = &phrase.side {
        out.push_str(&format!(", {side}"));
    }
    if let Some(metres) = phrase.metres {
        out.push_str(&format!(", {} km off", f64::from(metres) / 1000.0));
    }
    if let Some((metres, agrees)) = phrase.length {
        let fits = if agrees { "which fits its ends" } else { "which does not fit its ends" };
        out.push_str(&format!(", told to be {} km long, {fits}", f64::from(metres) / 1000.0));
    }
    out
}

/// A place that a name may mean, with what speaks for it.
pub(crate) fn namesake(namesake: &Namesake) -> String {
    let Namesake { place, name, country, score, reasons } = namesake;
    let named = if name.is_empty() { "a place without a name of its own" } else { name };
    let where_ = if country.is_empty() { String::new() } else { format!(", {country}") };
    let why = if reasons.is_empty() { "nothing".to_owned() } else { reasons.join(", ") };
    format!("{named} ({place}{where_}) with {score}: {why}")
}

/// What keeps the claim from being told as a plain fact; empty when nothing does.
pub(crate) fn doubts(factuality: Factuality) -> Vec<&'static str> {
    let mut words = Vec::new();
    if factuality.polarity == Polarity::Negative {
        words.push("NOT");
    }
    match factuality.certainty {
        Certainty::Certain => {}
        Certainty::Probable => words.push("probable"),
        Certainty::Possible => words.push("possible"),
    }
    match factuality.realis {
        Realis::Actual => {}
        Realis::Historical => words.push("background"),
        Realis::Future => words.push("to come"),
        Realis::Hypothetical => words.push("not realised"),
    }
    words
}

/// A number with its hedge, `about 250 000 people`.
pub(crate) fn figure(figure: &vigie_claims::Figure) -> String {
    let hedge = match figure.hedge {
        Hedge::Exactly | Hedge::Between => "",
        Hedge::About => "about ",
        Hedge::AtLeast => "at least ",
        Hedge::AtMost => "at most ",
        Hedge::Dozens | Hedge::Hundreds | Hedge::Thousands => "some ",
    };
    format!("{hedge}{}", count(figure.low, figure.high, &figure.unit))
}

/// `250 000 people`, `10–20 killed`.
pub(crate) fn count(low: u64, high: u64, unit: &str) -> String {
    if low == high {
        format!("{} {unit}", thousands(low))
    } else {
        format!("{}–{} {unit}", thousands(low), thousands(high))
    }
}

/// A number in groups of three digits.
pub(crate) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{a0}');
        }
        out.push(digit);
    }
    out
}

/// `3 claims`, `1 story`, `2 stories`.
pub(crate) fn plural(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        _ => format!("{count} {noun}s"),
    }
}

/// How well an event is attested.
pub(crate) fn grade(grade: Grade, n_origins: usize) -> String {
    match grade {
        Grade::Corroborated => format!("corroborated by {}", plural(n_origins, "origin")),
        Grade::SingleSource => "single source".to_owned(),
        Grade::Unattributed => "no source named".to_owned(),
        Grade::Admitted => "admitted by the side it speaks against".to_owned(),
        other => other.as_str().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{days, plural, thousands};
    use jiff::civil::date;

    #[test]
    fn periods_are_as_short_as_they_stay_clear() {
        let check = |first, last, expect: &str| assert_eq!(days(first, last), expect);
        check(Some(date(2016, 9, 4)), date(2016, 9, 4), "4 Sep 2016");
        check(Some(date(2016, 2, 1)), date(2016, 2, 29), "Feb 2016");
        check(Some(date(2015, 1, 1)), date(2015, 12, 31), "2015");
        check(Some(date(2016, 9, 5)), date(2016, 9, 11), "5–11 Sep 2016");
        check(Some(date(2016, 9, 28)), date(2016, 10, 2), "28 Sep – 2 Oct 2016");
        check(Some(date(2015, 12, 30)), date(2016, 1, 2), "30 Dec 2015 – 2 Jan 2016");
        check(None, date(2016, 9, 5), "by 5 Sep 2016");
    }

    #[test]
    fn counts_read_like_prose() {
        assert_eq!(thousands(250_000), "250\u{a0}000");
        assert_eq!(thousands(12), "12");
        assert_eq!(
            (plural(1, "story"), plural(2, "story"), plural(0, "claim")),
            ("1 story".to_owned(), "2 stories".to_owned(), "0 claims".to_owned())
        );
    }
}
