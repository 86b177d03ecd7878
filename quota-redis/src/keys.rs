//! The keys of a quota.

/// The three keys of the quota that `account` has for `action` in `region`: its state, and its workers by when they were last
/// seen and by their places. The braces put all three on one node of a cluster.
pub fn keys(account: &str, region: &str, action: &str) -> [String; 3] {
    let quota = format!("cloudauth:{{{account}/{region}/{action}}}");
    [quota.clone(), format!("{quota}:seen"), format!("{quota}:places")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_account_region_and_operation_has_keys_of_its_own_in_one_slot() {
        let [state, seen, places] = keys("default", "ap-southeast-1", "CheckResult");
        assert_eq!(state, "cloudauth:{default/ap-southeast-1/CheckResult}");
        assert_eq!(seen, format!("{state}:seen"));
        assert_eq!(places, format!("{state}:places"));
        assert_ne!(keys("a", "b", "c"), keys("a", "b", "d"));
    }
}
