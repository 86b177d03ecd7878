//! A file of transactions: CSV with a header, or JSON, one object a line. The first line decides which.

use std::io::BufRead;

use cloudauth_ledger::Begun;

use super::lines::Lines;
use super::quotes;
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
    let Some((number, first)) = next()? else {
        return Err(Failure::usage(name, "is empty; it must have a header, or JSON objects"));
    };
    let refused = |rule: &str| Failure::usage(name, format!("line {number} {rule}"));
    let first = first.and_then(text).map_err(|rule| refused(&rule))?;
    if first.starts_with('{') {
        take(number, row::from_json(&first))?;
        while let Some((number, line)) = next()? {
            take(number, line.and_then(text).and_then(|line| row::from_json(&line)))?;
        }
        return Ok(Vec::new());
    }
    let header = fields(&first).unwrap_or_default();
    let header: Vec<String> = header.iter().map(|field| field.trim().to_ascii_lowercase()).collect();
    if !COLUMNS[..2].iter().all(|column| header.iter().any(|field| field == column)) {
        return Err(refused("must name the columns transaction_id and merchant_biz_id, or be a JSON object"));
    }
    while let Some((number, line)) = next()? {
        let mut found = quotes::read(line.as_deref().unwrap_or_default(), false);
        let mut last = number;
        // What is within a field names no transaction.
        while found.is_open {
            let Some((number, line)) = next()? else { break };
            last = number;
            found = quotes::read(line.as_deref().unwrap_or_default(), true);
        }
        let begun = match line.and_then(text) {
            _ if found.is_open => Err("begins a quoted field that does not end; nothing behind it is read".to_owned()),
            _ if last > number => Err(format!("must not have a line break in a field; this one ends in line {last}")),
            Ok(_) if found.has_stray => {
                Err("has a quote within a field; put the field in quotes, and that quote twice".to_owned())
            }
            line => line.and_then(|line| from_csv(&header, &line)),
        };
        take(number, begun)?;
    }
    let is_read = |field: &String| COLUMNS.contains(&field.as_str());
    Ok(header.into_iter().filter(|field| !is_read(field)).collect())
}

fn text(line: Vec<u8>) -> Result<String, String> {
    String::from_utf8(line).map_err(|_| "must be UTF-8".to_owned())
}

fn from_csv(header: &[String], line: &str) -> Result<Begun, String> {
    let values = fields(line).ok_or("is no line of CSV")?;
    if values.len() > header.len() {
        return Err(format!("must have at most {} columns", header.len()));
    }
    row::from_columns(|name| values.get(header.iter().position(|field| field == name)?))
}

/// Of one line, whose quotes are as they should be.
fn fields(line: &str) -> Option<csv::StringRecord> {
    let found = quotes::read(line.as_bytes(), false);
    if found.is_open || found.has_stray {
        return None;
    }
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
        let text = "Merchant_Biz_ID, transaction_id,note\norder1,hks1,x\n\"order2\",\"hks2\",\"a, b\"\n\norder3\na,b,c,d\n";
        let (found, unread) = all(text).unwrap();
        assert_eq!(
            found,
            ["2 hks1 order1", "3 hks2 order2", "5 transaction_id: must not be empty", "6 must have at most 3 columns",]
        );
        assert_eq!(unread, ["note"]);
    }

    #[test]
    fn no_part_of_a_record_with_odd_quotes_is_taken_for_an_id() {
        const ODD: &str = "must not have a line break in a field; this one ends in line";
        const STRAY: &str = "has a quote within a field; put the field in quotes, and that quote twice";
        let found = |rest: &str| all(&format!("transaction_id,merchant_biz_id,note\n{rest}")).unwrap().0;
        let broken = "hks1,order1,\"a\nhks2,order2,b\n\u{ff}\"\nhks3,order3,\n";
        assert_eq!(found(broken), [format!("2 {ODD} 4"), "5 hks3 order3".to_owned()]);
        // What ends the field begins no record.
        assert_eq!(found("hks1,o,\"a\nhks2\",o,x\nhks3,o\n"), [format!("2 {ODD} 3"), "4 hks3 o".to_owned()]);
        assert_eq!(found("hks\"1,o\nhks2,o\n\"hks\"3,o\n"), [format!("2 {STRAY}"), "3 hks2 o".to_owned(), format!("4 {STRAY}")]);
        assert_eq!(
            found("hks1,o\n\"hks2,o\nhks3,o\n"),
            ["2 hks1 o", "3 begins a quoted field that does not end; nothing behind it is read"]
        );
        assert_eq!(found("\"hks1\",\"o\",\"say \"\"hi\"\"\"\n"), ["2 hks1 o"]);
        assert!(all("transaction_id,merchant_biz_id,\"note\nhks1,o,x\"\nhks2,o\n").unwrap_err().contains("line 1 must name"));
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
        for nothing in ["", "\n\n", "\u{FEFF}\n"] {
            assert!(all(nothing).unwrap_err().contains("ids: is empty; it must have a header, or JSON objects"), "{nothing:?}");
        }
        assert_eq!(all("transaction_id,merchant_biz_id\n").unwrap(), (Vec::new(), Vec::new()));
    }
}
