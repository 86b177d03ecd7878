//! How fast a run may go, as options.

use std::time::Duration;

use crate::input;

// How fast a run may go. No comment of a group's own: it would become the command's.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Requests a second at most, of each operation and to each region [default: as many as the service admits]
    #[arg(long, alias = "qps", value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rate: Option<u32>,
    /// Verifications at a time
    #[arg(long, value_name = "N", default_value_t = 16, value_parser = clap::value_parser!(u16).range(1..=1024))]
    concurrency: u16,
}

impl Limits {
    pub(crate) fn concurrency(self) -> usize {
        self.concurrency.into()
    }
}

// The same of a run that ends, and how long it waits for a service that is down.
#[derive(clap::Args, Clone, Copy, Debug)]
pub(crate) struct Pace {
    #[command(flatten)]
    pub(crate) limits: Limits,
    /// How long the service may be out of reach before the run ends
    #[arg(long, value_name = "SECONDS", value_parser = input::seconds, default_value = "60", allow_negative_numbers = true)]
    pub(crate) patience: Duration,
}
