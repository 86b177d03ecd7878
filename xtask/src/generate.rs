//! All that follows from the facts in `core/schema/`.

use crate::{codes, counters, operations, options, output, result};

pub(crate) fn run(check: bool) -> Result<String, String> {
    let files = [codes::files()?, counters::files()?, options::files()?, operations::files()?, result::files()?].concat();
    output::settle("generate", &files, check)
}
