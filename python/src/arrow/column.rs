//! A column that grows row by row, in the layout of Arrow.

use std::ffi::CStr;

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Flag,
    Whole,
    Number,
    Text,
    /// With offsets of 64 bits: pictures of one piece may pass 2 GiB.
    Binary,
    Struct,
    List,
    Map,
    /// Nothing: it is left out of the table.
    Dropped,
}

impl Sort {
    /// As the C data interface writes it.
    pub(super) fn format(self) -> &'static CStr {
        match self {
            Self::Flag => c"b",
            Self::Whole => c"l",
            Self::Number => c"g",
            Self::Text => c"u",
            Self::Binary => c"Z",
            Self::Struct => c"+s",
            Self::List => c"+l",
            Self::Map => c"+m",
            Self::Dropped => c"n",
        }
    }
}

/// Whichever its sort, a row ends with [`Column::end`].
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) sort: Sort,
    pub(super) is_nullable: bool,
    pub(super) length: usize,
    pub(super) nulls: usize,
    pub(super) valid: Bits,
    /// Of flags.
    pub(super) flags: Bits,
    /// Of texts, lists and maps.
    pub(super) offsets: Vec<i32>,
    /// Whole numbers, the bits of others, and a binary's offsets.
    pub(super) words: Vec<u64>,
    /// Of texts and binaries.
    pub(super) bytes: Vec<u8>,
    pub(super) children: Vec<Column>,
}

impl Column {
    pub(super) fn new(sort: Sort) -> Self {
        Self {
            name: "",
            sort,
            is_nullable: true,
            length: 0,
            nulls: 0,
            valid: Bits::default(),
            flags: Bits::default(),
            offsets: if matches!(sort, Sort::Text | Sort::List | Sort::Map) { vec![0] } else { Vec::new() },
            words: if sort == Sort::Binary { vec![0] } else { Vec::new() },
            bytes: Vec::new(),
            children: Vec::new(),
        }
    }

    pub(super) fn of_struct(fields: Vec<Column>) -> Self {
        Self { children: fields, ..Self::new(Sort::Struct) }
    }

    pub(super) fn of_list(item: Column) -> Self {
        Self { children: vec![item.named("item")], ..Self::new(Sort::List) }
    }

    pub(super) fn of_map(value: Column) -> Self {
        let key = Self { is_nullable: false, ..Self::new(Sort::Text).named("key") };
        let entries = Self { is_nullable: false, ..Self::of_struct(vec![key, value.named("value")]).named("entries") };
        Self { children: vec![entries], ..Self::new(Sort::Map) }
    }

    pub(super) fn named(mut self, name: &'static str) -> Self {
        self.name = name;
        self
    }

    pub(super) fn push_flag(&mut self, flag: bool) {
        self.flags.push(flag);
        self.end(true);
    }

    pub(super) fn push_word(&mut self, word: u64) {
        self.words.push(word);
        self.end(true);
    }

    pub(super) fn push_bytes(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.end(true);
    }

    pub(super) fn push_null(&mut self) {
        match self.sort {
            Sort::Flag => self.flags.push(false),
            Sort::Whole | Sort::Number => self.words.push(0),
            Sort::Struct => self.children.iter_mut().for_each(Self::push_null),
            _ => {}
        }
        self.end(false);
    }

    /// An entry of a map: the key and, by `push`, the value.
    pub(super) fn push_entry(&mut self, key: &str, push: impl FnOnce(&mut Column)) {
        let [entries] = self.children.as_mut_slice() else { return };
        if let [keys, values] = entries.children.as_mut_slice() {
            keys.push_bytes(key.as_bytes());
            push(values);
        }
        entries.end(true);
    }

    /// Ends a row whose content was pushed.
    pub(super) fn end(&mut self, is_valid: bool) {
        match self.sort {
            Sort::Text => self.offsets.push(offset(self.bytes.len())),
            Sort::Binary => self.words.push(self.bytes.len() as u64),
            Sort::List | Sort::Map => self.offsets.push(offset(self.children.iter().map(|child| child.length).sum())),
            _ => {}
        }
        self.valid.push(is_valid);
        self.nulls += usize::from(!is_valid);
        self.length += 1;
    }
}

/// A piece has a few MiB of bodies, and core's limits keep the texts of one body as small: no offset comes near the end.
fn offset(at: usize) -> i32 {
    i32::try_from(at).unwrap_or(i32::MAX)
}

/// Bits, the lowest of a byte first.
#[derive(Default)]
pub(super) struct Bits {
    pub(super) bytes: Vec<u8>,
    length: usize,
}

impl Bits {
    fn push(&mut self, bit: bool) {
        if self.length.is_multiple_of(8) {
            self.bytes.push(0);
        }
        if let (true, Some(last)) = (bit, self.bytes.last_mut()) {
            *last |= 1 << (self.length % 8);
        }
        self.length += 1;
    }
}
