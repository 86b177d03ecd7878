//! Which operation does what beside its table.

use super::hook::Hook;
use super::initialize::Initialize;

/// The hook of the operation of that name.
pub(super) fn hook(name: &str) -> &'static dyn Hook {
    match name {
        "initialize" => &Initialize,
        _ => &Plain,
    }
}

/// An operation of which the table says all.
struct Plain;

impl Hook for Plain {}
