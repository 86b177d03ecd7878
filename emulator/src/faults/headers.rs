//! Heads that are too long, or that hold what no header may.

use super::applied::Applied;
use super::argument::{Argument, Rule};
use super::definition::Definition;
use super::effect::Effect;
use crate::wire::{End, Script};

pub(super) const FAULTS: [Definition; 4] = [
    Definition::new("headers-many", "so many headers more", many).takes(&[Argument::new("count", "100000", Rule::Count)]),
    Definition::new("header-huge", "one header of that size more", huge).takes(&[Argument::new("size", "1MiB", Rule::Size)]),
    Definition::new("header-nul", "a header whose value holds a NUL", nul),
    Definition::new("header-cr", "a header whose value holds a CR that no LF follows", cr),
];

/// More than any client reads, and still no burden to make.
const MOST: u64 = 1_000_000;

fn many(applied: &mut Applied<'_>) -> Effect {
    let count = applied.count("count").min(MOST);
    with_lines(move || (0..count).map(|number| format!("x-fault-{number}: {number}").into_bytes()).collect())
}

fn huge(applied: &mut Applied<'_>) -> Effect {
    let size = usize::try_from(applied.size("size")).unwrap_or(usize::MAX);
    with_lines(move || vec![[b"x-fault: ", &b"a".repeat(size)[..]].concat()])
}

fn nul(_: &mut Applied<'_>) -> Effect {
    with_lines(|| vec![b"x-fault: a\0b".to_vec()])
}

fn cr(_: &mut Applied<'_>) -> Effect {
    with_lines(|| vec![b"x-fault: a\rb".to_vec()])
}

/// The reply as it should be, but for these header lines more.
fn with_lines(lines: impl FnOnce() -> Vec<Vec<u8>> + Send + 'static) -> Effect {
    Effect::wire(move |reply| {
        let mut lines = lines();
        lines.push(reply.length().into_bytes());
        Script::new(End::Keep).write(reply.head(&lines)).write(reply.body.clone())
    })
}
