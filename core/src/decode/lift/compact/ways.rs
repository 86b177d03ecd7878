//! Where a block has backslashes and slashes: by the widest instructions of the machine.

use super::runs::{BLOCK, Masks, remove_runs};

#[cfg(all(test, target_arch = "x86_64"))]
pub(super) use x86::with_sse2;

/// Compacts by what this machine has.
pub(super) fn with_best<const LIMIT: u32>(text: &[u8], out: &mut [u8]) -> (usize, usize) {
    #[cfg(target_arch = "x86_64")]
    {
        if x86::has_avx2() {
            // SAFETY: the features are there.
            return unsafe { x86::with_avx2::<LIMIT>(text, out) };
        }
        x86::with_sse2::<LIMIT>(text, out)
    }
    #[cfg(not(target_arch = "x86_64"))]
    by_words::<LIMIT>(text, out)
}

/// Eight bytes at a time, on any machine.
#[cfg(any(test, not(target_arch = "x86_64")))]
pub(super) fn by_words<const LIMIT: u32>(text: &[u8], out: &mut [u8]) -> (usize, usize) {
    const ONES: u64 = u64::MAX / 0xFF;
    const LOW: u64 = ONES * 0x7F;
    /// The top bit of each byte that is `byte`, gathered in one.
    fn equal(word: u64, byte: u8) -> u64 {
        let other = word ^ (ONES * u64::from(byte));
        let equal = !(((other & LOW) + LOW) | other | LOW);
        (equal >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56
    }
    remove_runs::<LIMIT>(text, out, |block| {
        let mut masks = Masks { backslashes: 0, slashes: 0 };
        for (at, word) in block.as_chunks().0.iter().enumerate() {
            let word = u64::from_le_bytes(*word);
            masks.backslashes |= equal(word, b'\\') << (8 * at);
            masks.slashes |= equal(word, b'/') << (8 * at);
        }
        masks
    })
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::{
        __m128i, __m256i, _mm_cmpeq_epi8, _mm_loadu_si128, _mm_movemask_epi8, _mm_set1_epi8, _mm256_cmpeq_epi8,
        _mm256_loadu_si256, _mm256_movemask_epi8, _mm256_set1_epi8,
    };

    use super::{BLOCK, Masks, remove_runs};

    pub(super) fn has_avx2() -> bool {
        is_x86_feature_detected!("avx2")
            && is_x86_feature_detected!("bmi1")
            && is_x86_feature_detected!("bmi2")
            && is_x86_feature_detected!("lzcnt")
            && is_x86_feature_detected!("popcnt")
    }

    #[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
    pub(super) fn with_avx2<const LIMIT: u32>(text: &[u8], out: &mut [u8]) -> (usize, usize) {
        let load = |half: &[u8; 32]| -> __m256i {
            // SAFETY: it reads these 32 bytes, at any address.
            unsafe { _mm256_loadu_si256(half.as_ptr().cast()) }
        };
        remove_runs::<LIMIT>(text, out, |block| {
            let [low, high] = halves(block).map(load);
            let mask = |byte: u8| {
                let byte = _mm256_set1_epi8(byte.cast_signed());
                let [low, high] = [low, high].map(|half| _mm256_movemask_epi8(_mm256_cmpeq_epi8(half, byte)).cast_unsigned());
                u64::from(high) << 32 | u64::from(low)
            };
            Masks { backslashes: mask(b'\\'), slashes: mask(b'/') }
        })
    }

    /// Every x86-64 has it.
    pub(in super::super) fn with_sse2<const LIMIT: u32>(text: &[u8], out: &mut [u8]) -> (usize, usize) {
        remove_runs::<LIMIT>(text, out, |block| {
            let mut masks = Masks { backslashes: 0, slashes: 0 };
            for (at, quarter) in block.as_chunks::<16>().0.iter().enumerate() {
                // SAFETY: it reads these 16 bytes, at any address.
                let quarter: __m128i = unsafe { _mm_loadu_si128(quarter.as_ptr().cast()) };
                let mask = |byte: u8| {
                    // SAFETY: every x86-64 has SSE2.
                    let mask = unsafe { _mm_movemask_epi8(_mm_cmpeq_epi8(quarter, _mm_set1_epi8(byte.cast_signed()))) };
                    u64::from(mask.cast_unsigned()) << (16 * at)
                };
                masks.backslashes |= mask(b'\\');
                masks.slashes |= mask(b'/');
            }
            masks
        })
    }

    fn halves(block: &[u8; BLOCK]) -> [&[u8; 32]; 2] {
        let [low, high] = block.as_chunks().0 else { unreachable!("64 bytes are twice 32") };
        [low, high]
    }
}
