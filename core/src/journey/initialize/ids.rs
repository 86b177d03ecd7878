//! Ids that are made where the caller gave none.

use std::time::{SystemTime, UNIX_EPOCH};

/// Crockford's Base32, in the order of ASCII: what is made later sorts later.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A `MerchantBizId` of 32 letters and digits: ten for the milliseconds, 22 at random.
pub(crate) fn merchant_biz_id(now: SystemTime, random: [u8; 16]) -> String {
    let milliseconds = now.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis());
    digits(milliseconds, 10) + &digits(u128::from_be_bytes(random), 22)
}

/// The lower `count` digits of `number`, the highest first.
fn digits(number: u128, count: u32) -> String {
    (0..count).rev().map(|place| char::from(DIGITS[(number >> (5 * place) & 31) as usize])).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn it_is_the_time_and_then_chance() {
        // 1469918176385 ms is 01ARYZ6S41 in the ULID's own specification.
        let now = UNIX_EPOCH + Duration::from_millis(1_469_918_176_385);
        assert_eq!(merchant_biz_id(now, [0; 16]), "01ARYZ6S410000000000000000000000");
        assert_eq!(merchant_biz_id(now, [255; 16]), "01ARYZ6S41ZZZZZZZZZZZZZZZZZZZZZZ");
        assert_eq!(merchant_biz_id(UNIX_EPOCH - Duration::from_secs(1), [1; 16]).len(), 32);
    }

    proptest! {
        #[test]
        fn later_ones_sort_later(early in 0..1u64 << 45, later in 1..1u64 << 45, one: [u8; 16], other: [u8; 16]) {
            let id = |milliseconds, random| merchant_biz_id(UNIX_EPOCH + Duration::from_millis(milliseconds), random);
            let (first, second) = (id(early, one), id(early + later, other));
            prop_assert!(first < second);
            prop_assert!(first.len() == 32 && first.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }
    }
}
