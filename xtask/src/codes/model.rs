//! What `core/schema/codes.toml` holds, read and held against its own rules.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::enumeration::{Enumeration, Value};

pub(super) const SOURCE: &str = "core/schema/codes.toml";

/// The products of ID Verification, in the order of the documents.
pub(super) const VARIANTS: [&str; 4] = ["EkycPro", "FaceLiveness", "IdOcr", "FaceVerification"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Catalogue {
    #[serde(rename = "kind")]
    pub(super) kinds: Vec<Kind>,
    #[serde(rename = "action")]
    pub(super) actions: Vec<Action>,
    #[serde(rename = "subject")]
    pub(super) subjects: Vec<Subject>,
    #[serde(rename = "retry")]
    pub(super) retries: Vec<Retry>,
    #[serde(rename = "code")]
    pub(super) codes: Vec<Code>,
    #[serde(rename = "subcode")]
    pub(super) sub_codes: Vec<SubCode>,
    pub(super) client: Client,
    pub(super) message: Message,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kind {
    pub(super) name: String,
    pub(super) number: u32,
    pub(super) exit: u8,
    pub(super) retryable: bool,
    /// The builtin exception of Python that fits.
    pub(super) python: Option<String>,
    pub(super) meaning: String,
    pub(super) advice: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Action {
    pub(super) name: String,
    pub(super) number: u32,
    pub(super) meaning: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Subject {
    pub(super) name: String,
    pub(super) number: u32,
    pub(super) meaning: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Retry {
    pub(super) name: String,
    pub(super) meaning: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Code {
    #[serde(rename = "code")]
    pub(super) name: String,
    pub(super) http: Option<u16>,
    pub(super) kind: String,
    pub(super) meaning: String,
    pub(super) cause: Option<String>,
    pub(super) advice: String,
    pub(super) retry: String,
    pub(super) variants: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubCode {
    #[serde(rename = "code")]
    pub(super) name: String,
    pub(super) meaning: String,
    pub(super) cause: Option<String>,
    pub(super) advice: String,
    pub(super) action: String,
    pub(super) billed: bool,
    pub(super) variants: Vec<String>,
}

/// The codes of the person's app or page.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Client {
    pub(super) note: String,
    code: Vec<ClientCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClientCode {
    code: String,
    meaning: String,
    cause: Option<String>,
    advice: String,
    billed: bool,
    #[serde(default)]
    details: Vec<String>,
}

/// A code of the client or one of its sub-codes.
pub(super) struct ClientEntry<'a> {
    pub(super) code: String,
    pub(super) meaning: String,
    pub(super) cause: Option<&'a str>,
    pub(super) advice: &'a str,
    pub(super) billed: bool,
}

impl Client {
    /// Each code, its sub-codes behind it.
    pub(super) fn entries(&self) -> impl Iterator<Item = ClientEntry<'_>> {
        self.code.iter().flat_map(|code| {
            let meaning = code.meaning.trim_end_matches('.');
            let details = (1..)
                .zip(&code.details)
                .map(move |(number, detail)| (format!("A{}_{number}", code.code), format!("{meaning}: {detail}.")));
            [(code.code.clone(), code.meaning.clone())].into_iter().chain(details).map(move |(name, meaning)| ClientEntry {
                code: name,
                meaning,
                cause: code.cause.as_deref(),
                advice: &code.advice,
                billed: code.billed,
            })
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Message {
    sentences: Vec<String>,
    names: Vec<String>,
}

impl Message {
    /// The words of the sentences, in lower case.
    pub(super) fn words(&self) -> BTreeSet<String> {
        self.parts().filter(|part| !is_name(part)).map(str::to_lowercase).collect()
    }

    /// What is shown only as it is written.
    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.names.iter().map(String::as_str).chain(self.parts().filter(|part| is_name(part))).collect()
    }

    fn parts(&self) -> impl Iterator<Item = &str> {
        let parts = self.sentences.iter().flat_map(|sentence| sentence.split(|letter: char| !letter.is_ascii_alphabetic()));
        parts.filter(|part| !part.is_empty())
    }
}

/// `SecurityToken` and `RAM`, but not `Specified`.
fn is_name(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

impl Catalogue {
    /// Reads the file's text; the error names the entry and the rule it breaks.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let catalogue: Self = toml::from_str(text).map_err(|error| error.to_string())?;
        catalogue.check()?;
        Ok(catalogue)
    }

    pub(super) fn kinds(&self) -> Enumeration<'_> {
        enumeration("kind", self.kinds.iter().map(|kind| (&kind.name, kind.number, &kind.meaning)))
    }

    pub(super) fn actions(&self) -> Enumeration<'_> {
        enumeration("action", self.actions.iter().map(|action| (&action.name, action.number, &action.meaning)))
    }

    pub(super) fn subjects(&self) -> Enumeration<'_> {
        enumeration("subject", self.subjects.iter().map(|subject| (&subject.name, subject.number, &subject.meaning)))
    }

    /// Without numbers: C has their names.
    pub(super) fn retries(&self) -> Enumeration<'_> {
        enumeration("retry", self.retries.iter().map(|retry| (&retry.name, 0, &retry.meaning)))
    }

    fn check(&self) -> Result<(), String> {
        unique("kind", self.kinds.iter().map(|kind| &kind.name))?;
        unique("code", self.codes.iter().map(|code| &code.name))?;
        unique("subcode", self.sub_codes.iter().map(|code| &code.name))?;
        unique("client code", self.client.code.iter().map(|code| &code.code))?;
        unique("message name", &self.message.names)?;
        unique("action", self.actions.iter().map(|action| &action.name))?;
        unique("subject", self.subjects.iter().map(|subject| &subject.name))?;
        unique("retry", self.retries.iter().map(|retry| &retry.name))?;
        numbered("kind", self.kinds.iter().map(|kind| (&kind.name, kind.number)))?;
        numbered("action", self.actions.iter().map(|action| (&action.name, action.number)))?;
        numbered("subject", self.subjects.iter().map(|subject| (&subject.name, subject.number)))?;
        let actions: Vec<&str> = self.actions.iter().map(|action| action.name.as_str()).collect();
        let retries: Vec<&str> = self.retries.iter().map(|retry| retry.name.as_str()).collect();
        for code in &self.codes {
            let named = format!("code {}", code.name);
            if !self.kinds.iter().any(|kind| kind.name == code.kind) {
                return Err(format!("{named}: no kind is called {:?}", code.kind));
            }
            one_of(&named, "retry", &code.retry, &retries)?;
            for variant in &code.variants {
                one_of(&named, "variants", variant, &VARIANTS)?;
            }
        }
        for code in &self.sub_codes {
            let named = format!("subcode {}", code.name);
            one_of(&named, "action", &code.action, &actions)?;
            for variant in &code.variants {
                one_of(&named, "variants", variant, &VARIANTS)?;
            }
        }
        // Behind an `A` and before a `_`, a code is found by its digits.
        if let Some(code) = self.client.code.iter().find(|code| code.code.len() != 4 || !is_number(&code.code)) {
            return Err(format!("client code {}: must be four digits", code.code));
        }
        unique("message sentence", &self.message.sentences)?;
        Ok(())
    }
}

fn is_number(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn enumeration<'a>(name: &'a str, values: impl Iterator<Item = (&'a String, u32, &'a String)>) -> Enumeration<'a> {
    Enumeration { name, values: values.map(|(name, number, meaning)| Value { name, number, meaning }).collect() }
}

/// Numbers run from 1 without a gap.
fn numbered<'a>(what: &str, entries: impl Iterator<Item = (&'a String, u32)>) -> Result<(), String> {
    for (expected, (name, number)) in (1..).zip(entries) {
        if number != expected {
            return Err(format!("{what} {name}: number must be {expected}"));
        }
    }
    Ok(())
}

fn unique<T: AsRef<str>>(what: &str, names: impl IntoIterator<Item = T>) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for name in names {
        if !seen.insert(name.as_ref().to_owned()) {
            return Err(format!("{what} {}: stands here twice", name.as_ref()));
        }
    }
    Ok(())
}

