//! Images and long texts that were taken out of a body.

use crate::buffer::Buffer;

/// What was lifted out of one body.
#[derive(Debug, Default)]
pub(crate) struct Images {
    pub(super) marker: String,
    pub(super) lifted: Vec<Lifted>,
}

#[derive(Debug)]
pub(super) enum Lifted {
    /// An image, and how many texts its field was inside, by its delimiters.
    Image {
        depth: u8,
        bytes: Buffer,
    },
    /// A text too long to keep, in bytes.
    Cut(usize),
    Taken,
}

impl Images {
    /// For a body that is decoded without lifting.
    pub(crate) fn none() -> Self {
        Self::default()
    }

    /// What every placeholder begins with; empty where there is none.
    pub(crate) fn marker(&self) -> &str {
        &self.marker
    }

    /// The image that `text`, read inside `depth` texts, stands for.
    pub(crate) fn take(&mut self, text: &str, depth: u8) -> Option<Buffer> {
        let lifted = self.find(text)?;
        match std::mem::replace(lifted, Lifted::Taken) {
            Lifted::Image { depth: own, bytes } if own == depth => Some(bytes),
            other => {
                *lifted = other;
                None
            }
        }
    }

    /// The length of the long text that `text` stands for.
    pub(crate) fn take_cut(&mut self, text: &str) -> Option<usize> {
        let lifted = self.find(text)?;
        let Lifted::Cut(length) = *lifted else { return None };
        *lifted = Lifted::Taken;
        Some(length)
    }

    fn find(&mut self, text: &str) -> Option<&mut Lifted> {
        if self.lifted.is_empty() {
            return None;
        }
        let index: usize = text.strip_prefix(&self.marker)?.parse().ok()?;
        self.lifted.get_mut(index)
    }

    /// Whether everything was taken. What was not stands in the result as its placeholder, or was overwritten.
    pub(crate) fn all_used(&self) -> bool {
        self.lifted.iter().all(|lifted| matches!(lifted, Lifted::Taken))
    }

    /// Which images were not taken.
    pub(crate) fn unused(&self) -> Vec<usize> {
        let unused = |(index, lifted): (usize, &Lifted)| matches!(lifted, Lifted::Image { .. }).then_some(index);
        self.lifted.iter().enumerate().filter_map(unused).collect()
    }
}
