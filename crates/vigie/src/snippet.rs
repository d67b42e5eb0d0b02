//! Source lines with marks under the words that matter.
