//! A column decoded piece by piece, on several threads.

use std::ops::Range;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use cloudauth_core::CheckResult;
use cloudauth_core::host;
use cloudauth_core::spelling::Language;

use super::abi::ArrowArray;
use super::bodies::Bodies;
use super::cell::Cell;
use super::column::{Column, Sort};
use super::export;

/// A piece ends once it has so many bytes of bodies, or so many rows.
const PIECE_BYTES: usize = 8 << 20;
const PIECE_ROWS: usize = 8192;

/// What says why a body could not be decoded, behind the columns of the result.
const ERROR: [&str; 3] = ["error_kind", "error_code", "error_message"];

/// No row yet of the table.
pub(super) fn table(images: bool) -> Column {
    let mut table = CheckResult::column(images);
    table.children.extend(ERROR.map(|name| Column::new(Sort::Text).named(name)));
    table
}

/// The pieces of the table in their order, decoded by at most so many threads, this one included.
pub(super) fn decode(bodies: &Bodies, images: bool, threads: usize) -> Vec<ArrowArray> {
    let pieces = cut(bodies);
    let next = AtomicUsize::new(0);
    let decoded: Vec<OnceLock<ArrowArray>> = pieces.iter().map(|_| OnceLock::new()).collect();
    let work = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((piece, place)) = pieces.get(at).zip(decoded.get(at)) else { break };
            // Nobody else has this place.
            let _ = place.set(export::array(decode_piece(bodies, piece.clone(), images)));
        }
    };
    host::together("cloudauth-arrow", threads.min(pieces.len()).saturating_sub(1), work);
    decoded.into_iter().filter_map(OnceLock::into_inner).collect()
}

fn cut(bodies: &Bodies) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut first, mut bytes) = (0, 0);
    for row in 0..bodies.len() {
        bytes += bodies.range(row).len();
        if bytes >= PIECE_BYTES || row + 1 - first == PIECE_ROWS || row + 1 == bodies.len() {
            pieces.push(first..row + 1);
            (first, bytes) = (row + 1, 0);
        }
    }
    pieces
}

fn decode_piece(bodies: &Bodies, piece: Range<usize>, images: bool) -> Column {
    let mut table = table(images);
    for row in piece {
        match bodies.get(row).map(cloudauth_core::decode) {
            None => push_row(&mut table, None, [None; 3]),
            Some(Ok(result)) => push_row(&mut table, Some(&result), [None; 3]),
            Some(Err(error)) => {
                let message = error.message_in(Language::Python);
                push_row(&mut table, None, [Some(error.kind().name()), error.code(), Some(&message)]);
            }
        }
    }
    table
}

/// A row of the table, which itself has no nulls.
fn push_row(table: &mut Column, result: Option<&CheckResult>, error: [Option<&str>; 3]) {
    let results = table.children.len() - ERROR.len();
    if let Some(result) = result {
        // It knows of no columns behind its own, and ends the row.
        result.write(table);
    } else {
        table.children[..results].iter_mut().for_each(Column::push_null);
        table.end(true);
    }
    for (column, text) in table.children[results..].iter_mut().zip(error) {
        match text {
            Some(text) => column.push_bytes(text.as_bytes()),
            None => column.push_null(),
        }
    }
}
