//! Events to what holds, where and when.
//!
//! A plain fold over claims: each claim that asserts something of a fluent is evidence with a place in time; an answer
//! for a day is read off the latest evidence before it, and says how it is known. Nothing here looks at text.

mod changes;
mod course;
mod digest;
mod evidence;
mod figures;
mod fluent;
mod holding;
mod key;
mod knowledge;
mod resolve;
mod situation;
mod timeline;
mod votes;

pub use changes::{Change, changes};
pub use digest::{Entry, digest};
pub use fluent::{Fluent, Value};
pub use holding::{Dropped, Earlier, Holding, Layer, Named, Proof, Rival, Since, Status};
pub use knowledge::Knowledge;
pub use situation::Situation;
pub use timeline::{TimelineDay, timeline, weights};
