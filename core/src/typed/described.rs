//! What documentation says of a typed operation. It stands in a table of its own, which a library without documentation does not
//! link.

use super::meanings::MEANINGS;
use super::spec::{ArgumentSpec, FieldSpec, Meanings, TypedSpec};
use super::table::TYPED;

impl TypedSpec {
    /// What it does.
    pub fn meaning(&self) -> &'static str {
        self.meanings().operation
    }

    /// The arguments, each with its meaning.
    pub fn described_arguments(&self) -> impl Iterator<Item = (&'static ArgumentSpec, &'static str)> + use<> {
        self.arguments.iter().zip(self.meanings().arguments.iter().copied())
    }

    /// The reply's fields, each with its meaning.
    pub fn described_fields(&self) -> impl Iterator<Item = (&'static FieldSpec, &'static str)> + use<> {
        self.fields.iter().zip(self.meanings().fields.iter().copied())
    }

    fn meanings(&self) -> &'static Meanings {
        &MEANINGS[TYPED.partition_point(|spec| spec.name < self.name)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_its_own_meanings() {
        assert!(TYPED.is_sorted_by(|a, b| a.name < b.name));
        assert_eq!(TYPED.len(), MEANINGS.len());
        for spec in TYPED {
            let said = [spec.meanings().arguments.len(), spec.meanings().fields.len()];
            assert_eq!(said, [spec.arguments.len(), spec.fields.len()], "{}", spec.name);
        }
        let delete = TYPED.iter().find(|spec| spec.name == "delete_result").expect("it is in the table");
        assert!(delete.meaning().starts_with("Deletes what the service keeps of a verification"));
        let (argument, meaning) = delete.described_arguments().nth(1).expect("it has three");
        assert_eq!(
            (argument.name, meaning),
            ("delete_type", "what to delete: `Img` all pictures, `Text` all the rest, `All` both")
        );
        let (field, meaning) = delete.described_fields().nth(1).expect("it has three");
        assert_eq!((field.name, meaning), ("deleted", "it is deleted; this, and not the reply's code, says so"));
    }
}
