//! Notes under a heading, which leave out the subject that the heading names.

use super::{Kinds, Site};
use vigie_syntax::{Relation, Upos};

impl Site<'_> {
    /// "Captured by the army on 3 March.", "Under rebel control since May.", "Fell to the rebels in June.": notes leave out
    /// the subject of their participle, predicate or opening verb where the heading names it. What only carries the
    /// trigger ("regained control") is no object, and as its subject ("occupation ended") it is none of the heading's.
    pub(super) fn is_telegraphic(&self, kinds: &dyn Kinds, support: Option<usize>) -> bool {
        let words = &self.parse.words;
        let mut top = self.trigger;
        for _ in words {
            let Some(above) = self.goes_on_from(top) else { break };
            top = above;
        }
        let main = matches!(words[top].deprel.base, Relation::Root | Relation::Parataxis);
        let own = |w: usize| support == Some(w) || w == self.trigger;
        let subject =
            |w: usize| matches!(words[w].deprel.base, Relation::Nsubj | Relation::Csubj | Relation::Expl) && !own(w);
        let object = self.parse.children(self.trigger).any(|c| {
            matches!(words[c].deprel.base, Relation::Obj | Relation::Ccomp | Relation::Xcomp)
                && !own(c)
                && !kinds.is(c, "timex")
        });
        let verb = &words[self.trigger];
        let finite = verb.feats.get("VerbForm") == Some("Fin") && verb.upos == Upos::Verb;
        // A past tense that opens its sentence, or stands with one that does, has lost its subject; any other finite verb
        // commands or has one.
        let opens = |w: usize| w == 0 || self.is_participle(0);
        let opening = opens(self.trigger) && verb.feats.get("Tense") == Some("Past");
        let carried = support.is_some_and(|s| s < self.trigger);
        main && !object && !(0..=self.trigger).any(subject) && (!finite || self.functions.passive || opening || carried)
    }

    fn is_participle(&self, word: usize) -> bool {
        let word = &self.parse.words[word];
        word.upos == Upos::Verb && word.feats.get("VerbForm") == Some("Part")
    }

    /// The clause that a clause goes on from. "Taken by A in May, liberated by B in June.": a parser may give the second
    /// participle to the first one, the first to the second, or the second to the agent of the first across the comma.
    fn goes_on_from(&self, word: usize) -> Option<usize> {
        let words = &self.parse.words;
        let above = words[word].head? as usize;
        match words[word].deprel.base {
            Relation::Conj => Some(above),
            // "Reported taken by the rebels": the participle of telling adds only who is to be believed.
            Relation::Xcomp if above == 0 && self.is_participle(word) => Some(above),
            Relation::Advcl if above < word && self.is_participle(word) && self.is_participle(above) => Some(above),
            Relation::Advcl if word == 0 && self.is_participle(word) && words[above].upos == Upos::Verb => Some(above),
            Relation::Acl if above < word && self.is_participle(word) => {
                let first = words[above].head? as usize;
                let parted = words[above..word].iter().any(|w| w.form == ",");
                (first < above && self.is_participle(first) && parted).then_some(first)
            }
            // "Rebel capture confirmed on 3 March."
            Relation::Nsubj if words[word].upos == Upos::Noun && word == self.trigger => Some(above),
            _ => None,
        }
    }
}
