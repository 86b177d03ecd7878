//! Bars and columns, as SVG: its attributes need no style that the page's policy would refuse.

use super::page::Page;
use super::section::{Columns, Score, Share};

const FULL: f64 = 100.0;
/// Of the columns' picture, in its own units.
const WIDTH: f64 = 600.0;
const HEIGHT: f64 = 120.0;

pub(super) fn score(score: &Score, page: &mut Page) {
    let said = said(score);
    page.raw("<div class=\"score\"><p><b>").text(&score.label).raw("</b> ").text(&said).raw("</p>");
    let class = match score.threshold {
        Some(least) if score.value >= least => "good",
        Some(_) => "bad",
        None => "plain",
    };
    bar(score.value / FULL, score.threshold.map(|least| least / FULL), class, page);
    page.raw("<small>").text(&score.note).raw("</small></div>\n");
}

fn said(score: &Score) -> String {
    let value = number(score.value);
    match score.threshold {
        Some(least) if score.value >= least => format!("{value} of 100: at or above the service's own threshold, {least}"),
        Some(least) => format!("{value} of 100: below the service's own threshold, {least}"),
        None => format!("{value} of 100"),
    }
}

/// With two decimals, unless it is far out of any scale.
fn number(value: f64) -> String {
    if value.abs() < 1e6 { format!("{value:.2}") } else { format!("{value:e}") }
}

pub(super) fn share(share: &Share, page: &mut Page) {
    bar(ratio(share.count, share.of), None, "plain", page);
}

/// `filled` and `mark` run from 0 to 1. All that it says is said in text beside it.
fn bar(filled: f64, mark: Option<f64>, class: &str, page: &mut Page) {
    page.raw("<svg class=\"bar\" aria-hidden=\"true\"><rect class=\"").text(class);
    page.raw("\" height=\"100%\" width=\"").text(&percent(filled)).raw("\"/>");
    if let Some(mark) = mark.map(percent) {
        page.raw("<line class=\"mark\" y1=\"0\" y2=\"100%\" x1=\"").text(&mark).raw("\" x2=\"").text(&mark).raw("\"/>");
    }
    page.raw("</svg>");
}

fn percent(part: f64) -> String {
    // What is no number fills nothing.
    let part = if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) };
    format!("{:.2}%", part * FULL)
}

pub(super) fn columns(chart: &Columns, page: &mut Page) {
    let most = chart.counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let width = WIDTH / number_of(chart.counts.len().max(1));
    page.raw("<figure><figcaption>").text(&chart.caption).raw("</figcaption>\n");
    page.raw("<svg class=\"columns\" aria-hidden=\"true\" viewBox=\"0 0 600 120\" preserveAspectRatio=\"none\">");
    for (index, (_, count)) in chart.counts.iter().enumerate() {
        let height = HEIGHT * ratio(*count, most);
        let place = [number_of(index) * width, HEIGHT - height, width * 0.9, height].map(|number| format!("{number:.2}"));
        let [x, y, width, height] = &place;
        page.raw("<rect class=\"plain\" x=\"").text(x).raw("\" y=\"").text(y);
        page.raw("\" width=\"").text(width).raw("\" height=\"").text(height).raw("\"/>");
    }
    if let Some(mark) = chart.mark.map(|mark| format!("{:.2}", WIDTH * mark)) {
        page.raw("<line class=\"mark\" y1=\"0\" y2=\"120\" x1=\"").text(&mark).raw("\" x2=\"").text(&mark).raw("\"/>");
    }
    page.raw("</svg>\n<details><summary>As a table</summary><table><thead><tr><th scope=\"col\">").text(chart.head);
    page.raw("</th><th scope=\"col\">Count</th></tr></thead><tbody>\n");
    for (label, count) in &chart.counts {
        page.raw("<tr><td>").text(label).raw("</td><td>").text(&count.to_string()).raw("</td></tr>\n");
    }
    page.raw("</tbody></table></details></figure>\n");
}

/// Nothing of nothing is nothing.
pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { number_of(part) / number_of(whole) }
}

fn number_of(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_stays_in_its_scale() {
        assert_eq!(percent(0.934), "93.40%");
        assert_eq!([-1.0, f64::NAN, 7.0, f64::INFINITY].map(percent), ["0.00%", "0.00%", "100.00%", "100.00%"]);
        assert_eq!([number(99.999), number(-0.5), number(1e300)], ["100.00", "-0.50", "1e300"]);
    }

    #[test]
    fn a_threshold_counts_from_itself_on() {
        let said = |value, threshold| said(&Score { label: String::new(), value, threshold, note: String::new() });
        assert_eq!(said(90.0, Some(90.0)), "90.00 of 100: at or above the service's own threshold, 90");
        assert_eq!(said(89.99, Some(90.0)), "89.99 of 100: below the service's own threshold, 90");
        assert_eq!(said(12.0, None), "12.00 of 100");
    }
}
