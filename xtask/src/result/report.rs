//! The tree as the command's report walks it: what may be shown of anybody, and which scores have a threshold.

use std::fmt::Write as _;

use super::model::{Field, File, Shown, Sort};
use crate::rust::formatted;

/// `cli/src/report/fields.rs`.
pub(super) fn fields(file: &File) -> Result<String, String> {
    let mut text = "// Generated from core/schema/result.toml by `cargo xtask generate`; do not edit.\n\n\
                    //! What a report knows of a result's fields.\n\n\
                    use super::schema::{Field, Object, Shown, Sort};\n\n\
                    pub(super) static OBJECTS: &[Object] = &["
        .to_owned();
    for object in &file.objects {
        let fields: Vec<String> = object.fields.iter().map(field).collect();
        let _ = writeln!(text, "Object {{ name: {:?}, fields: &[{}] }},", object.name, fields.join(", "));
    }
    formatted(&(text + "];\n"))
}

fn field(of: &Field) -> String {
    let Field { name, from, meaning, threshold, .. } = of;
    let threshold = threshold.map_or_else(|| "None".to_owned(), |least| format!("Some({least}.0)"));
    let (sort, shown) = (sort(&of.kind.sort), shown(of));
    format!(
        "Field {{ name: {name:?}, sort: {sort}, from: &{from:?}, shown: {shown}, threshold: {threshold}, meaning: {meaning:?} }}"
    )
}

/// All that is not named may be a person's, and so may any text that is no known one.
fn shown(of: &Field) -> String {
    match of.shown {
        _ if of.report => "Shown::Always".to_owned(),
        _ if !of.known.is_empty() => format!("Shown::Known(&{:?})", of.known),
        Some(Shown::Plain) if of.kind.sort == Sort::Flag => "Shown::Always".to_owned(),
        _ => "Shown::Asked".to_owned(),
    }
}

fn sort(of: &Sort) -> String {
    match of {
        Sort::Object(name) => format!("Sort::Object({name:?})"),
        Sort::List(item) => format!("Sort::List(&{})", sort(item)),
        Sort::MapOf(item) => format!("Sort::MapOf(&{})", sort(item)),
        plain => format!("Sort::{plain:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::model::parse;
    use super::fields;

    #[test]
    fn what_is_not_named_is_not_shown() {
        let file = parse(
            "[[object]]\nname = \"A\"\nmeaning = \"m\"\nfields = [\
             { name = \"name\", type = \"text?\" }, { name = \"code\", type = \"text?\", shown = \"code\" }, \
             { name = \"score\", type = \"number?\", report = true, threshold = 90 }, \
             { name = \"types\", type = \"list of text?\", known = [\"COPY\"] }, { name = \"id\", type = \"text\", shown = \"plain\" }, \
             { name = \"passed\", type = \"flag?\", is = \"passed\", shown = \"plain\" }]",
        );
        let text = fields(&file.unwrap()).unwrap();
        let shown =
            text.split("shown: ").skip(1).map(|rest| rest.split(", threshold").next().unwrap().split(",\n").next().unwrap());
        let due = ["Shown::Asked", "Shown::Asked", "Shown::Always", "Shown::Known(&[\"COPY\"])", "Shown::Asked", "Shown::Always"];
        assert_eq!(shown.collect::<Vec<_>>(), due, "{text}");
        assert!(text.contains("threshold: Some(90.0)") && text.contains("Sort::List(&Sort::Text)"), "{text}");
    }
}
