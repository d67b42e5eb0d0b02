//! The parse of one sentence, in the terms of Universal Dependencies version 2.

use smol_str::SmolStr;
use vigie_text::Span;

macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the variants are the labels of the standard")]
        pub enum $name { $($variant),* }

        impl $name {
            /// Every label, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The label as the standard writes it.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),* }
            }

            /// The label that the standard writes so.
            #[must_use]
            pub fn from_label(label: &str) -> Option<Self> {
                match label { $($text => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

closed_list! {
    /// Universal part of speech.
    Upos {
        Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Cconj = "CCONJ", Det = "DET", Intj = "INTJ", Noun = "NOUN",
        Num = "NUM", Part = "PART", Pron = "PRON", Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM",
        Verb = "VERB", X = "X",
    }
}

closed_list! {
    /// Universal dependency relation, without its subtype.
    Relation {
        Acl = "acl", Advcl = "advcl", Advmod = "advmod", Amod = "amod", Appos = "appos", Aux = "aux", Case = "case",
        Cc = "cc", Ccomp = "ccomp", Clf = "clf", Compound = "compound", Conj = "conj", Cop = "cop", Csubj = "csubj",
        Dep = "dep", Det = "det", Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed",
        Flat = "flat", Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod",
        Nsubj = "nsubj", Nummod = "nummod", Obj = "obj", Obl = "obl", Orphan = "orphan", Parataxis = "parataxis",
        Punct = "punct", Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

/// A relation with its language's subtype: `nsubj:pass` is `Nsubj` with sub `pass`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Deprel {
    /// The universal part.
    pub base: Relation,
    /// The subtype after the colon; empty when there is none.
    pub sub: SmolStr,
}

/// Morphological features, `Key=Value` pairs joined by `|` in the order of the standard; empty when there are none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Feats(pub SmolStr);

impl Feats {
    /// The value of one feature, for instance `get("Tense") == Some("Past")`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.0.split('|').find_map(|pair| pair.split_once('=').filter(|(k, _)| *k == key).map(|(_, v)| v))
    }
}

/// One syntactic word. A token such as "du" holds two ("de", "le"), which then share its span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Index of the token it stands in.
    pub token: u32,
    /// The token's span in the text.
    pub span: Span,
    /// The word's form: the token's text, or its part of a multi-word token.
    pub form: SmolStr,
    /// Dictionary form, lower case except for names.
    pub lemma: SmolStr,
    /// Part of speech.
    pub upos: Upos,
    /// Morphology.
    pub feats: Feats,
    /// Index of the head word; `None` for the root.
    pub head: Option<u32>,
    /// Relation to the head.
    pub deprel: Deprel,
}

closed_list! {
    /// Kind of a named entity.
    EntityLabel { Person = "PER", Location = "LOC", Organisation = "ORG", Miscellaneous = "MISC" }
}

/// A named entity: words `first..=last` of the parse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedEntity {
    /// Its text.
    pub span: Span,
    /// Index of its first word.
    pub first: u32,
    /// Index of its last word.
    pub last: u32,
    /// Its kind.
    pub label: EntityLabel,
}

/// Invariant: a tree over `words`; exactly one word has no head. Entities are disjoint and in text order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parse {
    /// Syntactic words in text order.
    pub words: Vec<Word>,
    /// Named entities.
    pub entities: Vec<NamedEntity>,
}

impl Parse {
    /// Indices of the words whose head is `head`, in text order.
    pub fn children(&self, head: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.words.len()).filter(move |&i| self.words[i].head == Some(head as u32))
    }

    /// Index of the root; `None` only for an empty parse.
    #[must_use]
    pub fn root(&self) -> Option<usize> {
        self.words.iter().position(|w| w.head.is_none())
    }
}
