//! One page to stories and leftovers: layout, debris, language, then which blocks belong together.

use crate::debris::{dateline_prefix, debris, suffix_start};
use crate::document::{DocumentId, Leftover, Note, Page, Why};
use crate::grouping::{self, Block};
use crate::identify::{identify, is_other_language};
use crate::layout::{blocks, closes};
use crate::span::Span;
use crate::story::{is_title, story};
use crate::terms::{Terms, terms};
use std::collections::{BTreeMap, BTreeSet};
use vigie_resources::Language;

/// A block that may be part of a story.
struct Part {
    span: Span,
    title: bool,
    glued: bool,
    /// A dateline stands before it.
    dated: bool,
    /// The page's layout parts it from what stands before.
    apart: bool,
    terms: Terms,
}

/// Marks that open a quotation.
const QUOTES: [char; 6] = ['"', '«', '“', '„', '‘', '\''];

/// What grouping looks at of a paragraph that stands by itself on a page; `None` when nothing but debris is in it.
#[cfg(feature = "train")]
pub(crate) fn block(text: &str, language: Language) -> Option<Block> {
    let part = read_block(text, Span::new(0, text.len()), language, false, &mut Vec::new())?;
    Some(looks(text, &part))
}

fn looks(text: &str, part: &Part) -> Block {
    let written = part.span.of(text);
    let (quoted, closed) = (written.starts_with(QUOTES), closes(written));
    let terms = part.terms.clone();
    Block { terms, chars: part.span.len(), with: None, title: part.title, quoted, closed, dated: part.dated }
}

/// Reads one page; never fails. Every byte that is not white space is in one story part or one leftover.
#[must_use]
pub fn read_page(id: DocumentId, text: String) -> Page {
    // A language that can only be parsed is as good as not shipped: its stories would give no claims.
    let language = identify(&text).filter(|l| l.has_rules());
    let mut page = Page { id, language, stories: Vec::new(), leftovers: Vec::new(), notes: Vec::new(), text };
    let lines = blocks(&page.text);
    if lines.is_empty() {
        page.notes.push(Note { span: None, code: "empty-page", message: "The page holds no text.".to_owned() });
        return page;
    }
    let Some(language) = language else {
        page.leftovers = lines.iter().map(|l| Leftover { span: l.span, why: Why::UnknownLanguage }).collect();
        page.notes.push(Note {
            span: None,
            code: "unknown-language",
            message: "No language that claims are read from fits this page; `vigie languages` lists them.".to_owned(),
        });
        return page;
    };
    let mut parts = Vec::new();
    let mut leftovers = Vec::new();
    // What parts a piece of debris from the text above parts the text below it too.
    let mut apart = false;
    let mut dated = false;
    for line in lines {
        let top = parts.is_empty();
        apart |= line.apart;
        let before = leftovers.len();
        let read = read_block(&page.text, line.span, language, top, &mut leftovers);
        // A dateline that fills a line dates the next block.
        dated |= leftovers[before..].iter().any(|l| l.why == Why::Dateline);
        if let Some(part) = read {
            let (apart, dated) = (std::mem::take(&mut apart), std::mem::take(&mut dated));
            parts.push(Part { glued: line.glued, apart, dated, ..part });
        }
    }
    restore_lone_debris(&page.text, language, &mut parts, &mut leftovers);
    if parts.len() > grouping::MOST_BLOCKS {
        page.notes.push(Note {
            span: None,
            code: "page-too-long",
            message: format!("More than {} blocks: all are read as one story; split the page.", grouping::MOST_BLOCKS),
        });
    }
    let groups = groups(&page.text, &parts, language);
    let mut stories: BTreeMap<usize, Vec<(Span, bool)>> = BTreeMap::new();
    let mut titles: BTreeMap<usize, Vec<&Terms>> = BTreeMap::new();
    for (part, group) in parts.iter().zip(&groups) {
        let Some(group) = group else {
            leftovers.push(Leftover { span: part.span, why: Why::Foreign });
            continue;
        };
        let told = titles.entry(*group).or_default();
        if part.title && told.iter().any(|t| is_same_title(t, &part.terms)) {
            leftovers.push(Leftover { span: part.span, why: Why::DuplicateHeadline });
            continue;
        }
        if part.title {
            told.push(&part.terms);
        }
        stories.entry(*group).or_default().push((part.span, part.title));
    }
    page.stories = stories.values().map(|parts| story(id, &page.text, language, parts)).collect();
    leftovers.sort_by_key(|l| l.span);
    page.leftovers = leftovers;
    page
}

