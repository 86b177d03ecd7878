//! Columns as other libraries take them: memory that they release.

use std::ffi::{CString, c_void};
use std::ptr;

use super::abi::{ArrowArray, ArrowSchema, NULLABLE};
use super::column::{Column, Sort};

/// What a schema points into.
struct SchemaMemory {
    name: CString,
    children: Vec<*mut ArrowSchema>,
}

/// What an array points into.
struct ArrayMemory {
    _column: Column,
    buffers: Vec<*const c_void>,
    children: Vec<*mut ArrowArray>,
}

/// The type of `column`.
pub(super) fn schema(column: &Column) -> ArrowSchema {
    let name = CString::new(column.name).unwrap_or_default();
    let children = kept(&column.children).map(|child| Box::into_raw(Box::new(schema(child)))).collect();
    let mut memory = Box::new(SchemaMemory { name, children });
    ArrowSchema {
        format: column.sort.format().as_ptr(),
        name: memory.name.as_ptr(),
        flags: if column.is_nullable { NULLABLE } else { 0 },
        n_children: count(&memory.children),
        children: memory.children.as_mut_ptr(),
        release: Some(release_schema),
        private_data: Box::into_raw(memory).cast(),
        ..ArrowSchema::RELEASED
    }
}

/// The rows of `column`.
pub(super) fn array(mut column: Column) -> ArrowArray {
    let children = std::mem::take(&mut column.children);
    let children = children.into_iter().filter(is_kept).map(|child| Box::into_raw(Box::new(array(child)))).collect();
    let (length, nulls) = (count_of(column.length), count_of(column.nulls));
    let valid = if nulls == 0 { ptr::null() } else { start(&column.valid.bytes) };
    let mut buffers = vec![valid];
    match column.sort {
        Sort::Flag => buffers.push(start(&column.flags.bytes)),
        Sort::Whole | Sort::Number => buffers.push(start(&column.words)),
        Sort::Text => buffers.extend([start(&column.offsets), start(&column.bytes)]),
        Sort::Binary => buffers.extend([start(&column.words), start(&column.bytes)]),
        Sort::List | Sort::Map => buffers.push(start(&column.offsets)),
        Sort::Struct | Sort::Dropped => {}
    }
    let mut memory = Box::new(ArrayMemory { _column: column, buffers, children });
    ArrowArray {
        length,
        null_count: nulls,
        n_buffers: count(&memory.buffers),
        n_children: count(&memory.children),
        buffers: memory.buffers.as_mut_ptr(),
        children: memory.children.as_mut_ptr(),
        release: Some(release_array),
        private_data: Box::into_raw(memory).cast(),
        ..ArrowArray::RELEASED
    }
}

fn kept(columns: &[Column]) -> impl Iterator<Item = &Column> {
    columns.iter().filter(|column| is_kept(column))
}

fn is_kept(column: &Column) -> bool {
    column.sort != Sort::Dropped
}

fn start<T>(values: &[T]) -> *const c_void {
    if values.is_empty() { ptr::null() } else { values.as_ptr().cast() }
}

fn count<T>(items: &[T]) -> i64 {
    count_of(items.len())
}

fn count_of(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

unsafe extern "C" fn release_schema(schema: *mut ArrowSchema) {
    // SAFETY: it is one of `schema` above, released once: what it points into comes from boxes that nobody else has. A child
    // that was moved away is marked as released, and its box is still ours.
    unsafe {
        (*schema).release = None;
        let memory = Box::from_raw((*schema).private_data.cast::<SchemaMemory>());
        memory.children.iter().for_each(|child| drop(Box::from_raw(*child)));
    }
}

unsafe extern "C" fn release_array(array: *mut ArrowArray) {
    // SAFETY: as above, for one of `array`.
    unsafe {
        (*array).release = None;
        let memory = Box::from_raw((*array).private_data.cast::<ArrayMemory>());
        memory.children.iter().for_each(|child| drop(Box::from_raw(*child)));
    }
}
