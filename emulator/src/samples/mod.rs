//! Replies of the operations that the emulator does not carry out: each has the shape of its own, and nothing in it is true.

mod sample;
mod table;

pub(crate) use sample::Sample;

/// The sample of that operation.
pub(crate) fn sample(action: &str) -> Option<&'static Sample> {
    table::SAMPLES.iter().find(|sample| sample.action == action)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_sample_with_a_code() {
        assert!(table::SAMPLES.is_sorted_by(|a, b| a.action < b.action));
        for sample in table::SAMPLES {
            assert_eq!(sample.body("id")["Code"], "Success", "{}", sample.action);
            assert_eq!(sample.body("id")["RequestId"], "id", "{}", sample.action);
        }
        assert!(sample("NoSuchAction").is_none());
    }
}
