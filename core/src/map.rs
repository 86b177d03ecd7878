//! Maps of entries.

/// A map, or a set, of `entries`, put in one after the other. `collect` would sort them first, and a sort is 8 KB for each type.
pub(crate) fn of<M: Default + Extend<E>, E>(entries: impl IntoIterator<Item = E>) -> M {
    let mut map = M::default();
    map.extend(entries);
    map
}