/// Cuts the debris off one block; `None` when nothing else is in it.
fn read_block(text: &str, span: Span, language: Language, top: bool, leftovers: &mut Vec<Leftover>) -> Option<Part> {
    if let Some(why) = debris(text, span, language) {
        leftovers.push(Leftover { span, why });
        return None;
    }
    if is_other_language(text, span, language) {
        leftovers.push(Leftover { span, why: Why::UnknownLanguage });
        return None;
    }
    let prefix = dateline_prefix(span.of(text), language);
    if prefix > 0 {
        leftovers.push(Leftover { span: trimmed(text, span.start(), span.start() + prefix), why: Why::Dateline });
    }
    let mut span = trimmed(text, span.start() + prefix, span.end());
    let title = is_title(text, span, top);
    if title {
        let end = span.start() + suffix_start(span.of(text));
        if end < span.end() {
            leftovers.push(Leftover { span: trimmed(text, end, span.end()), why: Why::PageSuffix });
            // The section's name still says what the headline is about.
            let terms = terms(text, span, language);
            span = trimmed(text, span.start(), end);
            return Some(Part { span, title, glued: false, dated: false, apart: false, terms });
        }
    }
    Some(Part { span, title, glued: false, dated: false, apart: false, terms: terms(text, span, language) })
}

/// A page of nothing but debris is read all the same: a reader who gives one line wants it read.
fn restore_lone_debris(text: &str, language: Language, parts: &mut Vec<Part>, leftovers: &mut Vec<Leftover>) {
    if !parts.is_empty() {
        return;
    }
    let readable =
        |l: &Leftover| matches!(l.why, Why::Advert | Why::Caption) && l.span.of(text).split_whitespace().count() >= 4;
    let (back, rest): (Vec<Leftover>, Vec<Leftover>) = leftovers.iter().copied().partition(readable);
    *leftovers = rest;
    let part = |l: &Leftover| Part {
        span: l.span,
        title: false,
        glued: false,
        dated: false,
        apart: false,
        terms: terms(text, l.span, language),
    };
    *parts = back.iter().map(part).collect();
}

/// What stands between two headlines of a page that keeps its order is told under the first of them, whatever else it turns to:
/// joins the groups of such a section but those with a headline of their own.
fn gather(groups: &mut [Option<usize>], section: &[Part]) {
    let heads = section.iter().take_while(|part| part.title).count();
    let own: BTreeSet<usize> = (heads..section.len()).filter(|i| section[*i].title).filter_map(|i| groups[i]).collect();
    let leading = groups.iter().flatten().copied().find(|group| !own.contains(group));
    for group in groups.iter_mut().flatten().filter(|group| !own.contains(group)) {
        *group = leading.unwrap_or(*group);
    }
}

fn trimmed(text: &str, start: usize, end: usize) -> Span {
    let slice = &text[start..end];
    let from = start + (slice.len() - slice.trim_start().len());
    Span::new(from, from + slice.trim().len())
}

/// For every part the number of its story; `None`: of another page.
fn groups(text: &str, parts: &[Part], language: Language) -> Vec<Option<usize>> {
    let mut groups = Vec::with_capacity(parts.len());
    let mut stories = 0;
    let (sections, in_order) = sections(text, parts, language);
    for section in sections {
        let mut of_section = grouping::group(&blocks_of(text, section), language);
        if in_order {
            gather(&mut of_section, section);
        }
        groups.extend(of_section.iter().map(|group| group.map(|g| stories + g)));
        stories += of_section.iter().flatten().max().map_or(0, |last| last + 1);
    }
    groups
}

/// The stretches of a page that tell one story after another: as its layout parts them, each with a headline and text of
/// its own, or else as its headlines do where the text shows that its order is kept. Else all as one: where a layout
/// does not keep to its gaps everywhere, they mean something else. With whether its headlines told.
fn sections<'a>(text: &str, parts: &'a [Part], language: Language) -> (Vec<&'a [Part]>, bool) {
    let mut starts: Vec<usize> = (1..parts.len()).filter(|i| parts[*i].apart).collect();
    starts.insert(0, 0);
    let ends = starts.iter().skip(1).copied().chain([parts.len()]);
    let found: Vec<&[Part]> = starts.iter().zip(ends).map(|(start, end)| &parts[*start..end]).collect();
    let whole = |section: &&[Part]| section.first().is_some_and(|p| p.title) && section.iter().any(|p| !p.title);
    if found.len() > 1 && found.iter().all(whole) {
        return (found, false);
    }
    match grouping::sequence(&blocks_of(text, parts), language) {
        Some(stretches) => (stretches.into_iter().map(|stretch| &parts[stretch]).collect(), true),
        None => (vec![parts], false),
    }
}

fn blocks_of(text: &str, parts: &[Part]) -> Vec<Block> {
    // Where blank lines are the rule, lines without one between them came together.
    let glued = parts.iter().filter(|p| p.glued).count();
    let telling = glued * 5 <= parts.len() * 2;
    let block = |(i, part): (usize, &Part)| Block {
        with: (telling && part.glued && i > 0).then(|| i - 1),
        ..looks(text, part)
    };
    parts.iter().enumerate().map(block).collect()
}

/// Two headlines that differ in next to nothing.
fn is_same_title(a: &Terms, b: &Terms) -> bool {
    let (a, b): (BTreeSet<&String>, BTreeSet<&String>) = (a.keys.iter().collect(), b.keys.iter().collect());
    let shared = a.intersection(&b).count();
    shared >= 3 && shared * 100 >= a.union(&b).count() * 85
}
