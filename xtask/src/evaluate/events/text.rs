//! One text of a set, read by the whole chain from raw words to claims and events.

use jiff::civil::Date;
use std::ops::Range;
use vigie::book::Book;
use vigie::export::codes;
use vigie::pipeline;
use vigie::record::{DocumentRecord, PublishedBasis, StoryRecord};
use vigie_claims::{Claim, Filler, Polarity, Reading, Realis, Role, Tie, read_story, whereabouts};
use vigie_ingest::TextFrom;
use vigie_resources::{Kind, Language, SubEvent};
use vigie_syntax::{Model, Parse};
use vigie_text::{Span, Story, StoryId, document_id, split_sentences};

/// The places of a verb and how the sentence ties them to the verb.
pub(super) type Tied = Vec<(Span, Tie)>;

/// A text and what was read from it.
pub(super) struct Read {
    record: DocumentRecord,
    tokens: Vec<Span>,
}

impl Read {
    /// Reads a text whose language is told, every line a paragraph: what stands on pages beside stories is not the
    /// question of these sets.
    pub(super) fn of(text: &str, code: &str, published: Option<Date>) -> Result<Self, String> {
        Self::with_verbs(text, code, published, &[]).map(|(read, _)| read)
    }

    /// The same, and where each verb happens, whether it evokes something of ours or not.
    pub(super) fn with_verbs(
        text: &str,
        code: &str,
        published: Option<Date>,
        verbs: &[Range<usize>],
    ) -> Result<(Self, Vec<Tied>), String> {
        let language = Language::from_code(code).ok_or_else(|| format!("{code}: no language pack"))?;
        let model = Model::for_language(language).ok_or_else(|| format!("{code}: no model"))?;
        let id = document_id(text.as_bytes());
        let (mut sentences, mut paragraphs, mut start) = (Vec::new(), Vec::new(), 0);
        for line in text.split('\n') {
            let span = Span::new(start, start + line.len());
            sentences.extend(split_sentences(text, span, language, paragraphs.len() as u32));
            paragraphs.push(span);
            start += line.len() + 1;
        }
        sentences.retain(|s| !s.tokens.is_empty());
        let tokens = sentences.iter().flat_map(|s| s.tokens.iter().map(|t| t.span)).collect();
        let story = Story { id: StoryId(id.0), language, headline: None, paragraphs, sentences };
        let parses: Vec<Parse> = model.parse_all(text, &story.sentences);
        let reading = Reading { text, story: &story, parses: &parses, published, inferred: false };
        let claims = read_story(id, &reading);
        let verbs: Vec<Span> = verbs.iter().map(|v| Span::new(v.start, v.end)).collect();
        let places = if verbs.is_empty() { Vec::new() } else { whereabouts(&reading, &verbs) };
        let record = DocumentRecord {
            id,
            arrival: 0,
            path: String::new(),
            outlet: None,
            url: None,
            title: None,
            author: None,
            language: Some(language),
            text: text.to_owned(),
            text_from: TextFrom::File,
            encoding: "UTF-8".to_owned(),
            skipped: 0,
            bytes: text.len(),
            published,
            basis: PublishedBasis::Unknown,
            stories: vec![StoryRecord { id: story.id, language, headline: None, paragraphs: story.paragraphs }],
            leftovers: Vec::new(),
            claims,
            notes: Vec::new(),
        };
        Ok((Self { record, tokens }, places))
    }

    /// Where the tokens of the text stand.
    pub(super) fn tokens(&self) -> &[Span] {
        &self.tokens
    }

    /// The text.
    pub(super) fn text(&self) -> &str {
        &self.record.text
    }

    /// Every claim, in the order of the text.
    pub(super) fn claims(&self) -> impl Iterator<Item = &Claim> {
        let mut claims: Vec<&Claim> = self.record.claims.iter().collect();
        claims.sort_by_key(|c| (c.trigger.start(), c.predicate));
        claims.into_iter()
    }

    /// The claims of events, and of relations that PLOVER counts among its events.
    pub(super) fn events(&self) -> impl Iterator<Item = &Claim> {
        self.claims().filter(|c| c.predicate.kind() == Kind::Event || root(c).is_some())
    }

    /// Of the claims of events those that are told as so, or as to come; all, where nothing is.
    pub(super) fn told(&self) -> Vec<&Claim> {
        let so = |c: &&Claim| {
            c.factuality.realis != Realis::Hypothetical
                && (c.factuality.polarity == Polarity::Positive || c.factuality.realis == Realis::Future)
        };
        let told: Vec<&Claim> = self.events().filter(so).collect();
        if told.is_empty() { self.events().collect() } else { told }
    }

    /// The events of the text with ACLED's word for each that ACLED counts, and the earliest trigger.
    pub(super) fn acled(&self) -> Vec<(&'static SubEvent, usize)> {
        let documents = std::slice::from_ref(&self.record);
        let book = Book::of(documents);
        let mut found: Vec<(&SubEvent, usize)> = pipeline::events(documents)
            .iter()
            .filter_map(|event| {
                let starts = event.claims.iter().filter_map(|id| book.claim(*id)).map(|(_, c)| c.trigger.start());
                Some((codes::codes_of(event, &book).acled?, starts.min()?))
            })
            .collect();
        found.sort_by_key(|(_, at)| *at);
        found
    }

    /// The bytes that the fillers of some roles cover.
    pub(super) fn spans(claim: &Claim, roles: &[Role]) -> Vec<Range<usize>> {
        roles.iter().flat_map(|role| claim.fillers(*role)).map(|f| f.span.start()..f.span.end()).collect()
    }

    /// The words of a filler.
    pub(super) fn words<'a>(&'a self, filler: &Filler) -> &'a str {
        filler.span.of(&self.record.text)
    }
}

/// PLOVER's event of a claim.
pub(super) fn root(claim: &Claim) -> Option<&'static str> {
    codes::plover_of(claim)
}

/// Where the words stand in a text, every time.
pub(super) fn occurrences(text: &str, words: &str) -> Vec<Range<usize>> {
    let words = words.trim();
    if words.is_empty() {
        return Vec::new();
    }
    text.match_indices(words).map(|(at, found)| at..at + found.len()).collect()
}

/// Do two ranges share a letter?
pub(super) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The byte ranges of a gold that counts characters.
pub(super) struct Bytes(Vec<usize>);

impl Bytes {
    pub(super) fn of(text: &str) -> Self {
        let mut places: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
        places.push(text.len());
        Self(places)
    }

    pub(super) fn range(&self, start: usize, end: usize) -> Range<usize> {
        let byte = |c: usize| self.0[c.min(self.0.len() - 1)];
        byte(start)..byte(end)
    }
}
