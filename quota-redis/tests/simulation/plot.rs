//! What was sent, second by second, as a picture.

use std::fmt::Write;
use std::path::Path;

use crate::fleet::{History, SECOND, Scenario};

const WIDTH: u64 = 720;
const HEIGHT: u64 = 180;

/// Writes `<name>-<rate>.svg`.
pub(crate) fn write(folder: &Path, scenario: &Scenario, history: &History) {
    let Scenario { name, rate, workers, seconds, .. } = *scenario;
    let count = |times: &[u64]| {
        let mut counts = vec![0; seconds as usize];
        for time in times {
            counts[(*time / SECOND) as usize] += 1;
        }
        counts
    };
    let x = |second: f64| 40.0 + second * (WIDTH - 50) as f64 / seconds as f64;
    let y = |count: u64| (HEIGHT - 25) as f64 - count as f64 * (HEIGHT - 55) as f64 / (rate as f64 * 1.2);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"40\" y=\"16\">{workers} workers at {rate} a second: requests in each second; grey: Redis does not answer; \
         orange: from the workers' own shares</text>\n"
    );
    for (from, to) in &history.outages {
        let [from, to] = [from, to].map(|time| x(*time as f64 / SECOND as f64).min((WIDTH - 10) as f64));
        writeln!(svg, "<rect x=\"{from:.1}\" y=\"25\" width=\"{:.1}\" height=\"{}\" fill=\"#ddd\"/>", to - from, HEIGHT - 50)
            .unwrap();
    }
    for (counts, colour) in [(count(&history.sent), "#4078c0"), (count(&history.own), "#e08020")] {
        for (second, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let (left, top) = (x(second as f64), y(*count));
            let (width, height) = ((WIDTH - 50) as f64 / seconds as f64 * 0.8, (HEIGHT - 25) as f64 - top);
            writeln!(svg, "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{colour}\"/>")
                .unwrap();
        }
    }
    let level = y(rate);
    writeln!(svg, "<path d=\"M40 {level:.1}H{}\" stroke=\"#c00\" stroke-dasharray=\"4 3\"/>", WIDTH - 10).unwrap();
    writeln!(svg, "<text x=\"8\" y=\"{:.1}\">{rate}</text>", level + 4.0).unwrap();
    writeln!(
        svg,
        "<text x=\"40\" y=\"{}\">0 s</text><text x=\"{}\" y=\"{0}\">{seconds} s</text>\n</svg>",
        HEIGHT - 8,
        WIDTH - 40
    )
    .unwrap();
    std::fs::write(folder.join(format!("{name}-{rate}.svg")), svg).expect("a folder to write to");
}
