//! The tables of the page, between the lines that mark them.

use super::format;
use super::model::{Field, File, Object};
use crate::markdown::{code, replaced, table};

/// The page with the tables of `file` in place of its own.
pub(super) fn page(file: &File, page: &str) -> Result<String, String> {
    let mut text = page.to_owned();
    for object in &file.objects {
        text = replaced(&text, "core/schema/result.toml", &object.name, &rows(object))?;
    }
    if !file.formats.is_empty() {
        text = replaced(&text, "core/schema/result.toml", "ImageFormat", &format::rows(file))?;
    }
    Ok(text)
}

fn rows(object: &Object) -> String {
    let has_source = object.fields.iter().any(|field| !field.from.is_empty());
    let has_variants = object.fields.iter().any(|field| field.variants.is_some());
    let from = object.from.as_deref().map_or_else(|| "from".to_owned(), |place| format!("from {place}"));
    let mut head = vec!["field", "type"];
    head.extend(has_source.then_some(from.as_str()));
    head.extend(has_variants.then_some("variants"));
    head.push("meaning");
    let cells = |field: &Field| {
        let mut cells = vec![code(&field.name), field.kind.text.replace("whole", "whole number")];
        let names: Vec<String> = field.from.iter().map(|name| code(name)).collect();
        cells.extend(has_source.then(|| names.join(", ")));
        cells.extend(has_variants.then(|| field.variants.clone().unwrap_or_default()));
        cells.push(field.meaning.clone());
        cells
    };
    table(&head, object.fields.iter().map(cells))
}

#[cfg(test)]
mod tests {
    use super::super::model::parse;
    use super::page;

    #[test]
    fn what_stands_between_the_marks_is_replaced() {
        let file =
            parse("[[object]]\nname = \"A\"\nmeaning = \"m\"\nfields = [{ name = \"b\", type = \"text\", meaning = \"x|y\" }]")
                .unwrap();
        let marks =
            "# A\n<!-- Generated from core/schema/result.toml by `cargo xtask generate`: A -->\nold\n<!-- end -->\nmore\n";
        let made = page(&file, marks).unwrap();
        assert!(
            made.contains("-->\n| field | type | meaning |\n|---|---|---|\n| `b` | text | x\\|y |\n<!-- end -->\nmore"),
            "{made}"
        );
        assert_eq!(page(&file, &made), Ok(made.clone()));
        assert!(page(&file, "# A\n").is_err());
    }
}
