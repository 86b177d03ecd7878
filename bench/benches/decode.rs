//! What decoding a body costs, as a multiple of copying it, and what it allocates, as a multiple of its length.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cloudauth_core::{CheckResult, decode, decode_plainly};
use criterion::Criterion;

/// The system's allocator, counting what is held at most.
struct Counting;

static HELD: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call is passed on to the system's allocator as it is.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        PEAK.fetch_max(held, Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let held = HELD.fetch_add(size, Ordering::Relaxed) + size;
        PEAK.fetch_max(held - layout.size().min(size), Ordering::Relaxed);
        HELD.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How a service may write the slash in base64.
#[derive(Clone, Copy)]
enum Slash {
    Plain,
    Escaped,
}

/// A body with one image of `characters` of base64, two texts deep.
fn body(characters: usize, slash: Slash) -> Vec<u8> {
    let mut state = 1_u32;
    let bytes = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let mut image = STANDARD.encode(bytes.take(characters / 4 * 3).collect::<Vec<u8>>());
    if matches!(slash, Slash::Escaped) {
        image = image.replace('/', r"\\/");
    }
    format!(
        r#"{{"RequestId":"130A2C10-B9EE-4D84-88E3-5384FF039795","Code":"Success","Message":"success","Result":{{"Passed":"Y","SubCode":"200","ExtFaceInfo":"{{\"faceAttack\":\"N\",\"faceComparisonScore\":99.99,\"faceImg\":\"{image}\",\"facePassed\":\"Y\",\"faceAge\":\"30\",\"faceGender\":\"M\"}}"}}}}"#
    )
    .into_bytes()
}

fn peak(body: &[u8], decode: fn(&[u8]) -> cloudauth_core::Result<CheckResult>) -> f64 {
    let before = HELD.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    black_box(decode(body).expect("the body is right"));
    ratio(PEAK.load(Ordering::Relaxed) - before, body.len())
}

#[allow(clippy::cast_precision_loss, reason = "sizes far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

/// Criterion's own estimate of the median, in nanoseconds.
fn median(group: &str, name: &str) -> f64 {
    let folder = std::env::var("CRITERION_HOME").map_or_else(
        |_| {
            std::path::PathBuf::from(std::env::var("CARGO_TARGET_DIR").unwrap_or_else(|_| "../target".to_owned()))
                .join("criterion")
        },
        std::path::PathBuf::from,
    );
    let path = folder.join(group).join(name).join("new/estimates.json");
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let estimates: serde_json::Value = serde_json::from_str(&text).expect("criterion writes JSON");
    estimates["median"]["point_estimate"].as_f64().expect("a number")
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args().measurement_time(Duration::from_secs(4));
    let mut rows = Vec::new();
    for (size, characters) in [("1 MiB", 1 << 20), ("4 MiB", 4 << 20)] {
        for (kind, slash) in [("plain", Slash::Plain), ("escaped slashes", Slash::Escaped)] {
            let group_name = format!("{size} {kind}");
            let body = body(characters, slash);
            let mut copy = vec![0_u8; body.len()];
            let mut group = criterion.benchmark_group(&group_name);
            group.bench_function("memcpy", |bencher| bencher.iter(|| black_box(&mut copy).copy_from_slice(black_box(&body))));
            group.bench_function("lift", |bencher| bencher.iter(|| decode(black_box(&body))));
            group.bench_function("serde_json alone", |bencher| bencher.iter(|| decode_plainly(black_box(&body))));
            group.finish();
            rows.push((group_name, peak(&body, decode), peak(&body, decode_plainly)));
        }
    }
    println!("\n{:24} {:>16} {:>8} {:>22} {:>8}", "body", "lift, x memcpy", "peak", "serde_json, x memcpy", "peak");
    for (name, lift_peak, plain_peak) in rows {
        let times = |way| median(&name, way) / median(&name, "memcpy");
        println!("{name:24} {:>16.1} {lift_peak:>8.2} {:>22.1} {plain_peak:>8.2}", times("lift"), times("serde_json alone"));
    }
}
