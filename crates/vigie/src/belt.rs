//! Work that several threads share, handed back in the order in which it was given: one thread and many give the same bytes.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

/// Pieces under way for each thread. A few keep all of them busy when one piece takes long; more would only take memory.
const AHEAD: usize = 8;

type Outcome<O> = thread::Result<O>;

/// Takes pieces of work and gives back what became of them, in order.
pub(crate) struct Belt<'a, I, O> {
    work: &'a (dyn Fn(I) -> O + Sync),
    /// `None` where the caller does the work itself.
    threads: Option<Threads<I, O>>,
}

struct Threads<I, O> {
    put: Sender<(usize, I)>,
    done: Receiver<(usize, Outcome<O>)>,
    /// Results that wait for an earlier one.
    early: BTreeMap<usize, O>,
    given: usize,
    taken: usize,
    most: usize,
}

/// Runs `drive` with a belt on which `threads` threads do `work`.
pub(crate) fn with_belt<I: Send, O: Send, T>(
    threads: NonZero<usize>,
    work: impl Fn(I) -> O + Sync,
    drive: impl FnOnce(&mut Belt<'_, I, O>) -> T,
) -> T {
    if threads.get() == 1 {
        return drive(&mut Belt { work: &work, threads: None });
    }
    let (put, next) = channel::<(usize, I)>();
    let (give, done) = channel();
    let next = Mutex::new(next);
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            let give = give.clone();
            let (next, work) = (&next, &work);
            scope.spawn(move || {
                loop {
                    // The lock is held while one thread waits; it is let go before the work is done.
                    let Some((number, piece)) = next.lock().ok().and_then(|queue| queue.recv().ok()) else { break };
                    // A panic is carried to the caller: left here, the caller would wait for this piece for ever.
                    if give.send((number, catch_unwind(AssertUnwindSafe(|| work(piece))))).is_err() {
                        break;
                    }
                }
            });
        }
        let most = threads.get() * AHEAD;
        let threads = Threads { put, done, early: BTreeMap::new(), given: 0, taken: 0, most };
        drive(&mut Belt { work: &work, threads: Some(threads) })
    })
}

impl<I, O> Belt<'_, I, O> {
    /// Gives one piece of work; returns what is ready of the earlier ones. Waits while too much is under way.
    pub(crate) fn put(&mut self, piece: I) -> Vec<O> {
        let Some(threads) = &mut self.threads else { return vec![(self.work)(piece)] };
        // The threads live as long as the belt, so somebody is there to take it.
        let _ = threads.put.send((threads.given, piece));
        threads.given += 1;
        threads.collect(threads.most)
    }

    /// Waits for all that is under way.
    pub(crate) fn rest(&mut self) -> Vec<O> {
        self.threads.as_mut().map_or_else(Vec::new, |threads| threads.collect(0))
    }
}

impl<I, O> Threads<I, O> {
    /// What is ready, in order, leaving at most so many under way.
    fn collect(&mut self, under_way: usize) -> Vec<O> {
        let mut ready = Vec::new();
        loop {
            while let Some(result) = self.early.remove(&self.taken) {
                self.taken += 1;
                ready.push(result);
            }
            let arrived =
                if self.given - self.taken > under_way { self.done.recv().ok() } else { self.done.try_recv().ok() };
            match arrived {
                Some((number, Ok(result))) => drop(self.early.insert(number, result)),
                Some((_, Err(panic))) => resume_unwind(panic),
                None => return ready,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::with_belt;
    use std::num::NonZero;
    use std::time::Duration;

    fn squares(threads: usize) -> Vec<u64> {
        let slow = |n: u64| {
            // The earlier a piece, the longer it takes.
            std::thread::sleep(Duration::from_micros(900 - n * 3));
            n * n
        };
        with_belt(NonZero::new(threads).unwrap(), slow, |belt| {
            let mut all = Vec::new();
            for n in 0..300 {
                all.extend(belt.put(n));
            }
            all.extend(belt.rest());
            all
        })
    }

    #[test]
    fn results_come_in_the_order_of_the_work() {
        let wanted: Vec<u64> = (0..300).map(|n| n * n).collect();
        for threads in [1, 2, 7] {
            assert_eq!(squares(threads), wanted, "{threads} threads");
        }
    }

    #[test]
    #[should_panic(expected = "piece 3")]
    fn a_panic_reaches_the_caller() {
        let work = |n: u64| if n == 3 { panic!("piece 3") } else { n };
        with_belt(NonZero::new(2).unwrap(), work, |belt| {
            for n in 0..10 {
                belt.put(n);
            }
            belt.rest()
        });
    }
}
