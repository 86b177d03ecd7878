//! All that follows from the facts in `core/schema/`.

use crate::{codes, counters, events, operations, options, output, result, typed};

pub(crate) fn run(check: bool) -> Result<String, String> {
    let typed_operations = typed::read()?;
    let mut files = [
        codes::files()?,
        options::files(&typed_operations)?,
        operations::files(&typed::page::part(&typed_operations))?,
        result::files()?,
        typed::files(&typed_operations)?,
    ]
    .concat();
    // Both have a table in the page that comes last.
    let mut counters = counters::files()?;
    let page = counters.pop().ok_or("counters have no page")?.text;
    files.extend(counters);
    files.extend(events::files(&page)?);
    output::settle("generate", &files, check)
}
