//! Watching: feeds and pages are asked for what is new, politely, and what is new is read and archived.
//!
//! The only part of the program that knows the network. What it fetches goes the way of every other document.

mod clock;
pub mod config;
mod fetch;
mod guard;
mod lanes;
mod robots;
mod state;
mod visit;
mod waits;

use crate::archive::{Added, Archive};
use crate::failure::Failure;
use crate::pipeline::{self, Read, Source};
use config::{Config, Kind, Target};
use fetch::{Client, Marks};
use state::{State, Watched};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write};
use std::num::NonZero;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::time::Duration;
use url::Url;
use vigie_ingest::{Card, Found, Raw, TextFrom};
use visit::{Answer, Body, Visitor};

/// After so many vain tries the page of an item is let go.
const MOST_TRIES: u32 = 3;

/// A watch over feeds and pages.
#[derive(Debug)]
pub struct Watch {
    targets: Vec<Target>,
    most_articles: usize,
    visitor: Visitor,
    threads: NonZero<usize>,
    archive: PathBuf,
    state: State,
    state_path: PathBuf,
}

/// What one round gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Feeds and pages that were asked.
    pub asked: usize,
    /// Documents that the archive did not have.
    pub new: usize,
    /// Claims in them.
    pub claims: usize,
    /// Feeds, pages and items that could not be used.
    pub unusable: usize,
}

/// Which feeds and pages a round asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Those whose time has come.
    Due,
    /// All.
    All,
}

/// What is done after the feeds are there.
enum Task {
    /// Fetch the page of an item and read it.
    Fetch { target: usize, link: Url, card: Box<Card> },
    /// Read what is at hand.
    Read { target: usize, raw: Box<Raw> },
}

/// What became of it.
struct Done {
    target: usize,
    link: Option<Url>,
    outcome: Outcome,
}

enum Outcome {
    Read(Vec<Read>, Vec<Failure>),
    Later(String),
    Denied(String),
    Unusable(String),
}

/// What a poll of one target has still to settle.
#[derive(Default)]
struct Poll {
    /// The marks that are kept once everything is dealt with: else the next answer would be that nothing has changed.
    marks: Marks,
    /// Something is left for the next time.
    open: bool,
    /// All links of the feed; what it no longer has is forgotten.
    links: BTreeSet<String>,
}

impl Watch {
    /// Begins a watch, with what the last one remembered.
    #[must_use]
    pub fn new(config: &Config, archive: &Path, threads: NonZero<usize>, allow_local: bool) -> Self {
        let state_path = State::beside(archive);
        let state = State::load(&state_path);
        let client = Client::new(config.limits(), config.user_agent(), allow_local);
        Self {
            targets: config.targets(),
            most_articles: config.limits().most_articles,
            visitor: Visitor::new(client, config.limits(), state.hosts.clone()),
            threads,
            archive: archive.to_owned(),
            state,
            state_path,
        }
    }

    /// How long nothing is due.
    #[must_use]
    pub fn pause(&self) -> Duration {
        let next = self.targets.iter().map(|t| self.watched(t).map_or(0, |w| w.next)).min();
        next.map_or(Duration::ZERO, clock::until)
    }

    /// Asks for what is new, reads it and keeps it.
    ///
    /// # Errors
    /// When the archive or what is remembered cannot be written; what was kept before stays.
    pub fn round(&mut self, which: Which, out: &mut dyn Write) -> Result<Sums, Failure> {
        let due: Vec<usize> = (0..self.targets.len())
            .filter(|n| {
                let next = self.watched(&self.targets[*n]).map_or(0, |w| w.next);
                which == Which::All || clock::until(next).is_zero()
            })
            .collect();
        let mut archive = Archive::open(&self.archive)?;
        let mut sums = Sums { asked: due.len(), ..Sums::default() };
        let mut polls: BTreeMap<usize, Poll> = BTreeMap::new();
        let mut tasks: Vec<Task> = Vec::new();
        for (target, answer) in self.ask(due)? {
            if let Some(poll) = self.answered(target, answer, &mut tasks, &mut sums) {
                polls.insert(target, poll);
            }
        }
        let mut fresh = Vec::new();
        for task in tasks {
            let there = match &task {
                Task::Read { raw, .. } => archive.holds(raw.id)?,
                Task::Fetch { .. } => false,
            };
            if !there {
                fresh.push(task);
            }
        }
        self.work(fresh, &mut archive, &mut polls, &mut sums, out)?;
        for (target, poll) in polls {
            let watched = self.state.targets.entry(self.targets[target].url.to_string()).or_default();
            watched.seen.retain(|link| poll.links.contains(link));
            watched.tried.retain(|link, _| poll.links.contains(link));
            if !poll.open {
                (watched.etag, watched.modified) = (poll.marks.etag, poll.marks.modified);
            }
        }
        self.save()?;
        Ok(sums)
    }

    fn watched(&self, target: &Target) -> Option<&Watched> {
        self.state.targets.get(target.url.as_str())
    }

