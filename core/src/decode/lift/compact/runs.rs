//! Takes out runs of backslashes, a block at a time.
//!
//! Where a block begins does not depend on what the last one held: that is what makes it fast.

/// In bytes.
pub(super) const BLOCK: usize = 64;

/// A bit for each byte of a block.
pub(super) struct Masks {
    pub(super) backslashes: u64,
    pub(super) slashes: u64,
}

/// Copies blocks of `text` to `out` without their backslashes, for as long as those are runs of fewer than `2^LIMIT` before a
/// slash and there is room for two blocks. How much was read, never ending in a run, and written.
#[allow(clippy::inline_always, reason = "compiled for each kind of machine")]
#[inline(always)]
pub(super) fn remove_runs<const LIMIT: u32>(
    text: &[u8],
    out: &mut [u8],
    masks: impl Fn(&[u8; BLOCK]) -> Masks,
) -> (usize, usize) {
    let (mut read, mut written, mut last) = (0, 0, 0);
    while let (Some(from), Some(to)) = (text.get(read..read + 2 * BLOCK), out.get_mut(written..written + 2 * BLOCK)) {
        let block = from.first_chunk().expect("two blocks");
        let Masks { backslashes, slashes } = masks(block);
        if !are_escapes::<LIMIT>(last, backslashes, slashes) {
            break;
        }
        to[..BLOCK].copy_from_slice(block);
        // What follows each run goes over the run: at least once, so that blocks without a run and with one are alike.
        let (mut runs, mut removed) = (backslashes, 0);
        loop {
            let start = runs.trailing_zeros() as usize % BLOCK;
            let length = (!(runs >> start)).trailing_zeros() as usize % BLOCK;
            let at = start - removed.min(start);
            to[at..at + BLOCK].copy_from_slice(&from[start + length..start + length + BLOCK]);
            removed += length;
            runs &= runs.wrapping_add(1 << start);
            if runs == 0 {
                break;
            }
        }
        written += BLOCK - removed;
        read += BLOCK;
        last = backslashes;
    }
    (read - last.leading_ones() as usize, written)
}

/// Whether each run of backslashes that ends in a block is followed by a slash, and none is too long. `last`: the block before.
#[allow(clippy::inline_always, reason = "a part of the above")]
#[inline(always)]
fn are_escapes<const LIMIT: u32>(last: u64, backslashes: u64, slashes: u64) -> bool {
    let behind = (backslashes << 1 | last >> 63) & !backslashes;
    // Of each run that is too long, a bit remains.
    let mut long = u128::from(backslashes) << 64 | u128::from(last);
    let mut step = 0;
    while step < LIMIT {
        long &= long >> (1 << step);
        step += 1;
    }
    behind & !slashes == 0 && long >> 32 == 0
}
