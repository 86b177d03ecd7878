//! What parsing the texts of one reply takes from and adds to.

use super::budget::Budget;
use super::lift::Images;
use super::problems::Problems;
use crate::options::MAX_TEXT_BYTES;
use crate::tree::{Node, Text};

#[derive(Debug)]
pub(crate) struct State {
    pub(super) budget: Budget,
    pub(super) problems: Problems,
    pub(super) images: Images,
    /// How long a text may be that is neither an image nor JSON.
    pub(super) max_text: usize,
    /// Empty between two texts: room that is made once.
    pub(super) open: Vec<Open>,
    pub(super) scratch: String,
}

/// A list or an object that has begun.
#[derive(Debug)]
pub(super) enum Open {
    List(Vec<Node>),
    /// With the name whose value is due.
    Object(Vec<(Text, Node)>, Text),
}

impl State {
    pub(super) fn new(budget: Budget, images: Images) -> Self {
        let problems = Problems::new(images.marker());
        Self { budget, problems, images, max_text: MAX_TEXT_BYTES, open: Vec::new(), scratch: String::new() }
    }
}
