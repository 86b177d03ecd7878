use std::io::{self, IsTerminal};
use std::path::Path;

use cloudauth_core::result::Fields;
use cloudauth_core::{Call, canonical_fields};

use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::{input, output};

const LARGEST_VALUE: u64 = 16 << 20;

/// Call any operation of the API, and print its reply
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// The operation's name, such as Initialize
    action: String,
    /// Its parameters. Name=@FILE takes the value from a file (- is stdin), Name=@@text means @text
    #[arg(value_name = "Name=Value")]
    parameters: Vec<String>,
    /// json is one line, keys sorted; pretty is for people [default: pretty on a terminal, else json]
    #[arg(long, hide_possible_values = true, value_name = "json|pretty")]
    format: Option<Layout>,
    #[command(flatten)]
    client: ClientArgs,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Layout {
    Json,
    Pretty,
}

const HELP: &str = concat!(
    "Examples:
  cloudauth call Initialize ProductCode=eKYC_PRO MerchantBizId=order1 MetaInfo=@metainfo.json --region ap-southeast-1
  cloudauth call CheckVerifyLog MerchantBizId=order1 TransactionId=hksb7ba1b28130d24e015d694361bee4 --region cn-hongkong

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let mut call = Call::new(&args.action);
    for (index, parameter) in args.parameters.iter().enumerate() {
        let (name, value) = read(index + 1, parameter)?;
        call = call.parameter(name, value);
    }
    let reply = args.client.client()?.call(&call)?;
    let text = match args.format {
        Some(Layout::Json) => canonical_fields(&reply)?,
        None if !io::stdout().is_terminal() => canonical_fields(&reply)?,
        _ => pretty(&reply)?,
    };
    output::emit(&(text + "\n"))?;
    Ok(exit::DONE)
}

/// A parameter's name and value. Messages hold the name alone, or the place where there is none.
fn read(place: usize, parameter: &str) -> Result<(&str, String), Failure> {
    let Some((name, value)) = parameter.split_once('=').filter(|(name, _)| !name.is_empty()) else {
        return Err(Failure::usage(&format!("parameter {place}"), "must be Name=Value"));
    };
    let value = match value.strip_prefix('@') {
        Some(literal) if literal.starts_with('@') => literal.to_owned(),
        Some("") => return Err(Failure::usage(name, "@ must be followed by a file's path")),
        Some(path) => input::read_text(Path::new(path), LARGEST_VALUE)?,
        None => value.to_owned(),
    };
    Ok((name, value))
}

fn pretty(reply: &Fields) -> Result<String, Failure> {
    let text = serde_json::to_string_pretty(reply).map_err(|error| Failure::io("stdout", &error.into()))?;
    // JSON lets some control characters stand; a terminal must not see them.
    let fit = |character: char| {
        if character.is_control() && character != '\n' { format!("\\u{:04x}", u32::from(character)) } else { character.into() }
    };
    Ok(text.chars().map(fit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_hold_anything() {
        assert_eq!(read(1, "A=b=c").unwrap(), ("A", "b=c".to_owned()));
        assert_eq!(read(1, "A=").unwrap(), ("A", String::new()));
        assert_eq!(read(1, "A=@@b").unwrap(), ("A", "@b".to_owned()));
    }

    #[test]
    fn terminals_see_no_control_characters() {
        let reply = Fields::from_iter([("a".to_owned(), "\u{9b}2J\u{7f}\u{1b}".into())]);
        assert_eq!(pretty(&reply).unwrap(), "{\n  \"a\": \"\\u009b2J\\u007f\\u001b\"\n}");
    }
}
