//! Who takes part: the fillers of a frame's slots.

use super::{Line, Room};
use crate::claim::{ActorId, Argument, Filler, Role, SpeakerKind};
use crate::frame::Frame;
use crate::reading::WordAt;
use crate::slots::Kinds;
use vigie_resources::TriggerRule;
use vigie_syntax::Upos;

impl<'a> Room<'a> {
    /// Who takes part in what a frame tells, by the slots of its rule.
    pub(super) fn arguments(&self, line: &Line<'a>, frame: &Frame) -> Vec<Argument> {
        let rule: &TriggerRule = frame.rule;
        let roles = [
            (Role::Actor, &rule.actor),
            (Role::Recipient, &rule.recipient),
            (Role::Associate, &rule.associate),
            (Role::Object, &rule.object),
            (Role::Instrument, &rule.instrument),
            (Role::Topic, &rule.topic),
        ];
        let mut arguments: Vec<Argument> = Vec::new();
        for (role, slots) in roles {
            for slot in slots {
                // A question mark makes a slot the last resort of its role.
                let slot = match slot.strip_prefix('?') {
                    Some(_) if arguments.iter().any(|a| a.role == role) => continue,
                    Some(rest) => rest,
                    None => slot,
                };
                let mut found = frame.site.fill(slot, &frame.support, line);
                // Who only broadcasts it does not do it ("state television announced the capture").
                if slot == "light" {
                    let medium = |w: usize| {
                        let noun = self.scene.generic(WordAt { sentence: line.index, word: w });
                        noun.is_some_and(|noun| noun.class == "media")
                    };
                    found.retain(|&w| !medium(w));
                }
                // "Fighting killed ten", "Israeli fire killed four": a deed does nothing; who is told to do it does.
                if role == Role::Actor {
                    let doers = |w: usize| frame.site.owners(w).into_iter().filter(|&o| line.is(o, "actor")).collect();
                    found = found.into_iter().flat_map(|w| if line.is_deed(w) { doers(w) } else { vec![w] }).collect();
                }
                if role == Role::Topic && found.is_empty() {
                    found = frame.site.marked_anyhow(slot);
                }
                let joined: Vec<usize> = found.iter().flat_map(|&w| self.joined(line, w)).collect();
                found.extend(joined);
                if role == Role::Actor {
                    let (means, others) = found.into_iter().partition(|&w| line.listed("means", w));
                    found = others;
                    self.put_means(line, frame, &means, &mut arguments);
                }
                for word in found {
                    if let Some(filler) = self.filler(line, role, word)
                        && !arguments.iter().any(|a| a.filler.head == filler.head || a.filler.span == filler.span)
                    {
                        arguments.push(Argument { role, filler });
                    }
                }
            }
        }
        // Who claims a deed did it, unless another is told.
        if !rule.actor.is_empty() && !arguments.iter().any(|a| a.role == Role::Actor) {
            let claimed = frame.site.claimers().into_iter().filter_map(|word| self.filler(line, Role::Actor, word));
            arguments.extend(claimed.map(|filler| Argument { role: Role::Actor, filler }));
        }
        // "The raid targeted a market": whom a deed strikes suffers it, unless another is told.
        let told = arguments.iter().any(|a| matches!(a.role, Role::Recipient | Role::Object));
        if !rule.recipient.is_empty() && !told {
            let struck = frame.site.struck().into_iter().filter(|&word| !line.is(word, "place"));
            let struck: Vec<Filler> = struck.filter_map(|word| self.filler(line, Role::Recipient, word)).collect();
            let new = |f: &Filler| !arguments.iter().any(|a| a.filler.head == f.head);
            let struck: Vec<Filler> = struck.into_iter().filter(new).collect();
            arguments.extend(struck.into_iter().map(|filler| Argument { role: Role::Recipient, filler }));
        }
        arguments.sort_by_key(|a| (a.role, a.filler.span));
        arguments
    }

    /// "A Russian missile hit": what somebody fights with does nothing by itself. It is the instrument, and whose it is
    /// acts, where the phrase tells that.
    fn put_means(&self, line: &Line<'a>, frame: &Frame, means: &[usize], arguments: &mut Vec<Argument>) {
        for &word in means {
            let owners = frame.site.owners(word).into_iter().filter(|&owner| line.is(owner, "actor"));
            let owners = owners.filter_map(|owner| Some((Role::Actor, self.filler(line, Role::Actor, owner)?)));
            let means = self.filler(line, Role::Instrument, word).map(|filler| (Role::Instrument, filler));
            for (role, filler) in owners.chain(means).collect::<Vec<_>>() {
                if !arguments.iter().any(|a| a.filler.head == filler.head) {
                    arguments.push(Argument { role, filler });
                }
            }
        }
    }

    fn joined(&self, line: &Line<'a>, word: usize) -> Vec<usize> {
        self.scene.joined(WordAt { sentence: line.index, word }).into_iter().map(|at| at.word).collect()
    }

    fn filler(&self, line: &Line<'a>, role: Role, word: usize) -> Option<Filler> {
        let at = WordAt { sentence: line.index, word };
        if line.timexes.iter().any(|t| t.words.0 <= word && word <= t.words.1) {
            return None;
        }
        let w = &line.parse.words[word];
        let acts = matches!(role, Role::Actor | Role::Recipient | Role::Associate);
        // "our forces": those of the one who speaks.
        if let Some((actor, name)) = self.speakers_own(at) {
            let own = self.scene.filler(at);
            return Some(Filler { actor: Some(actor), name: name.unwrap_or(own.name.clone()), ..own });
        }
        match w.upos {
            Upos::Pron | Upos::Det => {
                let antecedent = self.scene.antecedent(at).map(|a| self.scene.filler(a));
                let own = self.scene.filler(at);
                // A possessive or pronoun whose reference is unknown names nobody; it stays as written.
                (w.upos == Upos::Pron || antecedent.is_some()).then_some(match antecedent {
                    Some(known) => Filler { actor: known.actor, name: known.name, ..own },
                    None => own,
                })
            }
            Upos::Adj if acts => self.scene.actor_of_adjective(at),
            Upos::Verb if acts => None,
            // A weapon is nobody, whoever's adjective it has.
            _ if !acts && line.listed("means", word) => {
                let filler = self.scene.filler(at);
                let name = self.scene.bare(self.reading.slice(filler.span));
                Some(Filler { actor: None, name, ..filler })
            }
            // "Russian bombardments": with what it was done is told by its words, not by whose it was.
            _ if role == Role::Instrument => {
                let own = self.scene.filler(at);
                let name = self.scene.bare(self.reading.slice(own.span));
                Some(Filler { actor: None, name, ..own })
            }
            _ => Some(self.scene.filler(at)),
        }
    }

    /// Whom a word of the one who speaks means ("we", "our forces"), where it is told who speaks.
    pub(super) fn speakers_own(&self, at: WordAt) -> Option<(ActorId, Option<String>)> {
        if !self.scene.is_speakers_own(at) {
            return None;
        }
        let (speakers, _) = self.voices.of_trigger(at);
        let speaker = speakers.into_iter().rfind(|s| s.kind != SpeakerKind::Relay)?;
        self.scene.own_of(at, (speaker.actor?, speaker.name))
    }
}
