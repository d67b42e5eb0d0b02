//! A bar on standard error while much is being read: only on a terminal, only for work of some length.

use crate::failure::Failure;
use crate::input;
use indicatif::{ProgressBar, ProgressStyle};
use std::path::PathBuf;

/// Less than this is read before a bar could be looked at.
const WORTH_A_BAR: u64 = 200_000;

/// The bar; it vanishes when it is dropped.
#[derive(Debug)]
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar over the bytes of all inputs; hidden where nobody would see it.
    pub(crate) fn over(inputs: &[Result<PathBuf, Failure>]) -> Self {
        let total: u64 = inputs.iter().flatten().map(|path| input::size(path)).sum();
        if total < WORTH_A_BAR {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(total);
        let template = "{bar:40.cyan} {percent:>3} %  {bytes} of {total_bytes}, {eta} left";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        // Drawn at once, so that one large page shows that something is going on.
        bar.tick();
        Self(bar)
    }

    /// So many bytes more are done.
    pub(crate) fn advance(&self, bytes: u64) {
        self.0.inc(bytes);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
