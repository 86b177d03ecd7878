//! One vocabulary for the person on any document.

use super::nested::{Reader, is_present};
use crate::result::Identity;

/// The names of all fields that the service reads from documents.
pub(super) const NAMES: [&str; 44] = [
    "name",
    "name_cn",
    "englishName",
    "surname",
    "surname_s",
    "lastName",
    "givenname",
    "given_names",
    "given_name_s",
    "firstName",
    "surnameCN",
    "givennameCN",
    "nameCode",
    "sex",
    "sex_s",
    "birthDate",
    "date_of_birth",
    "date_of_birth_s",
    "dateOfBirth",
    "idNumber",
    "id_number",
    "passportNo",
    "passport_number",
    "nationality",
    "countryCode",
    "country_code",
    "issueDate",
    "date_of_issue",
    "currentIssueDate",
    "firstIssueDate",
    "date_of_first_issue",
    "expiryDate",
    "date_of_expiry",
    "date_of_expiry_s",
    "placeOfIssue",
    "place_of_issue",
    "originOfIssue",
    "origin_of_issue",
    "placeOfBirth",
    "place_of_birth",
    "address",
    "ethnicity",
    "isPermanent",
    "symbols",
];

/// The person whom the fields name; `None` where they name none.
pub(super) fn identity(mut reader: Reader<'_>) -> Option<Identity> {
    // Beside a name in Chinese, `name` is the one in Latin letters.
    let latin: &[&str] =
        if reader.fields.get("name_cn").is_some_and(is_present) { &["englishName", "name"] } else { &["englishName"] };
    let identity = Identity {
        full_name: reader.text(&["name_cn", "name"]),
        latin_name: reader.text(latin),
        surname: reader.text(&["surname_s", "surname", "lastName"]),
        given_names: reader.text(&["given_name_s", "givenname", "given_names", "firstName"]),
        native_surname: reader.text(&["surnameCN"]),
        native_given_names: reader.text(&["givennameCN"]),
        name_code: reader.text(&["nameCode"]),
        sex: reader.text(&["sex_s", "sex"]).map(sex),
        birth_date: reader.text(&["date_of_birth_s", "birthDate", "date_of_birth", "dateOfBirth"]).map(date),
        document_number: reader.text(&["idNumber", "id_number", "passportNo", "passport_number"]),
        nationality: reader.text(&["nationality"]),
        country_code: reader.text(&["countryCode", "country_code"]),
        issue_date: reader.text(&["issueDate", "date_of_issue", "currentIssueDate"]).map(date),
        first_issue_date: reader.text(&["firstIssueDate", "date_of_first_issue"]).map(date),
        expiry_date: reader.text(&["date_of_expiry_s", "expiryDate", "date_of_expiry"]).map(date),
        place_of_issue: reader.text(&["placeOfIssue", "place_of_issue"]),
        issuing_authority: reader.text(&["originOfIssue", "origin_of_issue"]),
        place_of_birth: reader.text(&["placeOfBirth", "place_of_birth"]),
        address: reader.text(&["address"]),
        ethnicity: reader.text(&["ethnicity"]),
        permanent: reader.flag(&["isPermanent"]),
        symbols: reader.text(&["symbols"]),
    };
    (identity != Identity::default()).then_some(identity)
}

fn sex(text: String) -> String {
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    if is("male") || is("男") {
        "M".to_owned()
    } else if is("female") || is("女") {
        "F".to_owned()
    } else {
        text
    }
}

/// `YYYY-MM-DD` where `text` is a day of the calendar with the year first, else `text`.
fn date(text: String) -> String {
    match day(&text) {
        Some((year, month, day)) if !is_iso(&text) => format!("{year:04}-{month:02}-{day:02}"),
        _ => text,
    }
}

/// Whether a day is written as it shall be.
fn is_iso(day: &str) -> bool {
    day.len() == 10 && day.as_bytes()[4] == b'-'
}

/// Year, month and day.
fn day(text: &str) -> Option<(u32, u32, u32)> {
    let (year, month, day) = match text.as_bytes() {
        digits if digits.len() == 8 && digits.iter().all(u8::is_ascii_digit) => (&text[..4], &text[4..6], &text[6..]),
        _ => {
            let (year, rest) = text.split_once(['-', '/', '.', '年'])?;
            let separator = text[year.len()..].chars().next()?;
            let (month, rest) = rest.split_once(if separator == '年' { '月' } else { separator })?;
            (year, month, if separator == '年' { rest.strip_suffix('日')? } else { rest })
        }
    };
    let number = |text: &str, lengths: std::ops::RangeInclusive<usize>| {
        let digits = lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (year, month, day) = (number(year, 4..=4)?, number(month, 1..=2)?, number(day, 1..=2)?);
    (1..=days_in_month(year, month)).contains(&day).then_some((year, month, day))
}

/// Days of `month` (1 to 12), by the Gregorian calendar; 0 where there is no such month.
fn days_in_month(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::budget::Budget;
    use crate::decode::lift::Images;
    use crate::decode::nested::Decoder;
    use crate::decode::path::Path;
    use crate::decode::state::State;
    use crate::tree::{Members, Node};

    // Finding L5: a page's own fields are known by these names.
    #[test]
    fn every_name_has_a_place() {
        let mut decoder = Decoder::new(State::new(Budget::new(), Images::none()));
        for name in NAMES {
            let fields = Members::new(vec![(name.into(), Node::Text("1".into()))]);
            let reader = Reader { decoder: &mut decoder, fields: &fields, path: &Path::Root };
            assert!(identity(reader).is_some(), "{name}");
        }
    }

    #[test]
    fn full_dates_become_iso() {
        for text in ["1990-02-21", "1990/2/21", "1990.02.21", "19900221", "1990年2月21日"] {
            assert_eq!(date(text.to_owned()), "1990-02-21");
        }
        for text in ["2000-2-9", "2000/2/9", "2000.02.9", "2000年2月09日"] {
            assert_eq!(date(text.to_owned()), "2000-02-09");
        }
        assert_eq!(date("2000-2-29".to_owned()), "2000-02-29");
    }

    #[test]
    fn anything_else_stays_as_it_was() {
        for text in [
            "21-02-1990",
            "1990-02",
            "1990-02-30",
            "1900-02-29",
            "1990-13-01",
            "1990-00-10",
            "1990-2/21",
            "199O0221",
            "長期",
            "é123456",
            "1990-02-21T00:00",
        ] {
            assert_eq!(date(text.to_owned()), text);
        }
    }
}
