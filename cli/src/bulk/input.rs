//! A file of transactions: CSV with a header, or JSON, one object a line. Which it is, its first line tells.

use std::io::BufRead;

use cloudauth_ledger::Begun;

use super::lines::Lines;
use super::row::{self, COLUMNS};
use crate::exit::Failure;

/// Gives `take` each line's number and its transaction, or which rule the line breaks. Returns the columns that were not read.
///
/// # Errors
/// The file cannot be read or is of neither form, or what `take` refused. `name` is the file's in messages.
pub(super) fn read(
    name: &str,
    source: impl BufRead,
    mut take: impl FnMut(u64, Result<Begun, String>) -> Result<(), Failure>,
) -> Result<Vec<String>, Failure> {
    let mut lines = Lines::new(source);
    let mut next = || lines.next().map_err(|error| Failure::io(name, &error));
    let Some((number, first)) = next()? else { return Ok(Vec::new()) };
    let first = first.map_err(|rule| Failure::usage(name, format!("line {number} {rule}")))?;
    let is_json = first.starts_with('{');
    let header = if is_json {
        take(number, row::from_json(&first))?;
        Vec::new()
    } else {
        fields(&first).unwrap_or_default().iter().map(|field| field.trim().to_ascii_lowercase()).collect()
    };
    if !is_json && !COLUMNS[..2].iter().all(|column| header.iter().any(|field| field == column)) {
        let rule = format!("line {number} must name the columns transaction_id and merchant_biz_id, or be a JSON object");
        return Err(Failure::usage(name, rule));
    }
    while let Some((number, line)) = next()? {
        take(number, line.and_then(|line| if is_json { row::from_json(&line) } else { from_csv(&header, &line) }))?;
    }
    let is_read = |field: &String| COLUMNS.contains(&field.as_str());
    Ok(header.into_iter().filter(|field| !is_read(field)).collect())
}

fn from_csv(header: &[String], line: &str) -> Result<Begun, String> {
    let values = fields(line).ok_or("is no line of CSV")?;
    if values.len() > header.len() {
        return Err(format!("must have at most {} columns", header.len()));
    }
    row::from_columns(|name| values.get(header.iter().position(|field| field == name)?))
}

/// A line by itself, so that a quote that is not closed costs only this one.
fn fields(line: &str) -> Option<csv::StringRecord> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).buffer_capacity(line.len()).from_reader(line.as_bytes());
    reader.records().next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Result<(Vec<String>, Vec<String>), String> {
        let mut found = Vec::new();
        let take = |number, begun: Result<Begun, String>| {
            found.push(match begun {
                Ok(begun) => format!("{number} {} {}", begun.transaction_id, begun.merchant_biz_id),
                Err(rule) => format!("{number} {rule}"),
            });
            Ok(())
        };
        let unread = read("ids", text.as_bytes(), take).map_err(|failure| format!("{failure:?}"))?;
        Ok((found, unread))
    }

    #[test]
    fn csv_goes_by_its_header() {
        let text = "Merchant_Biz_ID, transaction_id,note\norder1,hks1,x\n\"order2\",\"hks2\",\"a, b\"\n\norder3\n\"order4,hks4\na,b,c,d\n";
        let (found, unread) = all(text).unwrap();
        assert_eq!(
            found,
            [
                "2 hks1 order1",
                "3 hks2 order2",
                "5 transaction_id: must not be empty",
                "6 transaction_id: must not be empty",
                "7 must have at most 3 columns",
            ]
        );
        assert_eq!(unread, ["note"]);
    }

    #[test]
    fn json_has_an_object_a_line() {
        let text = "{\"transaction_id\":\"hks1\",\"merchant_biz_id\":\"order1\"}\nnull\n{\"transaction_id\":\"hks2\",\"merchant_biz_id\":\"order2\"}";
        assert_eq!(all(text).unwrap().0, ["1 hks1 order1", "2 must be a JSON object", "3 hks2 order2"]);
    }

    #[test]
    fn another_file_is_refused_at_its_first_line() {
        assert!(all("id,biz\n1,2\n").unwrap_err().contains("ids: line 1 must name the columns"));
        assert!(all("\n[]\n").unwrap_err().contains("ids: line 2 must name"));
        assert_eq!(all("").unwrap(), (Vec::new(), Vec::new()));
    }
}
