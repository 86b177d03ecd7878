//! What this process holds: memory and descriptors.

use std::fs;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::judge::Judge;

/// Looks at what the process holds while calls are made.
pub(crate) struct Watch(JoinHandle<Flat>);

/// Means over a tenth of the calls: once the process is warm, and in the end.
pub(crate) struct Flat {
    /// KiB.
    pub(crate) resident: (u64, u64),
    pub(crate) descriptors: (u64, u64),
}

#[derive(Default)]
struct Mean {
    sum: u64,
    count: u64,
}

impl Watch {
    pub(crate) fn begin(judge: &Arc<Judge>) -> Self {
        let judge = judge.clone();
        Self(thread::spawn(move || {
            let mut seen = [(); 2].map(|()| (Mean::default(), Mean::default()));
            while judge.progress() < 1.0 {
                let (memory, descriptors) = (resident(), descriptors());
                for (span, (memories, counts)) in [0.3..0.4, 0.9..1.0].iter().zip(&mut seen) {
                    if span.contains(&judge.progress()) {
                        memories.add(memory);
                        counts.add(descriptors as u64);
                    }
                }
                thread::sleep(Duration::from_millis(10));
            }
            let [warm, end] = seen;
            Flat { resident: (warm.0.get(), end.0.get()), descriptors: (warm.1.get(), end.1.get()) }
        }))
    }

    /// Once all calls are made.
    pub(crate) fn end(self) -> Flat {
        self.0.join().unwrap()
    }
}

impl Mean {
    fn add(&mut self, value: u64) {
        self.sum += value;
        self.count += 1;
    }

    fn get(&self) -> u64 {
        self.sum / self.count
    }
}

/// Resident memory in KiB.
fn resident() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line for resident memory");
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

pub(crate) fn descriptors() -> usize {
    // One of them is this look's own.
    fs::read_dir("/proc/self/fd").unwrap().count() - 1
}

/// With the clients gone, nothing of theirs may stay open but the runtime's own few.
pub(crate) fn until_descriptors_are_back_at(before: usize) {
    for _ in 0..1000 {
        if descriptors() <= before + 8 {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("{} descriptors are open where there were {before}", descriptors());
}
