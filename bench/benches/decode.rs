//! What decoding a body costs, as a multiple of copying it and by MiB, and what it allocates, as a multiple of its length.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

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

type Decode = fn(&[u8]) -> cloudauth_core::Result<CheckResult>;

/// What this process allocates at most while it decodes.
fn peak(body: &[u8], decode: Decode) -> f64 {
    let before = HELD.load(Ordering::Relaxed);
    PEAK.store(before, Ordering::Relaxed);
    black_box(decode(body).expect("the body is right"));
    ratio(PEAK.load(Ordering::Relaxed) - before, body.len())
}

const PEAKS: &str = "peaks";

/// Peaks of the first decode and of a later one, which takes the buffers that the first one has left: in a process of their own,
/// where nothing was decoded before.
fn peaks(characters: usize, slash: Slash, way: &str) -> String {
    let program = std::env::current_exe().expect("a program");
    let arguments = [PEAKS.to_owned(), characters.to_string(), matches!(slash, Slash::Escaped).to_string(), way.to_owned()];
    let done = Command::new(program).args(arguments).output().expect("it runs");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text").trim().to_owned()
}

/// The other end of [`peaks`].
fn print_peaks(arguments: &[String]) {
    let [characters, escaped, way] = arguments else { panic!("three arguments") };
    let slash = if escaped == "true" { Slash::Escaped } else { Slash::Plain };
    let decode: Decode = if way == PLAINLY { decode_plainly } else { decode };
    let body = body(characters.parse().expect("a number"), slash);
    println!("{:.2}, {:.2}", peak(&body, decode), peak(&body, decode));
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

const COPY: &str = "memcpy";
const LIFT: &str = "lift";
const RELEASED: &str = "lift and release";
const PLAINLY: &str = "serde_json alone";

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|first| first == PEAKS) {
        return print_peaks(&arguments[1..]);
    }
    let mut criterion = Criterion::default().configure_from_args().measurement_time(Duration::from_secs(4));
    let mut rows = Vec::new();
    for (mib, kind, slash) in [
        (1, "plain", Slash::Plain),
        (4, "plain", Slash::Plain),
        (16, "plain", Slash::Plain),
        (64, "plain", Slash::Plain),
        (1, "escaped slashes", Slash::Escaped),
        (4, "escaped slashes", Slash::Escaped),
    ] {
        let name = format!("{mib} MiB {kind}");
        let body = body(mib << 20, slash);
        let mut copy = vec![0_u8; body.len()];
        let mut group = criterion.benchmark_group(&name);
        group.bench_function(COPY, |bencher| bencher.iter(|| black_box(&mut copy).copy_from_slice(black_box(&body))));
        // Releasing a result wipes it, which is a cost of its own.
        group.bench_function(LIFT, |bencher| {
            bencher.iter_custom(|rounds| {
                let decode = || {
                    let begun = Instant::now();
                    let result = black_box(decode(black_box(&body)));
                    (begun.elapsed(), result).0
                };
                (0..rounds).map(|_| decode()).sum()
            });
        });
        group.bench_function(RELEASED, |bencher| bencher.iter(|| decode(black_box(&body))));
        // The larger ones are there for the growth of our own time.
        let ways: &[&str] = if mib > 4 { &[LIFT, RELEASED] } else { &[LIFT, RELEASED, PLAINLY] };
        if ways.contains(&PLAINLY) {
            group.bench_function(PLAINLY, |bencher| bencher.iter(|| decode_plainly(black_box(&body))));
        }
        group.finish();
        for way in ways {
            rows.push((name.clone(), *way, body.len(), peaks(mib << 20, slash, way)));
        }
    }
    println!("\n{:24} {:16} {:>8} {:>10} {:>20}", "body", "", "x memcpy", "us per MiB", "peak: first, later");
    for (name, way, length, peaks) in rows {
        let (copied, took) = (median(&name, COPY), median(&name, way));
        println!("{name:24} {way:16} {:>8.1} {:>10.0} {peaks:>20}", took / copied, took / 1000.0 / ratio(length, 1 << 20));
    }
}
