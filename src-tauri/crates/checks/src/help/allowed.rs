//! A profile's numbers for one rule, in words.

use zhaoshen_model::Unit;
use zhaoshen_model::profile::{BackgroundColour, Profile, RuleSettings};

use crate::zh::help::{HelpText, Limit};
use crate::zh::{allowed_band, fill, help as words, number};

/// The limits of the rule that `text` is about, one line each.
pub(super) fn lines(text: &HelpText, profile: &Profile, settings: &RuleSettings) -> Vec<String> {
    let line = |limit| lines_of(limit, profile, settings);
    text.limits.iter().flat_map(line).collect()
}

fn lines_of(limit: &Limit, profile: &Profile, settings: &RuleSettings) -> Vec<String> {
    let spec = &profile.rendition;
    let named = |name: &str, band: Option<String>| band.map(|band| format!("{name}{band}"));
    let one = match *limit {
        Limit::Band(name, unit) => named(name, own_band(settings, unit)),
        Limit::Also(key, name, unit) => {
            let value = settings.also.get(key).copied();
            value.map(|value| further(key, name, value, unit))
        }
        Limit::FinalPixels => Some(fill(words::PIXELS, &[&spec.width_px, &spec.height_px])),
        Limit::FinalBytes => {
            let (min, max) = (spec.min_bytes as f64, spec.max_bytes as f64);
            named(
                words::FINAL_BYTES,
                allowed_band(Some(min), Some(max), Unit::Bytes),
            )
        }
        Limit::FinalDensity => Some(fill(words::DENSITY, &[&spec.dpi])),
        Limit::FinalQuality => Some(fill(words::QUALITY, &[&spec.min_quality])),
        Limit::Colours => return colours(profile),
    };
    one.into_iter().collect()
}

/// The rule's own band with the strip inside it that is a hint.
fn own_band(settings: &RuleSettings, unit: Unit) -> Option<String> {
    let mut band = allowed_band(settings.min, settings.max, unit)?;
    if settings.warn_margin > 0.0 {
        band.push_str(&fill(words::MARGIN, &[&number(settings.warn_margin, unit)]));
    }
    Some(band)
}

fn further(key: &str, name: &str, value: f64, unit: Unit) -> String {
    let band = match key {
        key if key.starts_with("max_") => allowed_band(None, Some(value), unit),
        key if key.starts_with("min_") => allowed_band(Some(value), None, unit),
        _ => None,
    };
    let value = || format!(" {}", number(value, unit));
    format!("{name}{}", band.unwrap_or_else(value))
}

fn colours(profile: &Profile) -> Vec<String> {
    let spec = &profile.background;
    let mut lines: Vec<String> = spec.allowed.iter().map(colour).collect();
    if spec.any_single_colour {
        lines.push(words::ANY_COLOUR.to_owned());
    }
    lines
}

fn colour(colour: &BackgroundColour) -> String {
    let [red, green, blue] = colour.rgb;
    let reference = fill(
        words::COLOUR,
        &[
            &colour.title,
            &red,
            &green,
            &blue,
            &colour.tolerance_delta_e,
        ],
    );
    let Some(band) = colour.hue_band else {
        return reference;
    };
    let hue = fill(words::HUE_BAND, &[&band.min_deg, &band.max_deg]);
    format!("{reference}{hue}")
}
