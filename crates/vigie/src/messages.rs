//! What the program says in the language of its reader: Fluent messages of `resources/messages`.

use crate::show::thousands;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use jiff::civil::Date;
use unic_langid::LanguageIdentifier;
use vigie_claims::{Certainty, Claim, Realis};
use vigie_events::{Grade, OriginKind};
use vigie_resources::{Language, PerLanguage, Predicate, bytes};
use vigie_situation::{Fluent, Holding, Value};

/// The messages of one language.
pub struct Messages(FluentBundle<FluentResource>);

impl Messages {
    /// The messages of a language; `None` when there are none.
    #[must_use]
    pub fn of(language: Language) -> Option<&'static Self> {
        static ALL: PerLanguage<Option<Messages>> = PerLanguage::new();
        ALL.of(language, |l| Self::load(l.code())).as_ref()
    }

    /// The languages that have messages, in the order in which they are offered: the first is spoken to who asks for none.
    pub fn languages() -> impl Iterator<Item = Language> {
        let order = bytes("messages/order.txt").and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
        order.lines().filter_map(Language::from_code).filter(|l| Self::of(*l).is_some())
    }

    fn load(code: &str) -> Option<Self> {
        let text = std::str::from_utf8(bytes(&format!("messages/{code}.ftl"))?).ok()?;
        let resource = FluentResource::try_new(text.to_owned()).ok()?;
        let mut bundle = FluentBundle::new_concurrent(vec![code.parse::<LanguageIdentifier>().ok()?]);
        // The marks that keep right-to-left names apart would be seen in a terminal.
        bundle.set_use_isolating(false);
        bundle.add_resource(resource).ok()?;
        Some(Self(bundle))
    }

    /// One message; its key where there is none, which a test rules out.
    #[must_use]
    pub fn say(&self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else { return key.to_owned() };
        let mut arguments = FluentArgs::new();
        for (name, value) in values {
            arguments.set(*name, value.clone());
        }
        self.0.format_pattern(pattern, Some(&arguments), &mut Vec::new()).into_owned()
    }

    /// The keys of a language's messages that begin so.
    pub(crate) fn keys(language: Language, prefix: &str) -> impl Iterator<Item = &'static str> {
        let text = bytes(&format!("messages/{}.ftl", language.code())).and_then(|b| std::str::from_utf8(b).ok());
        let lines = text.unwrap_or_default().lines().filter(|l| !l.starts_with(['#', ' ']));
        lines.filter_map(|l| l.split_once(" =")).map(|(key, _)| key).filter(move |key| key.starts_with(prefix))
    }

    /// A message without values.
    #[must_use]
    pub fn word(&self, key: &str) -> String {
        self.say(key, &[])
    }

    /// A day as it is written.
    #[must_use]
    pub fn day(&self, day: Date) -> String {
        let month = self.word(&format!("month-{}", day.month()));
        // As text, or the year would be grouped like a count.
        let year = day.year().to_string();
        self.say("day", &[("day", i64::from(day.day()).into()), ("month", month.into()), ("year", year.into())])
    }

    /// Some days as they are written.
    #[must_use]
    pub fn days(&self, first: Option<Date>, last: Date) -> String {
        match first {
            None => self.say("by-day", &[("day", self.day(last).into())]),
            Some(first) if first == last => self.day(last),
            Some(first) => self.say("period", &[("first", self.day(first).into()), ("last", self.day(last).into())]),
        }
    }

    /// The name of an event type.
    #[must_use]
    pub fn predicate(&self, predicate: Predicate) -> String {
        self.word(&format!("predicate-{}", predicate.id()))
    }

    /// The name of a question about the situation.
    #[must_use]
    pub fn fluent(&self, fluent: Fluent) -> String {
        self.word(&format!("fluent-{}", fluent.as_str()))
    }

    /// How well an event is attested.
    #[must_use]
    pub fn grade(&self, grade: Grade) -> String {
        self.word(&format!("grade-{}", grade.as_str()))
    }

    /// An answer with whose it is; what is not known where there is none.
    #[must_use]
    pub fn answer(&self, holding: Option<&Holding>) -> String {
        let Some(holding) = holding else { return self.word("value-unknown") };
        let value = self.value(&holding.value);
        let who: Vec<&str> = holding.by.iter().map(|n| n.name.as_str()).collect();
        if who.is_empty() { value } else { self.say("by", &[("value", value.into()), ("who", who.join(" + ").into())]) }
    }

    /// The value of an answer.
    #[must_use]
    pub fn value(&self, value: &Value) -> String {
        match value {
            Value::Held => self.word("value-held"),
            Value::Word(word) => self.word(&format!("value-{word}")),
            Value::Flag(flag) => self.word(if *flag { "value-true" } else { "value-false" }),
            Value::Count { low, high, unit } => self.count(*low, *high, unit),
        }
    }

    /// A number or a range of something; a unit that has no name here keeps its own.
    #[must_use]
    pub fn count(&self, low: u64, high: u64, unit: &str) -> String {
        let key = format!("unit-{unit}");
        let unit = if self.0.has_message(&key) { self.word(&key) } else { unit.to_owned() };
        // As text in groups of three, alike in all languages that are spoken (ISO 80000-1).
        let number = if low == high { thousands(low) } else { format!("{}–{}", thousands(low), thousands(high)) };
        format!("{number} {unit}").trim_end().to_owned()
    }

    /// How an answer is known and since when.
    #[must_use]
    pub fn status(&self, holding: &Holding) -> String {
        let status = self.word(&format!("status-{}", holding.status.as_str()));
        match holding.since {
            Some(since) => {
                let since = self.days(since.first.or(Some(since.last)), since.last);
                self.say("status", &[("status", status.into()), ("since", since.into())])
            }
            None => self.say("status-alone", &[("status", status.into())]),
        }
    }

    /// Who says something.
    #[must_use]
    pub fn voices(&self, voices: &[(Option<String>, OriginKind)]) -> String {
        let name = |(name, kind): &(Option<String>, OriginKind)| match (name, kind) {
            (Some(outlet), OriginKind::Unattributed) => outlet.clone(),
            (None, _) => self.word("own-voice"),
            (Some(name), OriginKind::Anonymous) => self.say("not-named", &[("name", name.as_str().into())]),
            (Some(name), OriginKind::Unresolved) => self.say("not-clear", &[("name", name.as_str().into())]),
            (Some(name), _) => name.clone(),
        };
        let mut names: Vec<String> = voices.iter().map(name).collect();
        names.dedup();
        if names.is_empty() { self.word("own-voice") } else { names.join(" ; ") }
    }

    /// What keeps a claim from being told as a plain fact.
    #[must_use]
    pub fn doubts(&self, claim: &Claim) -> Vec<String> {
        let certainty = match claim.factuality.certainty {
            Certainty::Certain => None,
            Certainty::Probable => Some("probable"),
            Certainty::Possible => Some("possible"),
        };
        let realis = match claim.factuality.realis {
            Realis::Actual | Realis::Historical => None,
            Realis::Future | Realis::Hypothetical => Some("to-come"),
        };
        certainty.into_iter().chain(realis).map(|key| self.word(key)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Messages;
    use std::collections::BTreeSet;
    use vigie_events::Grade;
    use vigie_resources::{Language, Predicate};
    use vigie_situation::{Fluent, Status};

    fn keys(language: Language) -> BTreeSet<&'static str> {
        Messages::keys(language, "").collect()
    }

    #[test]
    fn every_language_has_the_same_messages() {
        let all: Vec<BTreeSet<&str>> = Language::all().map(keys).collect();
        assert!(all[0].len() > 150);
        for other in &all[1..] {
            assert_eq!(all[0].symmetric_difference(other).collect::<Vec<_>>(), Vec::<&&str>::new());
        }
    }

    #[test]
    fn every_language_with_messages_has_its_place_in_the_order() {
        let ordered: BTreeSet<Language> = Messages::languages().collect();
        let told: BTreeSet<Language> = Language::all().filter(|l| Messages::of(*l).is_some()).collect();
        assert_eq!(ordered, told);
    }

    #[test]
    fn everything_that_is_named_has_a_name() {
        for language in Language::all() {
            let messages = Messages::of(language).unwrap();
            let mut wanted: Vec<String> = Predicate::all().map(|p| format!("predicate-{}", p.id())).collect();
            for fluent in Fluent::ALL {
                wanted.push(format!("fluent-{}", fluent.as_str()));
                wanted.extend(fluent.words().iter().map(|word| format!("value-{word}")));
            }
            let statuses = [Status::Corroborated, Status::Claimed, Status::Unattributed, Status::Contested];
            wanted.extend(statuses.map(|s| format!("status-{}", s.as_str())));
            wanted.extend([Grade::Admitted, Grade::Retracted].map(|g| format!("grade-{}", g.as_str())));
            for key in wanted {
                assert_ne!(messages.word(&key), key, "{}", language.code());
            }
        }
    }

    #[test]
    fn days_are_written_as_the_language_does() {
        let day = jiff::civil::date(2016, 9, 1);
        let written: Vec<String> =
            ["fr", "en"].map(|code| Messages::of(Language::from_code(code).unwrap()).unwrap().day(day)).to_vec();
        assert_eq!(written, ["1er sept. 2016", "1 Sep 2016"]);
    }
}