    fn save(&mut self) -> Result<(), Failure> {
        self.state.hosts = self.visitor.hosts();
        let wanted: BTreeSet<&str> = self.targets.iter().map(|t| t.url.as_str()).collect();
        self.state.targets.retain(|url, _| wanted.contains(url.as_str()));
        self.state.save(&self.state_path)
    }

    /// The answers of the targets, several hosts at a time.
    fn ask(&self, due: Vec<usize>) -> Result<Vec<(usize, Answer)>, Failure> {
        let lanes = in_lanes(due, |n| self.targets[*n].url.host_str().map(str::to_owned));
        let mut answers = Vec::new();
        let work = |n: usize| {
            let known = self.watched(&self.targets[n]);
            let marks = known.map(|w| Marks { etag: w.etag.clone(), modified: w.modified.clone() }).unwrap_or_default();
            (n, self.visitor.visit(&self.targets[n].url, &marks))
        };
        lanes::run(self.threads, lanes, work, |answer| {
            answers.push(answer);
            Ok(())
        })?;
        answers.sort_by_key(|(n, _)| *n);
        Ok(answers)
    }

    /// Sorts out one answer: what is to be read of it, and when it is asked for again.
    fn answered(&mut self, target: usize, answer: Answer, tasks: &mut Vec<Task>, sums: &mut Sums) -> Option<Poll> {
        let Target { url, every, kind, .. } = self.targets[target].clone();
        let found = match answer {
            Answer::Body(body) => self.found(target, kind, &body, tasks).map(Some),
            Answer::Unchanged => Ok(None),
            Answer::Later(why) => {
                anstream::eprintln!("note: {url} is asked another time: {why}.");
                self.again(&url, every);
                return None;
            }
            Answer::Denied(why) => Err(Failure::new(why, format!("take {url} out of the list, or ask its publisher"))),
            Answer::Unusable(why) => Err(Failure::new(
                format!("{url} could not be fetched: {why}"),
                "look at it in a browser; the others are polled, and it is tried again later",
            )),
        };
        let watched = self.state.targets.entry(url.to_string()).or_default();
        let (wait, poll) = match found {
            Ok(poll) => {
                watched.failures = 0;
                (every, poll)
            }
            Err(failure) => {
                failure.complain();
                sums.unusable += 1;
                watched.failures = watched.failures.saturating_add(1);
                (waits::after_failures(watched.failures, every), None)
            }
        };
        self.again(&url, wait);
        poll
    }

    fn again(&mut self, url: &Url, wait: Duration) {
        self.state.targets.entry(url.to_string()).or_default().next = clock::after(clock::now(), wait);
    }

    /// What an answer holds, as tasks, with what has to be settled when they are done.
    fn found(&self, target: usize, kind: Kind, body: &Body, tasks: &mut Vec<Task>) -> Result<Poll, Failure> {
        let mut poll = Poll { marks: body.marks.clone(), ..Poll::default() };
        let (raws, faults) = opened(body, &Card { url: Some(body.url.to_string()), ..Card::default() });
        if let Some(fault) = faults.into_iter().next().filter(|_| raws.is_empty()) {
            return Err(fault);
        }
        if matches!(kind, Kind::Feed { .. }) && raws.iter().any(|raw| raw.from() != TextFrom::Feed) {
            let what = format!("{} is no feed", self.targets[target].url);
            return Err(Failure::new(what, "look for the address of its feed, or list it as a [[page]]"));
        }
        let mut scheduled: BTreeSet<String> = tasks.iter().filter_map(|t| Some(t.link()?.to_string())).collect();
        let mut left = self.most_articles;
        for raw in raws {
            let link = raw.card().url.as_deref().filter(|_| kind == Kind::Feed { follow: true });
            let link = link.and_then(|l| body.url.join(l).ok()).and_then(|l| config::address(l.as_str()).ok());
            let Some(link) = link else {
                tasks.push(Task::Read { target, raw: Box::new(raw) });
                continue;
            };
            let name = link.to_string();
            let seen = self.state.targets.values().any(|w| w.seen.contains(&name)) || scheduled.contains(&name);
            poll.links.insert(name.clone());
            poll.open |= !seen && left == 0;
            if !seen && left > 0 {
                left -= 1;
                scheduled.insert(name.clone());
                let card = Box::new(Card { url: Some(name), ..raw.card().clone() });
                tasks.push(Task::Fetch { target, link, card });
            }
        }
        Ok(poll)
    }

