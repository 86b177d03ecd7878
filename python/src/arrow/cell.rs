//! Which column each type of a result becomes, and how a value is written to it.

use cloudauth_core::canonical_text;
use cloudauth_core::result::{
    CheckResult, Document, Duplicate, Face, Fields, Identity, Image, Page, Pages, Problem, Spoof, Value,
};

use super::column::{Column, Sort};

/// A value of a row.
pub(super) trait Cell {
    /// An empty column of such values. `images` says whether pictures are kept.
    fn column(images: bool) -> Column;

    fn write(&self, column: &mut Column);
}

/// The column of a field, whose type follows from how it is read.
fn field<O, T: Cell>(name: &'static str, images: bool, _: impl Fn(&O) -> &T) -> Column {
    T::column(images).named(name)
}

/// A tree's object: a struct with its fields, in the order of canonical JSON.
macro_rules! object {
    ($type:ident { $($field:ident),* $(,)? } $($beside:ident)?) => {
        impl Cell for $type {
            fn column(images: bool) -> Column {
                Column::of_struct(vec![$(field(stringify!($field), images, |object: &$type| &object.$field)),*])
            }

            fn write(&self, column: &mut Column) {
                let Self { $($field,)* $($beside: _,)? .. } = self;
                let mut columns = column.children.iter_mut();
                $(if let Some(column) = columns.next() {
                    $field.write(column);
                })*
                column.end(true);
            }
        }
    };
}

cloudauth_core::result_objects!(object);

impl Cell for Image {
    fn column(images: bool) -> Column {
        if images {
            Column::of_struct(vec![Column::new(Sort::Binary).named("bytes"), Column::new(Sort::Text).named("format")])
        } else {
            Column::new(Sort::Dropped)
        }
    }

    fn write(&self, column: &mut Column) {
        if let [bytes, format] = column.children.as_mut_slice() {
            bytes.push_bytes(&self.bytes);
            format.push_bytes(self.format.name().as_bytes());
        }
        column.end(true);
    }
}

impl<T: Cell> Cell for Option<T> {
    fn column(images: bool) -> Column {
        T::column(images)
    }

    fn write(&self, column: &mut Column) {
        match self {
            Some(value) => value.write(column),
            None => column.push_null(),
        }
    }
}

impl<T: Cell> Cell for Vec<T> {
    fn column(images: bool) -> Column {
        Column::of_list(T::column(images))
    }

    fn write(&self, column: &mut Column) {
        if let [items] = column.children.as_mut_slice() {
            for item in self {
                item.write(items);
            }
        }
        column.end(true);
    }
}

impl Cell for Pages {
    fn column(images: bool) -> Column {
        Column::of_map(Page::column(images))
    }

    fn write(&self, column: &mut Column) {
        for (number, page) in self {
            column.push_entry(number, |pages| page.write(pages));
        }
        column.end(true);
    }
}

impl Cell for Fields {
    fn column(images: bool) -> Column {
        Column::of_map(Value::column(images))
    }

    fn write(&self, column: &mut Column) {
        for (name, value) in self {
            column.push_entry(name, |values| value.write(values));
        }
        column.end(true);
    }
}

/// Text as it is, anything else as canonical JSON.
impl Cell for Value {
    fn column(_images: bool) -> Column {
        Column::new(Sort::Text)
    }

    fn write(&self, column: &mut Column) {
        match self {
            Value::Null => column.push_null(),
            other => column.push_bytes(canonical_text(other).as_bytes()),
        }
    }
}

impl Cell for String {
    fn column(_images: bool) -> Column {
        Column::new(Sort::Text)
    }

    fn write(&self, column: &mut Column) {
        column.push_bytes(self.as_bytes());
    }
}

impl Cell for &'static str {
    fn column(_images: bool) -> Column {
        Column::new(Sort::Text)
    }

    fn write(&self, column: &mut Column) {
        column.push_bytes(self.as_bytes());
    }
}

impl Cell for bool {
    fn column(_images: bool) -> Column {
        Column::new(Sort::Flag)
    }

    fn write(&self, column: &mut Column) {
        column.push_flag(*self);
    }
}

impl Cell for i64 {
    fn column(_images: bool) -> Column {
        Column::new(Sort::Whole)
    }

    fn write(&self, column: &mut Column) {
        column.push_word(self.cast_unsigned());
    }
}

impl Cell for f64 {
    fn column(_images: bool) -> Column {
        Column::new(Sort::Number)
    }

    fn write(&self, column: &mut Column) {
        column.push_word(self.to_bits());
    }
}
