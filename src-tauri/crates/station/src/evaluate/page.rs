//! The evaluation as one HTML file: tables, curves, and the worst pictures beside what was found.
//!
//! The file holds everything it shows (pictures as data URIs, style and drawings inline) and fetches nothing, so that
//! it can be kept with the photos it is about. It holds pictures of people: it belongs where they belong. The layout
//! stands in `assets/evaluation.html`; here are only the numbers and pictures it is filled with.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::value::Serde;
use minijinja::{Environment, Value};
use serde::Serialize;
use zhaoshen_vision::{Photo, preview};

use super::{Evaluation, Listed, Sweep};
use crate::check::read_photo_file;
use crate::failure::internal;
use crate::wire::Failure;

/// The layout.
const TEMPLATE: &str = include_str!("../../../../../assets/evaluation.html");
/// Box a picture of the page fits into, px.
const PICTURE_PX: (u32, u32) = (360, 480);
/// Width and height of a curve's drawing area, px.
const CURVE_PX: (f64, f64) = (560.0, 180.0);

/// The page.
pub(super) fn html(evaluation: &Evaluation, folder: &Path) -> Result<String, Failure> {
    let mut environment = Environment::new();
    environment.add_filter("percent", percent);
    environment.add_filter("number", number);
    environment
        .add_template("evaluation.html", TEMPLATE)
        .map_err(|error| internal(&error))?;
    let template = environment
        .get_template("evaluation.html")
        .map_err(|error| internal(&error))?;
    let page = Page {
        evaluation,
        pictures: pictures(evaluation, folder),
        curves: evaluation.sweeps.iter().map(Curve::of).collect(),
    };
    template
        .render(Value::from(Serde(&page)))
        .map_err(|error| internal(&error))
}

/// What the layout is filled with.
#[derive(Serialize)]
struct Page<'a> {
    evaluation: &'a Evaluation,
    pictures: BTreeMap<String, String>,
    curves: Vec<Curve>,
}

/// `0.9876` as `98.8 %`.
fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A measured value with four significant digits at most.
fn number(value: f64) -> String {
    let places = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 4,
    };
    let text = format!("{value:.places$}");
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// Every listed picture as a data URI by its file name; one that can no longer be read is left out.
fn pictures(evaluation: &Evaluation, folder: &Path) -> BTreeMap<String, String> {
    let lists = evaluation.rules.iter().flat_map(|score| {
        let worst = &score.worst;
        [&worst.missed, &worst.false_alarms, &worst.unknown]
    });
    let mut pictures = BTreeMap::new();
    for Listed { file, .. } in lists.flatten() {
        if !pictures.contains_key(file)
            && let Some(picture) = picture(&folder.join(file))
        {
            pictures.insert(file.clone(), picture);
        }
    }
    pictures
}

fn picture(path: &Path) -> Option<String> {
    let bytes = read_photo_file(path).ok()?;
    let photo = Photo::open(&bytes, "");
    let small = preview::within(photo.picture.as_ref()?, PICTURE_PX.0, PICTURE_PX.1).ok()?;
    Some(format!("data:image/jpeg;base64,{}", STANDARD.encode(small)))
}

/// A sweep as a drawing: both shares over the limit.
#[derive(Debug, Serialize)]
struct Curve {
    /// Points of the caught share, for an SVG polyline.
    caught: String,
    /// Points of the share of false alarms.
    false_alarms: String,
    /// Where the profile's limit stands.
    current_x: f64,
    /// Where the suggested one stands.
    suggested_x: Option<f64>,
    /// Lowest and highest limit drawn.
    from: f64,
    to: f64,
}

impl Curve {
    fn of(sweep: &Sweep) -> Self {
        let limits = sweep.points.iter().map(|point| point.limit);
        let from = limits.clone().fold(sweep.current, f64::min);
        let to = limits.fold(sweep.current, f64::max);
        let x = |limit: f64| (limit - from) / (to - from).max(1e-12) * CURVE_PX.0;
        let line = |share: fn(&super::SweepPoint) -> f64| {
            let points = sweep.points.iter();
            let points = points.map(|point| {
                format!(
                    "{:.1},{:.1}",
                    x(point.limit),
                    (1.0 - share(point)) * CURVE_PX.1
                )
            });
            points.collect::<Vec<_>>().join(" ")
        };
        Self {
            caught: line(|point| point.caught_share.value()),
            false_alarms: line(|point| point.false_alarm_share.value()),
            current_x: x(sweep.current),
            suggested_x: sweep.suggested.map(|point| x(point.limit)),
            from,
            to,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{number, percent};

    #[test]
    fn numbers_are_short() {
        assert_eq!(percent(0.987_6), "98.8 %");
        assert_eq!(number(0.045), "0.045");
        assert_eq!(number(331.4), "331");
        assert_eq!(number(-12.0), "-12");
    }
}
