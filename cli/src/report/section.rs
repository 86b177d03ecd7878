//! What a report says, before it becomes a page.

/// One part of a report, under a heading.
#[derive(Debug)]
pub(super) struct Section {
    pub(super) title: &'static str,
    pub(super) blocks: Vec<Block>,
}

#[derive(Debug)]
pub(super) enum Block {
    Heading(String),
    Text(String),
    /// What it comes to, in a word or two.
    Verdict {
        tone: Tone,
        word: String,
    },
    Facts(Vec<Fact>),
    Scores(Vec<Score>),
    Table(Table),
    /// How often each thing is there.
    Shares(Vec<Share>),
    Columns(Columns),
    /// Blurred until it is asked for.
    Veiled {
        label: String,
        facts: Vec<Fact>,
    },
    /// The same.
    Picture(Picture),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    Good,
    Bad,
    Unsure,
}

#[derive(Debug)]
pub(super) struct Fact {
    pub(super) label: String,
    pub(super) value: String,
    /// What the label means; may be empty.
    pub(super) note: String,
}

/// A score of 0 to 100.
#[derive(Debug)]
pub(super) struct Score {
    pub(super) label: String,
    pub(super) value: f64,
    /// From where on it is good enough, where that is known.
    pub(super) threshold: Option<f64>,
    pub(super) note: String,
}

#[derive(Debug)]
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

#[derive(Debug)]
pub(super) struct Share {
    pub(super) label: String,
    pub(super) count: usize,
    pub(super) of: usize,
    pub(super) note: String,
}

/// Counts side by side, such as a histogram.
#[derive(Debug)]
pub(super) struct Columns {
    pub(super) caption: String,
    /// What the columns stand for.
    pub(super) head: &'static str,
    pub(super) counts: Vec<(String, usize)>,
    /// Where a line goes, from 0 at the left to 1 at the right.
    pub(super) mark: Option<f64>,
}

#[derive(Debug)]
pub(super) struct Picture {
    pub(super) name: String,
    /// None where no browser would show it.
    pub(super) media_type: Option<&'static str>,
    pub(super) bytes: Vec<u8>,
}

impl Fact {
    pub(super) fn new(label: impl Into<String>, value: impl Into<String>) -> Self {
        Self { label: label.into(), value: value.into(), note: String::new() }
    }
}

impl Section {
    /// None where there is nothing to say.
    pub(super) fn of(title: &'static str, blocks: Vec<Block>) -> Option<Self> {
        (!blocks.is_empty()).then_some(Self { title, blocks })
    }
}

impl Block {
    /// None where there is no fact.
    pub(super) fn facts(facts: Vec<Fact>) -> Option<Self> {
        (!facts.is_empty()).then_some(Self::Facts(facts))
    }
}
