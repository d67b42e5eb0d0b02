//! Work for several threads in lanes: what stands in one lane is done one after another, so that nobody is asked twice at
//! once; results come as they are ready.

use crate::failure::Failure;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::mpsc::channel;
use std::thread;

/// Does the work of all lanes, and gives each result to `take`, on this thread. Stops early when `take` fails.
pub(super) fn run<T: Send, R: Send>(
    threads: NonZero<usize>,
    lanes: Vec<Vec<T>>,
    work: impl Fn(T) -> R + Sync,
    mut take: impl FnMut(R) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let count = threads.get().min(lanes.len());
    let lanes = Mutex::new(lanes.into_iter());
    let (give, done) = channel();
    thread::scope(|scope| {
        for _ in 0..count {
            let (give, lanes, work) = (give.clone(), &lanes, &work);
            scope.spawn(move || {
                loop {
                    let Some(lane) = lanes.lock().ok().and_then(|mut lanes| lanes.next()) else { return };
                    for piece in lane {
                        if give.send(work(piece)).is_err() {
                            return;
                        }
                    }
                }
            });
        }
        drop(give);
        // Those who still work notice at their next result that nobody takes it.
        done.into_iter().try_for_each(&mut take)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_lane_is_worked_in_order_and_never_twice_at_once() {
        let busy: [AtomicUsize; 5] = std::array::from_fn(|_| AtomicUsize::new(0));
        let lanes: Vec<Vec<(usize, usize)>> = (0..5).map(|lane| (0..40).map(|n| (lane, n)).collect()).collect();
        let mut last = [None; 5];
        let work = |(lane, n): (usize, usize)| {
            assert_eq!(busy[lane].fetch_add(1, Ordering::SeqCst), 0);
            thread::yield_now();
            busy[lane].fetch_sub(1, Ordering::SeqCst);
            (lane, n)
        };
        run(NonZero::new(3).unwrap(), lanes, work, |(lane, n)| {
            assert_eq!(last[lane].map_or(0, |l: usize| l + 1), n);
            last[lane] = Some(n);
            Ok(())
        })
        .unwrap();
        assert_eq!(last, [Some(39); 5]);
    }

    #[test]
    fn a_failure_ends_it() {
        let lanes: Vec<Vec<usize>> = (0..50).map(|n| vec![n; 20]).collect();
        let mut taken = 0;
        let ended = run(
            NonZero::new(2).unwrap(),
            lanes,
            |n| n,
            |_| {
                taken += 1;
                if taken == 3 { Err(Failure::new("full", "make room")) } else { Ok(()) }
            },
        );
        assert!(ended.is_err());
        assert_eq!(taken, 3);
    }
}
