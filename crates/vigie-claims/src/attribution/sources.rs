//! Sources without a verb of saying: "selon X", "de source militaire", "si l'on en croit X", "l'annonce selon laquelle".

use super::room::{Room, lower};
use super::speaker::has;
use crate::mend::signed::signature;
use crate::phrase::{case_of, governors, subtree};
use crate::reading::WordAt;
use vigie_resources::frame_words;
use vigie_syntax::{EntityLabel, Relation, Upos};

/// A phrase that names a source.
#[derive(Debug, Clone)]
pub(crate) struct SourcePhrase {
    /// Head of the noun phrase; `None` when a noun of hearsay names nobody ("des rumeurs selon lesquelles").
    pub head: Option<WordAt>,
    /// The words of the phrase itself.
    pub words: Vec<usize>,
    /// Words of the sentence that are content.
    pub content: Vec<usize>,
    /// Its marking word.
    pub cue: usize,
    /// It stands at neither end of its sentence.
    pub middle: bool,
    /// What it introduces is hearsay.
    pub hearsay: bool,
    pub rule: &'static str,
}

impl Room<'_> {
    /// The source phrases of a sentence in text order.
    pub(crate) fn source_phrases(&self, sentence: usize) -> Vec<SourcePhrase> {
        let n = self.reading.parse(sentence).words.len();
        let texts: Vec<String> = (0..n).map(|w| self.text(sentence, w)).collect();
        let mut found = Vec::new();
        for start in 0..n {
            if let Some(phrase) = self.saying_noun(sentence, start) {
                found.push(phrase);
            }
            let phrase = self
                .preposition(sentence, start, &texts)
                .or_else(|| self.opening(sentence, start))
                .or_else(|| self.bare_source(sentence, start))
                .or_else(|| self.believed(sentence, start));
            found.extend(phrase);
        }
        found.extend(self.signed(sentence));
        found
    }

    /// "Nine killed in Kaya – police": who vouches for a headline stands behind its last mark.
    fn signed(&self, sentence: usize) -> Option<SourcePhrase> {
        let parse = self.reading.parse(sentence);
        let (mark, head) = signature(parse)?;
        let at = WordAt { sentence, word: head };
        let entity = parse.entities.iter().find(|e| (e.first..=e.last).contains(&(head as u32)));
        let place = entity.is_some_and(|e| e.label == EntityLabel::Location);
        let words: Vec<usize> = (mark..parse.words.len()).collect();
        (self.may_speak(at) && !place).then(|| SourcePhrase {
            head: Some(at),
            words,
            content: (0..mark).collect(),
            cue: mark,
            middle: false,
            hearsay: false,
            rule: "attribution/label",
        })
    }

    /// "selon X" and the like: all words of the preposition in a row, then a noun phrase.
    fn preposition(&self, sentence: usize, start: usize, texts: &[String]) -> Option<SourcePhrase> {
        let parse = self.reading.parse(sentence);
        let length = self.words.phrases.sources.iter().filter_map(|p| self.matches(sentence, start, p, texts)).max()?;
        let first = start + length;
        let relatives = &frame_words(self.reading.language()).relatives;
        if parse.words.get(first).is_some_and(|w| relatives.iter().any(|r| *r == w.lemma)) {
            return self.relative_source(sentence, start, first);
        }
        // A contracted article belongs to the noun ("aux dires du porte-parole").
        let mut head = first;
        if head >= parse.words.len() || parse.words[head].upos == Upos::Punct {
            return None;
        }
        let mut left = parse.words.len();
        while let Some(above) = parse.words[head].head.map(|h| h as usize) {
            left -= 1;
            let nominal = matches!(
                parse.words[above].upos,
                Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::Adj | Upos::X
            );
            let marked = parse.children(head).any(|c| (start..first).contains(&c));
            if above < first || !nominal || marked || left == 0 || (first..above).any(|w| self.is_comma(sentence, w)) {
                break;
            }
            head = above;
        }
        // "according to recently leaked papers": the noun is what the preposition hangs on.
        if !matches!(parse.words[head].upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X) {
            let below = parse.words[start].head.map(|h| h as usize);
            head = below.filter(|&h| h > first && parse.words[h].upos == Upos::Noun).unwrap_or(head);
        }
        let at = WordAt { sentence, word: head };
        let word = &parse.words[head];
        if !matches!(word.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::X | Upos::Num | Upos::Adj)
            || word.feats.get("PronType") == Some("Rel")
            || self.is(&self.words.phrases.not_sources, at)
        {
            return None;
        }
        let words = self.phrase_of(at, start);
        Some(self.scoped(at, words, start, "attribution/source-phrase"))
    }

    /// "his adviser, according to whom the column fled": what the relative clause tells is said by the noun before it, if that
    /// can speak ("the allegations according to which" cannot).
    fn relative_source(&self, sentence: usize, start: usize, relative: usize) -> Option<SourcePhrase> {
        let parse = self.reading.parse(sentence);
        let clause = crate::phrase::governors(parse, relative).find(|&w| parse.words[w].deprel.sub == "relcl")?;
        let noun = parse.words[clause].head.map(|h| h as usize).filter(|&noun| noun < start)?;
        let at = WordAt { sentence, word: noun };
        let inside = crate::phrase::subtree(parse, clause, |w| w > relative);
        self.may_speak(at).then(|| SourcePhrase {
            head: Some(at),
            words: (start..=relative).collect(),
            content: inside.into_iter().filter(|&w| w > relative).collect(),
            cue: start,
            middle: false,
            hearsay: false,
            rule: "attribution/source-phrase",
        })
    }

    /// Length in words of a preposition that begins here. A contraction is two words that share a span.
    pub(crate) fn matches(&self, sentence: usize, start: usize, phrase: &str, texts: &[String]) -> Option<usize> {
        let parse = self.reading.parse(sentence);
        // Most words do not even begin like it.
        let word = &parse.words[start];
        let begin = phrase.chars().next()?;
        let begins = |text: &str| text.chars().next().is_some_and(|c| c.to_lowercase().eq(begin.to_lowercase()));
        if !begins(&texts[start]) && !begins(&word.lemma) && !begins(self.reading.slice(word.span)) {
            return None;
        }
        let mut at = start;
        for part in phrase.replace('\'', "' ").split_whitespace() {
            let text = texts.get(at)?;
            let token = lower(self.reading.slice(parse.words[at].span));
            let same = text == part || parse.words[at].lemma == part;
            if same {
                at += 1;
            } else if token == part {
                let span = parse.words[at].span;
                while at < parse.words.len() && parse.words[at].span == span {
                    at += 1;
                }
            } else {
                return None;
            }
        }
        Some(at - start)
    }

    /// "Pour X, …" at the head of a sentence: a source when X can speak and no clause follows the preposition.
    fn opening(&self, sentence: usize, start: usize) -> Option<SourcePhrase> {
        let parse = self.reading.parse(sentence);
        let first = (0..start).all(|w| matches!(parse.words[w].upos, Upos::Punct | Upos::Cconj));
        if !first || !has(&self.words.phrases.opening_sources, &self.text(sentence, start)) {
            return None;
        }
        let comma = (start..parse.words.len()).find(|&w| self.is_comma(sentence, w))?;
        let head =
            (start + 1..comma).find(|&w| matches!(parse.words[w].upos, Upos::Noun | Upos::Propn | Upos::Pron))?;
        let at = WordAt { sentence, word: head };
        let verb = (start..comma).any(|w| matches!(parse.words[w].upos, Upos::Verb | Upos::Aux));
        if verb || !self.may_speak(at) {
            return None;
        }
        let words: Vec<usize> = (start..=comma).collect();
        Some(self.scoped(at, words, start, "attribution/source-phrase"))
    }

    /// "de source militaire", "de sources concordantes".
    fn bare_source(&self, sentence: usize, start: usize) -> Option<SourcePhrase> {
        let parse = self.reading.parse(sentence);
        let at = WordAt { sentence, word: start };
        let phrases = &self.words.phrases;
        if !self.is(&phrases.bare_sources, at)
            || parse.children(start).any(|c| parse.words[c].deprel.base == Relation::Det)
            || !self.case_is(at, &phrases.bare_source_prepositions)
            || parse.words[start].deprel.base == Relation::Nmod && !self.set_off(sentence, start)
        {
            return None;
        }
        let from = parse.children(start).find(|&c| parse.words[c].deprel.base == Relation::Case).unwrap_or(start);
        let words = self.phrase_of(at, from);
        Some(self.scoped(at, words, from, "attribution/source-phrase"))
    }

    fn set_off(&self, sentence: usize, word: usize) -> bool {
        word < 3 || (word.saturating_sub(2)..word).any(|w| self.is_punct(sentence, w))
    }

    /// "si l'on en croit X".
    fn believed(&self, sentence: usize, start: usize) -> Option<SourcePhrase> {
        let parse = self.reading.parse(sentence);
        if !has(&self.words.phrases.believe, &parse.words[start].lemma) || parse.words[start].upos != Upos::Verb {
            return None;
        }
        let from = (start.saturating_sub(5)..start)
            .rev()
            .find(|&w| has(&self.words.phrases.conditions, &self.text(sentence, w)))?;
        let object = parse.children(start).find(|&c| {
            c > start
                && matches!(parse.words[c].upos, Upos::Noun | Upos::Propn | Upos::Pron)
                && case_of(parse, c).is_none()
                && matches!(
                    parse.words[c].deprel.base,
                    Relation::Obj | Relation::Nsubj | Relation::Xcomp | Relation::Obl
                )
        })?;
        let mut words = self.below(WordAt { sentence, word: start });
        words.retain(|&w| w >= from);
        let governor = parse.words[start].head.map_or(start, |h| h as usize);
        let content: Vec<usize> =
            self.own_clause(sentence, governor).into_iter().filter(|w| !words.contains(w)).collect();
        let head = Some(WordAt { sentence, word: object });
        let rule = "attribution/believed";
        Some(SourcePhrase { head, words, content, cue: start, middle: false, hearsay: false, rule })
    }

    /// "l'annonce de X selon laquelle …", "l'affirmation que …".
    fn saying_noun(&self, sentence: usize, noun: usize) -> Option<SourcePhrase> {
        let parse = self.reading.parse(sentence);
        let at = WordAt { sentence, word: noun };
        if !self.is(&self.words.nouns.of_saying, at) {
            return None;
        }
        // The clause may hang on the complement of the noun ("l'annonce de X selon laquelle").
        let hosts: Vec<usize> = std::iter::once(noun)
            .chain(parse.children(noun).filter(|&c| parse.words[c].deprel.base == Relation::Nmod))
            .collect();
        let clause = hosts.iter().flat_map(|&h| parse.children(h)).find(|&c| {
            let child = WordAt { sentence, word: c };
            c > noun
                && matches!(parse.words[c].deprel.base, Relation::Acl | Relation::Ccomp | Relation::Advcl)
                && !self.is_infinitive(child)
                && (self.by_relative(child)
                    || self.mark_of(child).is_some_and(|m| has(&self.words.reference.that, &self.text(sentence, m))))
        })?;
        let content = self.below(WordAt { sentence, word: clause });
        let owner = parse.children(noun).find(|&c| {
            parse.words[c].deprel.base == Relation::Nmod
                && case_of(parse, c).is_some_and(|m| has(&self.words.reference.owner, m))
        });
        // Without an owner the subject of the clause speaks ("the ministry denied the reports according to which").
        let governor = parse.words[noun].head.map(|h| h as usize);
        let subject = governor.and_then(|g| {
            let object = matches!(parse.words[noun].deprel.base, Relation::Obj);
            object.then(|| parse.children(g).find(|&c| parse.words[c].deprel.base == Relation::Nsubj)).flatten()
        });
        let hearsay = self.is(&self.words.nouns.hearsay, at);
        let head = owner.or(subject.filter(|_| !hearsay)).map(|word| WordAt { sentence, word });
        let rule = "attribution/saying-noun";
        Some(SourcePhrase { head, words: Vec::new(), content, cue: noun, middle: true, hearsay, rule })
    }

    /// Is the clause opened by "selon laquelle"?
    fn by_relative(&self, clause: WordAt) -> bool {
        let parse = self.reading.parse(clause.sentence);
        self.below(clause).into_iter().any(|w| {
            w < clause.word
                && parse.words[w].upos == Upos::Pron
                && case_of(parse, w).is_some_and(|m| has(&self.words.phrases.sources, m))
        })
    }

    /// The words of a source phrase: its noun phrase with what describes it, up to a comma after which other things
    /// than a description follow.
    fn phrase_of(&self, head: WordAt, from: usize) -> Vec<usize> {
        let parse = self.reading.parse(head.sentence);
        let mut words = subtree(parse, head.word, |w| {
            w >= from
                && !matches!(
                    parse.words[w].deprel.base,
                    Relation::Nsubj | Relation::Cop | Relation::Aux | Relation::Parataxis | Relation::Advcl
                )
        });
        words.extend(from..head.word);
        words.sort_unstable();
        words.dedup();
        // The parser may hang the rest of the sentence on the phrase: it may not run over a second comma without an
        // apposition or a relative clause of its own.
        let owned = |w: usize| {
            let mut at = w;
            for above in governors(parse, w) {
                if above == head.word {
                    return matches!(
                        parse.words[at].deprel.base,
                        Relation::Appos | Relation::Acl | Relation::Conj | Relation::Punct
                    );
                }
                at = above;
            }
            false
        };
        if let Some(comma) = words.iter().position(|&w| w > head.word && self.is_comma(head.sentence, w)) {
            let beyond = words[comma + 1..].first().copied();
            if beyond.is_none_or(|w| !owned(w)) {
                words.truncate(comma);
            }
        }
        words
    }

    /// How much of the sentence a source phrase covers.
    fn scoped(&self, head: WordAt, words: Vec<usize>, cue: usize, rule: &'static str) -> SourcePhrase {
        let sentence = head.sentence;
        let parse = self.reading.parse(sentence);
        let first = words.first().copied().unwrap_or(cue);
        let last = words.last().copied().unwrap_or(head.word);
        let (mut from, mut to) = self.stretch(sentence, first);
        // Inside a quotation the speaker of the quotation names the source.
        if let Some(quote) = self.quotes.iter().find(|q| q.holds(self.reading, WordAt { sentence, word: first })) {
            from = (from..first).find(|&w| quote.span.contains(parse.words[w].span)).unwrap_or(from);
            to = (first..to).find(|&w| !quote.span.contains(parse.words[w].span)).unwrap_or(to);
        }
        let opens = (from..first).all(|w| {
            matches!(parse.words[w].upos, Upos::Punct | Upos::Cconj | Upos::Adv)
                || !self.before_any_clause(sentence, w, first)
        });
        let closes = (last + 1..to).all(|w| parse.words[w].upos == Upos::Punct);
        let whole = || (from..to).filter(|w| !words.contains(w)).collect::<Vec<_>>();
        let content = if opens {
            whole()
        } else if closes {
            match self.restrictive_clause(head, first) {
                Some(clause) => clause.into_iter().filter(|w| !words.contains(w)).collect(),
                None => whole(),
            }
        } else {
            let own = self.own_clause(sentence, self.clause_above(head));
            let own: Vec<usize> = own.into_iter().filter(|w| (from..to).contains(w) && !words.contains(w)).collect();
            if own.iter().any(|&w| parse.words[w].upos == Upos::Verb) { own } else { whole() }
        };
        SourcePhrase { head: Some(head), words, content, cue, middle: !opens && !closes, hearsay: false, rule }
    }

    /// Does word `w`, before a source phrase at `first`, belong to a clause whose verb stands before the phrase?
    fn before_any_clause(&self, sentence: usize, w: usize, first: usize) -> bool {
        let parse = self.reading.parse(sentence);
        std::iter::once(w)
            .chain(governors(parse, w))
            .find(|&g| matches!(parse.words[g].upos, Upos::Verb | Upos::Aux))
            .is_some_and(|g| g < first)
    }

    /// A relative clause without a comma before the source phrase keeps it to itself.
    fn restrictive_clause(&self, head: WordAt, first: usize) -> Option<Vec<usize>> {
        let parse = self.reading.parse(head.sentence);
        if first.checked_sub(1).is_some_and(|w| self.is_punct(head.sentence, w)) {
            return None;
        }
        let clause =
            governors(parse, head.word).find(|&g| self.is_finite(WordAt { sentence: head.sentence, word: g }))?;
        (parse.words[clause].deprel.base == Relation::Acl).then(|| subtree(parse, clause, |_| true))
    }

    fn clause_above(&self, head: WordAt) -> usize {
        let parse = self.reading.parse(head.sentence);
        governors(parse, head.word)
            .find(|&g| self.is_finite(WordAt { sentence: head.sentence, word: g }))
            .or_else(|| parse.root())
            .unwrap_or(head.word)
    }

    /// The clause of a verb with all that hangs on it, without the coordinated clauses that have their own subject;
    /// a subordinate clause stands for the sentence that it belongs to.
    fn own_clause(&self, sentence: usize, verb: usize) -> Vec<usize> {
        let parse = self.reading.parse(sentence);
        let has_subject = |w: usize| parse.children(w).any(|c| parse.words[c].deprel.base == Relation::Nsubj);
        let independent = |w: usize| {
            parse.words[w].deprel.base == Relation::Conj
                && has_subject(w)
                && self.is_finite(WordAt { sentence, word: w })
        };
        let mut top = verb;
        while !independent(top) {
            match parse.words[top].head {
                Some(h) => top = h as usize,
                None => break,
            }
        }
        subtree(parse, top, |w| !independent(w))
    }
}
