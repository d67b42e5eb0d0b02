//! What somebody holds, wants, judges or does with words, where nothing that is said can be cited for it: "backs the
//! plan", "is confident that", "her criticism of the law", "reportedly".
//!
//! Such an attitude speaks no claim, so [`super::Voices`] does not hold it; [`super::wordings`] lists it.

use super::room::{Room, spans_of};
use super::speaker::has;
use super::wording::Wording;
use crate::phrase::subtree;
use crate::reading::WordAt;
use vigie_resources::{Stance, StanceKind};
use vigie_syntax::{Relation, Upos};
use vigie_text::Span;

impl Room<'_> {
    /// The attitude that a word tells of, with its content.
    pub(super) fn stance(&self, at: WordAt) -> Option<Wording> {
        let word = self.reading.word(at);
        let kind = match word.upos {
            Upos::Verb | Upos::Aux => StanceKind::Verb,
            Upos::Noun => StanceKind::Noun,
            Upos::Adj => StanceKind::Adjective,
            Upos::Adv => StanceKind::Adverb,
            _ => return None,
        };
        let lemma = word.lemma.to_lowercase();
        if kind == StanceKind::Verb && !self.is_held(at) {
            return None;
        }
        // A participle may be listed as an adjective ("is worried about").
        let listed = |kind| self.words.stance(&lemma, kind);
        match kind {
            StanceKind::Verb => match listed(kind) {
                Some(stance) => self.held_by_verb(at, stance),
                None if self.words.sayings(&lemma).any(|(s, _)| !s.takes.is_empty()) => {
                    self.held_by_verb(at, &self.words.said)
                }
                None => {
                    self.held_by_adjective(at, self.words.stance(&word.form.to_lowercase(), StanceKind::Adjective)?)
                }
            },
            StanceKind::Adjective => self.held_by_adjective(at, listed(kind)?),
            StanceKind::Noun => self.held_by_noun(at, listed(kind)?),
            StanceKind::Adverb => listed(kind).and_then(|_| self.hearsay_adverb(at)),
        }
    }

    /// What somebody may or must hold, or an infinitive asks for, is not held; what the writer or the reader holds is
    /// told as nobody's.
    fn is_held(&self, at: WordAt) -> bool {
        let parse = self.reading.parse(at.sentence);
        let unreal = parse.children(at.word).any(|c| {
            parse.words[c].deprel.base == Relation::Aux && has(&self.words.reference.modals, &parse.words[c].lemma)
        });
        !unreal && !self.is_ours(at) && !self.is_infinitive(at)
    }

    fn held_by_verb(&self, at: WordAt, stance: &Stance) -> Option<Wording> {
        let parse = self.reading.parse(at.sentence);
        let passive = self.is_passive_form(at);
        let (mut clauses, mut objects, mut phrases, mut before) = (vec![], vec![], vec![], vec![]);
        for c in parse.children(at.word) {
            let child = &parse.words[c];
            let here = WordAt { word: c, ..at };
            let introduced = || {
                self.mark_of(here).is_some_and(|m| {
                    let text = self.text(at.sentence, m);
                    has(&self.words.reference.that, &text) || has(&self.words.reference.whether, &text)
                })
            };
            match child.deprel.base {
                Relation::Ccomp | Relation::Xcomp if c > at.word => clauses.push(c),
                Relation::Ccomp if c < at.word => before.push(c),
                Relation::Advcl if c > at.word && introduced() => clauses.push(c),
                Relation::Advcl if c > at.word && stance.infinitive && self.is_infinitive(here) => clauses.push(c),
                Relation::Obj if c > at.word => objects.push(c),
                Relation::Obj => before.push(c),
                Relation::Nsubj | Relation::Csubj if (passive || stance.raising) && !self.is_empty_subject(here) => {
                    before.push(c)
                }
                Relation::Obl if c > at.word && self.is_with(here, stance) => phrases.push(c),
                _ => {}
            }
        }
        if stance.addressee && clauses.iter().any(|&c| parse.words[c].deprel.base == Relation::Ccomp) {
            objects.clear();
        }
        // "the plan he backs": a participle says it of its noun.
        if objects.is_empty() && before.is_empty() && clauses.is_empty() && passive {
            before.extend(parse.words[at.word].head.map(|h| h as usize).filter(|&h| h < at.word));
        }
        let mut cue = self.verb_group(at);
        let mut content: Vec<Span> = before.iter().map(|&b| self.source_span(WordAt { word: b, ..at }, at)).collect();
        let direct: Vec<usize> = clauses.iter().chain(&objects).copied().collect();
        if stance.raising && direct.is_empty() {
            return None;
        }
        if direct.is_empty() && before.is_empty() {
            let &first = phrases.first()?;
            let (widened, words) = self.with_preposition(at, first, cue);
            cue = widened;
            content.extend(self.in_a_row(at.sentence, words));
        } else if !direct.is_empty() || !phrases.is_empty() {
            let heads = direct.iter().chain(&phrases);
            let words = heads.flat_map(|&h| self.core_of(WordAt { word: h, ..at })).filter(|&w| w > at.word).collect();
            content.extend(self.in_a_row(at.sentence, words));
        }
        content.sort_unstable();
        // A passive that names nobody and says nothing of its subject tells no attitude.
        let named = parse.children(at.word).any(|c| self.is_agent(at.sentence, c));
        if passive && !named && direct.is_empty() && phrases.is_empty() {
            return None;
        }
        let source = self.holder(at).filter(|s| !before.contains(&s.word));
        let source = source.map(|s| self.source_span(s, at));
        (!content.is_empty()).then(|| Wording { source, cue: Some(cue), content, rule: "attribution/stance".into() })
    }

    fn held_by_adjective(&self, at: WordAt, stance: &Stance) -> Option<Wording> {
        let parse = self.reading.parse(at.sentence);
        let mut cue = self.verb_group(at);
        let content = self.complement(at, stance, &mut cue)?;
        let source = self.holder(at).or_else(|| {
            let above = parse.words[at.word].head? as usize;
            (parse.words[at.word].deprel.base == Relation::Amod && above < at.word)
                .then_some(WordAt { word: above, ..at })
        });
        let source = source.map(|s| self.source_span(s, at));
        Some(Wording { source, cue: Some(cue), content, rule: "attribution/stance".into() })
    }

    fn held_by_noun(&self, at: WordAt, stance: &Stance) -> Option<Wording> {
        let parse = self.reading.parse(at.sentence);
        let mut cue = parse.words[at.word].span;
        let content = self.complement(at, stance, &mut cue)?;
        let owner = parse.children(at.word).find(|&c| {
            let w = &parse.words[c];
            w.deprel.sub == "poss"
                || (w.deprel.base == Relation::Nmod
                    && self.preposition_of(WordAt { word: c, ..at }).is_some_and(|p| has(&stance.by, p)))
        });
        let mut source = owner.map(|word| WordAt { word, ..at });
        // "expressed concern about": the verb is part of the words, its subject the source.
        if source.is_none()
            && parse.words[at.word].deprel.base == Relation::Obj
            && let Some(verb) = parse.words[at.word].head.map(|h| h as usize).filter(|&h| h < at.word)
        {
            let verb = WordAt { word: verb, ..at };
            source = self.holder(verb).filter(|s| s.word < verb.word);
            if source.is_some() && self.words.stance(&parse.words[verb.word].lemma, StanceKind::Verb).is_none() {
                cue = self.verb_group(verb).cover(cue);
            }
        }
        let source = source.map(|s| self.source_span(s, at));
        Some(Wording { source, cue: Some(cue), content, rule: "attribution/stance".into() })
    }

    /// "reportedly": nobody is named, and the clause is the content.
    fn hearsay_adverb(&self, at: WordAt) -> Option<Wording> {
        let parse = self.reading.parse(at.sentence);
        let verb = parse.words[at.word].head? as usize;
        let words: Vec<usize> = subtree(parse, verb, |w| {
            w != at.word && !matches!(parse.words[w].deprel.base, Relation::Cc | Relation::Mark | Relation::Conj)
        });
        let words: Vec<usize> = words
            .into_iter()
            .skip_while(|&w| self.is_punct(at.sentence, w))
            .filter(|&w| !self.is_punct(at.sentence, w) || w + 1 < parse.words.len())
            .collect();
        let content = spans_of(parse, &words);
        let cue = Some(parse.words[at.word].span);
        (!content.is_empty()).then(|| Wording { source: None, cue, content, rule: "attribution/stance".into() })
    }

    /// The clause or phrase behind an adjective or noun; its preposition goes to the cue.
    fn complement(&self, at: WordAt, stance: &Stance, cue: &mut Span) -> Option<Vec<Span>> {
        let parse = self.reading.parse(at.sentence);
        let clause = parse.children(at.word).find(|&c| {
            let here = WordAt { word: c, ..at };
            let relation = parse.words[c].deprel.base;
            let that =
                || self.mark_of(here).is_some_and(|m| has(&self.words.reference.that, &self.text(at.sentence, m)));
            c > at.word
                && (relation == Relation::Ccomp
                    || relation == Relation::Xcomp
                    || (matches!(relation, Relation::Acl | Relation::Advcl)
                        && parse.words[c].deprel.sub != "relcl"
                        && ((stance.infinitive && self.is_infinitive(here)) || that())))
        });
        if let Some(clause) = clause {
            return Some(self.in_a_row(at.sentence, self.below(WordAt { word: clause, ..at })).into_iter().collect());
        }
        let phrase = parse.children(at.word).find(|&c| {
            c > at.word
                && matches!(
                    parse.words[c].deprel.base,
                    Relation::Obl | Relation::Nmod | Relation::Advcl | Relation::Acl
                )
                && self.is_with(WordAt { word: c, ..at }, stance)
        })?;
        let (widened, words) = self.with_preposition(at, phrase, *cue);
        *cue = widened;
        Some(self.in_a_row(at.sentence, words).into_iter().collect())
    }

    fn is_with(&self, at: WordAt, stance: &Stance) -> bool {
        let mark = self.mark_of(at).map(|m| self.text(at.sentence, m));
        let case = self.preposition_of(at).map(str::to_owned).or(mark);
        case.is_some_and(|p| has(&stance.with, &p)) && !self.is_time(at.sentence, at.word)
    }

    /// The cue with the preposition right behind it, and the phrase without.
    fn with_preposition(&self, at: WordAt, phrase: usize, cue: Span) -> (Span, Vec<usize>) {
        let parse = self.reading.parse(at.sentence);
        let mut words = self.core_of(WordAt { word: phrase, ..at });
        let case = parse
            .children(phrase)
            .find(|&c| c < phrase && matches!(parse.words[c].deprel.base, Relation::Case | Relation::Mark));
        let Some(case) = case else { return (cue, words) };
        let last =
            parse.children(case).filter(|&c| parse.words[c].deprel.base == Relation::Fixed).max().unwrap_or(case);
        words.retain(|&w| w > last);
        let near = parse.words[..case].iter().filter(|w| w.span.start() >= cue.end()).count() < 4;
        (if near { cue.cover(parse.words[last].span) } else { cue }, words)
    }

    /// A phrase or clause without what is only added to it behind a comma.
    fn core_of(&self, at: WordAt) -> Vec<usize> {
        let parse = self.reading.parse(at.sentence);
        let comma = |w: usize| {
            let first = subtree(parse, w, |_| true).into_iter().find(|&b| !self.is_punct(at.sentence, b)).unwrap_or(w);
            first.checked_sub(1).is_some_and(|b| self.is_comma(at.sentence, b))
        };
        subtree(parse, at.word, |w| {
            let word = &parse.words[w];
            let added = match word.deprel.base {
                Relation::Advcl | Relation::Parataxis => true,
                Relation::Acl | Relation::Appos => word.head == Some(at.word as u32),
                _ => false,
            };
            !(added && w > at.word && comma(w))
        })
    }

    fn is_empty_subject(&self, at: WordAt) -> bool {
        self.reading.word(at).deprel.base == Relation::Expl
    }

    /// From the first to the last of these words, without the marks at the edges.
    fn in_a_row(&self, sentence: usize, mut words: Vec<usize>) -> Option<Span> {
        let parse = self.reading.parse(sentence);
        words.sort_unstable();
        words.dedup();
        let edge = |w: usize| self.is_punct(sentence, w) && !self.is_quote_mark(sentence, w);
        let first = words.iter().position(|&w| !edge(w))?;
        let end = self.before_next_saying(sentence, words[first], *words.last()?);
        let last = words.iter().rposition(|&w| w <= end && !edge(w))?;
        Some(parse.words[words[first]].span.cover(parse.words[words[last]].span))
    }
}
