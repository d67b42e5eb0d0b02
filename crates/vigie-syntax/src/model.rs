//! A loaded model: one call from sentences to their parses.

use crate::engine::{Batch, Engine, Workspace};
use crate::entities;
use crate::format::{self, ModelError};
use crate::gazetteer::marks;
use crate::parse::{Deprel, Parse, Relation, Upos, Word};
use crate::split::Tokens;
use crate::tree::best_tree;
use crate::vocabulary::{Vocabulary, blank};
use smol_str::SmolStr;
use std::cell::RefCell;
use std::collections::BTreeMap;
use vigie_resources::{Language, PerLanguage};
use vigie_text::Sentence;

/// Longer sentences are parsed in windows of this many words, so that time stays linear.
const WINDOW: usize = 256;
/// Words that are computed together; a sentence is not torn apart for it.
const BATCH: usize = 512;

/// Tagger, lemmatizer, dependency parser and entity recogniser of one language.
pub struct Model {
    engine: Engine,
    vocabulary: Vocabulary,
    language: Option<Language>,
}

/// Buffers that are kept from batch to batch.
#[derive(Default)]
struct Buffers {
    /// The model whose words the workspace keeps.
    owner: usize,
    tokens: Tokens,
    space: Workspace,
    forms: Vec<SmolStr>,
    marks: Vec<u16>,
    starts: Vec<usize>,
    begins: Vec<bool>,
    arcs: Vec<f32>,
    heads: Vec<Option<u32>>,
    tags: Vec<f32>,
    state: Vec<i16>,
}

thread_local! {
    static BUFFERS: RefCell<Buffers> = RefCell::default();
}

impl Model {
    /// Reads a model file. Without a language the lists of names tell it nothing.
    ///
    /// # Errors
    /// When the bytes are no model, of another version, or damaged.
    pub fn load(bytes: &[u8], language: Option<Language>) -> Result<Self, ModelError> {
        let (mut vocabulary, network) = format::read(bytes)?;
        let lexicon = language.and_then(vigie_resources::lexicon);
        vocabulary.inflections = lexicon;
        Ok(Self { engine: Engine::new(network, lexicon), vocabulary, language })
    }

