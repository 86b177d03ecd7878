//! The long form of some tests, which `make soak-bulk` asks for: `CLOUDAUTH_BULK_TRANSACTIONS` and others say how long.

/// What `CLOUDAUTH_BULK_…` says, or `otherwise`.
pub(crate) fn given(name: &str, otherwise: usize) -> usize {
    let given = std::env::var(format!("CLOUDAUTH_BULK_{name}"));
    given.map_or(otherwise, |value| value.parse().expect("a whole number"))
}

pub(crate) fn is_asked() -> bool {
    std::env::var_os("CLOUDAUTH_BULK_TRANSACTIONS").is_some()
}
