use std::io::{self, IsTerminal};

use cloudauth_core::operations::{FieldSpec, OPERATIONS, ParameterSpec, ValueKind, nearest_operation, operation};
use cloudauth_core::result::Fields;
use cloudauth_core::{Call, canonical_fields};

use crate::client::ClientArgs;
use crate::exit::{self, Failure};
use crate::output::Rows;
use crate::{input, output};

const LARGEST_VALUE: u64 = 16 << 20;

/// Call any operation of the API, and print its reply
#[derive(clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// The operation's name, such as Initialize; `cloudauth help call ACTION` shows its parameters
    #[arg(required_unless_present = "list", conflicts_with = "list")]
    action: Option<String>,
    /// Its parameters. Name=@FILE takes the value from a file (- is stdin), Name=@@text means @text
    #[arg(value_name = "Name=Value")]
    parameters: Vec<String>,
    /// List the operations
    #[arg(long)]
    list: bool,
    /// Send an operation, or parameters, that are newer than this command
    #[arg(long)]
    unchecked: bool,
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
  cloudauth call --list
  cloudauth help call Initialize
  cloudauth call Initialize ProductCode=eKYC_PRO MerchantBizId=order1 MetaInfo=@metainfo.json --region ap-southeast-1
  cloudauth call CheckVerifyLog MerchantBizId=order1 TransactionId=hksb7ba1b28130d24e015d694361bee4 --region cn-hongkong

",
    exit::codes!()
);

pub(crate) fn run(args: &Args) -> Result<u8, Failure> {
    let Some(action) = &args.action else {
        output::emit(&listed())?;
        return Ok(exit::DONE);
    };
    let mut call = Call::new(action);
    if args.unchecked {
        call = call.unchecked();
    }
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

/// Every operation, a line each.
fn listed() -> String {
    let mut rows = Rows::default();
    for spec in OPERATIONS {
        rows.push(spec.action, spec.meaning());
    }
    rows.render("")
}

/// `cloudauth help call ACTION`.
pub(crate) fn help(action: &str) -> Result<u8, Failure> {
    let Some(spec) = operation(action) else {
        let nearest = nearest_operation(action).map(|nearest| format!("; did you mean {nearest}?")).unwrap_or_default();
        return Err(Failure::usage("ACTION", format!("is no operation of this API version{nearest}")));
    };
    let (typed_parameter, typed_field) =
        (|one: &ParameterSpec| typed(one.name, one.kind), |one: &FieldSpec| typed(one.path, one.kind));
    let mut rows = Rows::default();
    rows.push_lines("query", spec.query.iter().map(typed_parameter));
    rows.push_lines("form", spec.form.iter().map(typed_parameter));
    rows.push_lines("reply", spec.reply().iter().map(typed_field));
    output::emit(&format!("{}: {}\n\n{}", spec.action, spec.meaning(), rows.render("  ")))?;
    Ok(exit::DONE)
}

fn typed(name: &str, kind: ValueKind) -> String {
    if kind == ValueKind::Text { name.to_owned() } else { format!("{name} ({})", kind.name()) }
}

/// A parameter's name and value. Messages hold the name alone, or the place where there is none.
fn read(place: usize, parameter: &str) -> Result<(&str, String), Failure> {
    let Some((name, value)) = parameter.split_once('=').filter(|(name, _)| !name.is_empty()) else {
        return Err(Failure::usage(&format!("parameter {place}"), "must be Name=Value"));
    };
    Ok((name, input::value(name, value, LARGEST_VALUE)?))
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