    /// The model shipped with a language; `None` when the language has none that can be read.
    #[must_use]
    pub fn for_language(language: Language) -> Option<&'static Self> {
        static MODELS: PerLanguage<Option<Model>> = PerLanguage::new();
        let load = |language: Language| {
            let bytes = vigie_resources::bytes(&format!("languages/{}/model.bin", language.code()))?;
            Self::load(bytes, Some(language)).ok()
        };
        MODELS.of(language, load).as_ref()
    }

    /// The same model, asked to follow another annotation style.
    #[must_use]
    pub fn with_style(mut self, style: u32) -> Self {
        self.vocabulary.style = style;
        self
    }

    /// The annotation style (number of a training corpus) that parses follow.
    #[must_use]
    pub fn style(&self) -> u32 {
        self.vocabulary.style
    }

    /// The parse of a sentence of `text`. Always a tree; empty when the sentence has no tokens.
    #[must_use]
    pub fn parse(&self, text: &str, sentence: &Sentence) -> Parse {
        self.parse_all(text, std::slice::from_ref(sentence)).pop().unwrap_or_default()
    }

    /// The parses of sentences of `text`, one each. Much faster than one call a sentence, and the same result.
    #[must_use]
    pub fn parse_all(&self, text: &str, sentences: &[Sentence]) -> Vec<Parse> {
        BUFFERS.with_borrow_mut(|buffers| {
            let owner = std::ptr::from_ref(self).addr();
            if buffers.owner != owner {
                *buffers = Buffers { owner, ..Buffers::default() };
            }
            let mut out = Vec::with_capacity(sentences.len());
            let mut waiting: Vec<Parse> = Vec::new();
            let mut words = 0;
            for sentence in sentences {
                let parse = Parse { words: self.words(text, sentence, &mut buffers.tokens), entities: Vec::new() };
                words += parse.words.len();
                waiting.push(parse);
                if words >= BATCH {
                    self.annotate(&mut waiting, buffers);
                    out.append(&mut waiting);
                    words = 0;
                }
            }
            self.annotate(&mut waiting, buffers);
            out.append(&mut waiting);
            out
        })
    }

    /// The words of a sentence, of which only form and place are known.
    fn words(&self, text: &str, sentence: &Sentence, tokens: &mut Tokens) -> Vec<Word> {
        let mut words = Vec::with_capacity(sentence.tokens.len() + sentence.tokens.len() / 8 + 1);
        let written = sentence.tokens.iter().map(|t| t.span.of(text));
        self.vocabulary.splitter.split(written, tokens, |i, form| {
            words.push(blank(i as u32, sentence.tokens[i].span, form));
        });
        words
    }

    /// Fills in everything but token, span and form.
    fn annotate(&self, parses: &mut [Parse], buffers: &mut Buffers) {
        let Buffers { space, forms, marks: known, starts, begins, arcs, heads, tags, state, .. } = buffers;
        forms.clear();
        known.clear();
        starts.clear();
        begins.clear();
        for parse in &*parses {
            let first = forms.len();
            match self.language {
                Some(language) => read_as(&parse.words, &language.writing().capital_names, forms),
                None => forms.extend(parse.words.iter().map(|w| w.form.clone())),
            }
            for from in (first..forms.len()).step_by(WINDOW) {
                starts.push(from);
                begins.push(from == first);
            }
            match self.language {
                Some(language) => marks(&forms[first..], language, known),
                None => known.resize(forms.len(), 0),
            }
        }
        starts.push(forms.len());
        if forms.is_empty() {
            return;
        }
        self.engine.run(&Batch { forms, marks: known, starts, begins }, self.vocabulary.style, space);
        heads.clear();
        for ends in starts.windows(2) {
            space.arcs(&self.engine, (ends[0], ends[1]), arcs);
            let tree = best_tree(arcs, ends[1] - ends[0]);
            heads.extend(tree.into_iter().map(|h| h.map(|h| h + ends[0] as u32)));
        }
        self.engine.relate(heads, space);
        let mut first = 0;
        for parse in parses {
            tags.clear();
            for (i, word) in parse.words.iter_mut().enumerate() {
                tags.extend_from_slice(space.tags(&self.engine, first + i).1);
                self.word(word, first + i, space, state);
                word.head = heads[first + i].map(|h| h - first as u32);
                word.deprel = self.vocabulary.relation(space.relation(&self.engine, first + i), word.head.is_none());
            }
            join_windows(&mut parse.words);
            parse.entities = entities::entities(&entities::best_tags(tags, parse.words.len()), &parse.words);
            first += parse.words.len();
        }
    }

    /// Part of speech, features and lemma of one word.
    fn word(&self, word: &mut Word, i: usize, space: &mut Workspace, state: &mut Vec<i16>) {
        let upos = self.vocabulary.upos(space.tags(&self.engine, i).0);
        word.upos = Upos::ALL[upos];
        let engine = &self.engine;
        engine.feats.round(space.state(engine, i), state);
        word.feats = self.vocabulary.feats(upos, |classes| engine.feats.best(classes, state));
        let known = space.lemma(i, upos, |normal| self.vocabulary.known_lemma(normal, word.upos));
        word.lemma = known.unwrap_or_else(|| {
            engine.scripts.round(space.state(engine, i), state);
            self.vocabulary.made_lemma(&word.form, upos, |class| engine.scripts.score(class, state))
        });
    }
}

/// The forms under which words are looked at: a name in capitals that is a common word in small letters is looked at as a
/// name that is known, unless everything is in capitals.
fn read_as(words: &[Word], names: &BTreeMap<String, String>, forms: &mut Vec<SmolStr>) {
    let shouts = || !words.iter().any(|w| w.form.chars().any(char::is_lowercase));
    forms.extend(words.iter().map(|w| match names.get(w.form.as_str()) {
        Some(name) if !shouts() => name.into(),
        _ => w.form.clone(),
    }));
}

/// Hangs the roots of later windows from the first one.
fn join_windows(words: &mut [Word]) {
    let mut root = None;
    for (i, word) in words.iter_mut().enumerate() {
        if word.head.is_none() {
            if let Some(root) = root {
                word.head = Some(root);
                word.deprel = Deprel { base: Relation::Parataxis, sub: SmolStr::default() };
            } else {
                root = Some(i as u32);
            }
        }
    }
}