fn one_of(named: &str, field: &str, value: &str, allowed: &[&str]) -> Result<(), String> {
    if allowed.contains(&value) {
        return Ok(());
    }
    Err(format!("{named}: {field} {value:?} is none of {}", allowed.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::Catalogue;

    const SMALL: &str = r#"
[[kind]]
name = "service"
number = 1
exit = 4
retryable = false
meaning = "m"
advice = "a"
[[action]]
name = "accept"
number = 1
meaning = "m"
[[subject]]
name = "kind"
number = 1
meaning = "m"
[[retry]]
name = "never"
meaning = "m"
[[code]]
code = "Odd"
kind = "service"
meaning = "m"
advice = "a"
retry = "never"
variants = []
[[subcode]]
code = "200"
meaning = "m"
advice = "a"
action = "accept"
billed = true
variants = ["IdOcr"]
[client]
note = "n"
[[client.code]]
code = "1004"
meaning = "It fails."
advice = "a"
billed = false
details = ["at once", "later"]
[message]
sentences = ["The RAM user is an user."]
names = ["ID"]
"#;

    fn refused(from: &str, to: &str) -> String {
        assert!(SMALL.contains(from), "{from}");
        Catalogue::parse(&SMALL.replace(from, to)).err().expect("this must be refused")
    }

    #[test]
    fn each_rule_is_held() {
        assert!(Catalogue::parse(SMALL).is_ok());
        assert!(refused("number = 1\nexit", "number = 2\nexit").contains("kind service: number must be 1"));
        assert!(refused("number = 1\nmeaning", "number = 0\nmeaning").contains("action accept: number must be 1"));
        assert!(refused("kind = \"service\"", "kind = \"odd\"").contains("no kind"));
        assert!(refused("retry = \"never\"", "retry = \"soon\"").contains("retry \"soon\""));
        assert!(refused("action = \"accept\"", "action = \"pass\"").contains("action \"pass\""));
        assert!(refused("\"IdOcr\"", "\"Ocr\"").contains("variants \"Ocr\""));
        assert!(refused("sentences = [", "sentences = [\"A.\", \"A.\", ").contains("twice"));
        assert!(refused("billed = true", "paid = true").contains("paid"));
        assert!(refused("\"1004\"", "\"A100\"").contains("client code A100: must be four digits"));
    }

    #[test]
    fn sub_codes_of_the_client_follow_their_code() {
        let client = Catalogue::parse(SMALL).map(|catalogue| catalogue.client).expect("it is in order");
        let entries: Vec<_> = client.entries().map(|entry| (entry.code, entry.meaning, entry.advice)).collect();
        let expected = [("1004", "It fails."), ("A1004_1", "It fails: at once."), ("A1004_2", "It fails: later.")];
        assert_eq!(entries, expected.map(|(code, meaning)| (code.to_owned(), meaning.to_owned(), "a")));
    }

    #[test]
    fn a_word_with_a_capital_inside_is_a_name() {
        let message = Catalogue::parse(SMALL).map(|catalogue| catalogue.message).expect("it is in order");
        assert_eq!(message.words().into_iter().collect::<Vec<_>>(), ["an", "is", "the", "user"]);
        assert_eq!(message.names().into_iter().collect::<Vec<_>>(), ["ID", "RAM"]);
    }
}
