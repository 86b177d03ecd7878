/// Chance that is the same again for the same seed and the same request, in whatever order requests come.
#[derive(Clone, Debug)]
pub(crate) struct Draw(u64);

impl Draw {
    /// A draw for the `earlier + 1`th request about a subject.
    pub(crate) fn new(seed: u64, subject: &str, earlier: u64) -> Draw {
        // FNV-1a over the subject; the mixing of `next` does the rest.
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        let bytes = seed.to_le_bytes().into_iter().chain(subject.bytes()).chain(earlier.to_le_bytes());
        Draw(bytes.fold(0xcbf2_9ce4_8422_2325, hash))
    }

    /// `SplitMix64`.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn upper(&mut self) -> u32 {
        u32::try_from(self.next() >> 32).unwrap_or_default()
    }

    /// At least 0, less than 1.
    pub(crate) fn share(&mut self) -> f64 {
        f64::from(self.upper()) / 4_294_967_296.0
    }

    /// Less than `many`, which must not be 0.
    pub(crate) fn below(&mut self, many: usize) -> usize {
        usize::try_from((u64::from(self.upper()) * many as u64) >> 32).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_hit_as_often_as_it_says_and_the_same_again() {
        let hits = |seed| {
            let hit = |number: &u64| Draw::new(seed, &format!("id{}", number / 3), number % 3).share() < 0.05;
            (0..100_000_u64).filter(hit).collect::<Vec<_>>()
        };
        let first = hits(1);
        // Five standard deviations.
        assert!(first.len().abs_diff(5000) < 350, "{}", first.len());
        assert_eq!(first, hits(1));
        assert_ne!(first, hits(2));
    }

    #[test]
    fn below_is_even() {
        let mut draw = Draw::new(0, "", 0);
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[draw.below(7)] += 1;
        }
        assert!(counts.iter().all(|count| count.abs_diff(10_000) < 500), "{counts:?}");
    }
}
