//! The name that was meant.

/// Less alike than this, a name helps nobody.
const LIKE: f64 = 0.7;

/// The one of `names` that is most like `name`.
pub(crate) fn nearest(name: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let name = name.to_ascii_lowercase();
    let likeness = |other: &str| strsim::jaro_winkler(&name, &other.to_ascii_lowercase());
    names
        .map(|other| (likeness(other), other))
        .filter(|(like, _)| *like >= LIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|best| best.1)
}