    /// Fetches and reads, several at a time, and keeps what comes.
    fn work(
        &mut self,
        tasks: Vec<Task>,
        archive: &mut Archive,
        polls: &mut BTreeMap<usize, Poll>,
        sums: &mut Sums,
        out: &mut dyn Write,
    ) -> Result<(), Failure> {
        let lanes = in_lanes(tasks, |task| Some(task.link()?.host_str()?.to_owned()));
        let Self { targets, visitor, threads, state, state_path, .. } = self;
        lanes::run(
            *threads,
            lanes,
            |task| done(task, visitor),
            |done| {
                let target = &targets[done.target];
                let watched = state.targets.entry(target.url.to_string()).or_default();
                let poll = polls.entry(done.target).or_default();
                let settled = match done.outcome {
                    Outcome::Read(reads, faults) => {
                        for read in reads {
                            keep(read, target, archive, sums, out)?;
                        }
                        sums.unusable += faults.len();
                        faults.iter().for_each(Failure::complain);
                        true
                    }
                    Outcome::Later(why) => {
                        anstream::eprintln!("note: an item of {} is fetched another time: {why}.", target.url);
                        false
                    }
                    Outcome::Denied(why) => {
                        anstream::eprintln!("note: an item of {} was not fetched: {why}.", target.url);
                        true
                    }
                    Outcome::Unusable(why) => {
                        let tries = done.link.as_ref().map_or(MOST_TRIES, |link| {
                            let tries = watched.tried.entry(link.to_string()).or_default();
                            *tries += 1;
                            *tries
                        });
                        let remedy =
                            if tries < MOST_TRIES { "it is tried again the next time" } else { "it is let go" };
                        Failure::new(format!("an item of {} could not be read: {why}", target.url), remedy).complain();
                        sums.unusable += 1;
                        tries >= MOST_TRIES
                    }
                };
                poll.open |= !settled;
                if let Some(link) = done.link.filter(|_| settled) {
                    watched.tried.remove(link.as_str());
                    watched.seen.insert(link.into());
                    // Whoever is cut off now does not fetch this page again.
                    state.save(state_path)?;
                }
                Ok(())
            },
        )
    }
}

impl Task {
    fn link(&self) -> Option<&Url> {
        match self {
            Self::Fetch { link, .. } => Some(link),
            Self::Read { .. } => None,
        }
    }
}

/// Pieces with one key in one lane, in their order; a piece without a key has a lane of its own.
fn in_lanes<T>(pieces: Vec<T>, key: impl Fn(&T) -> Option<String>) -> Vec<Vec<T>> {
    let mut lanes: Vec<Vec<T>> = Vec::new();
    let mut lane_of: BTreeMap<String, usize> = BTreeMap::new();
    for piece in pieces {
        let at = key(&piece).map_or(lanes.len(), |key| *lane_of.entry(key).or_insert(lanes.len()));
        if at == lanes.len() {
            lanes.push(Vec::new());
        }
        lanes[at].push(piece);
    }
    lanes
}

/// The documents that a body holds, and what of it could not be used.
fn opened(body: &Body, card: &Card) -> (Vec<Raw>, Vec<Failure>) {
    let (mut raws, mut faults) = (Vec::new(), Vec::new());
    let mut bytes = Cursor::new(&body.bytes);
    let kind = body.content_type.as_deref().unwrap_or_default();
    let _ = vigie_ingest::open_fetched(&mut bytes, body.url.as_str(), kind, card, &mut |found| {
        match found {
            Found::Document(raw) => raws.push(*raw),
            Found::Fault(fault) if fault.harmless => {}
            Found::Fault(fault) => faults.push(Failure::new(fault.what, fault.remedy)),
        }
        ControlFlow::Continue(())
    });
    (raws, faults)
}

fn done(task: Task, visitor: &Visitor) -> Done {
    match task {
        Task::Read { target, raw } => Done { target, link: None, outcome: read(vec![*raw], Vec::new()) },
        Task::Fetch { target, link, card } => {
            let outcome = match visitor.visit(&link, &Marks::default()) {
                Answer::Body(body) => {
                    // Where a link leads in the end is where the page is.
                    let card = Card { url: Some(body.url.to_string()), ..*card };
                    let (raws, faults) = opened(&body, &card);
                    match faults.first() {
                        None if raws.is_empty() => Outcome::Unusable(format!("{link} holds no text")),
                        Some(fault) if raws.is_empty() => Outcome::Unusable(fault.what.clone()),
                        _ => read(raws, faults),
                    }
                }
                Answer::Unchanged => Outcome::Unusable(format!("{link} answers with status 304 unasked")),
                Answer::Later(why) => Outcome::Later(why),
                Answer::Denied(why) => Outcome::Denied(why),
                Answer::Unusable(why) => Outcome::Unusable(why),
            };
            Done { target, link: Some(link), outcome }
        }
    }
}

fn read(raws: Vec<Raw>, mut faults: Vec<Failure>) -> Outcome {
    let mut reads = Vec::new();
    for raw in raws {
        match pipeline::read(&raw, &Source::default()) {
            Ok(read) => reads.push(read),
            Err(e) => faults.push(Failure::new(format!("{} is no text", raw.path), e.reason)),
        }
    }
    Outcome::Read(reads, faults)
}

fn keep(
    read: Read,
    target: &Target,
    archive: &mut Archive,
    sums: &mut Sums,
    out: &mut dyn Write,
) -> Result<(), Failure> {
    let mut document = read.record;
    // Who lists a feed knows whose it is better than its title does.
    document.outlet = target.outlet.clone().or(document.outlet);
    if archive.add(&document, &read.terms)? == Added::AlreadyThere {
        return Ok(());
    }
    sums.new += 1;
    sums.claims += document.claims.len();
    crate::show::arrival(&document, out).map_err(|e| Failure::of_output(&e))
}
