//! The operations as a page for people.

use std::fmt::Write as _;

use super::model::{File, Kind, Operation, SOURCE, Typed, success};
use crate::markdown::{code, table};

/// `docs/operations.md`.
pub(super) fn page(file: &File, typed_part: &str) -> String {
    let count = file.operations.len();
    let mut text = format!(
        "<!-- Generated from {SOURCE} by `cargo xtask generate`; do not edit. -->\n\
         # Operations\n\
         \n\
         ```console\n\
         $ cloudauth call Id2MetaVerifyIntl ProductCode=ID_2META IdentifyNum=… UserName=… --region ap-southeast-1\n\
         ```\n\
         \n\
         API version {version} has {count} operations. The generic call of each language takes any of them; `cloudauth call --list`\n\
         lists them, `cloudauth help call ACTION` shows one. A call of an unknown operation, or with an unknown parameter, is\n\
         `invalid_argument` and names the nearest one; `unchecked` lets through what is newer than this table.\n\
         \n\
         Parameters travel where the official client puts them, in the query or in the form body; a value of more than 2 KiB\n\
         always goes in the body. They are text unless the table says otherwise; a list or an object is written as JSON. Every\n\
         operation is a `POST`. The RAM policy {permission} permits all of them; what permits one is {ram_code}\n\
         and its name, see [policies](credentials.md#policies).\n\
         \n",
        version = file.version,
        permission = code(&file.permission),
        ram_code = code(&format!("{}:", file.ram_code)),
    );
    let rows = file.operations.iter().map(|operation| {
        vec![format!("[{0}](#{1})", code(&operation.action), operation.action.to_lowercase()), operation.meaning.clone()]
    });
    text.push_str(&table(&["operation", "what it does"], rows));
    text.push_str(typed_part);
    for operation in &file.operations {
        section(&mut text, operation);
    }
    text
}

fn section(text: &mut String, Operation { action, meaning, query, form, reply, success: codes, resend }: &Operation) {
    let _ = write!(text, "\n## {action}\n\n{meaning}\n\n");
    if *resend {
        text.push_str("- Only reads: a lost request is sent again\n");
    }
    if *codes != success() {
        let codes: Vec<String> = codes.iter().map(|one| code(one)).collect();
        let _ = writeln!(text, "- Code of a success: {}", codes.join(" or "));
    }
    for (title, list) in [("Query", query), ("Form", form), ("Reply", reply)] {
        if !list.is_empty() {
            let names: Vec<String> = list.iter().map(typed).collect();
            let _ = writeln!(text, "- {title}: {}", names.join(", "));
        }
    }
}

fn typed(Typed { name, kind }: &Typed) -> String {
    match kind {
        Kind::Text => code(name),
        other => format!("{} ({})", code(name), other.name()),
    }
}
