//! A report: one page of HTML to look at a result, an archive or a run. It needs no other file, runs no script and asks for
//! nothing. Names, numbers and pictures are in it only where they were asked for. Nothing here reads a file or a clock.

mod archive;
mod blocks;
mod chart;
mod document;
mod fields;
mod lookup;
mod page;
mod parts;
mod receipt;
mod record;
mod result;
mod run;
mod schema;
mod section;
mod source;
mod verdict;

#[cfg(test)]
mod tests;

pub(crate) use document::{archive, result, run};
pub(crate) use record::Record;
pub(crate) use source::Source;
