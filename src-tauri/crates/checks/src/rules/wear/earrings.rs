//! # Checks
//! That no earring is seen. Necklaces and other jewellery are looked at by a person.
//!
//! # Source clause
//! 99号 二3: 不得佩戴耳环、项链等饰品. The limits are the station's own.
//!
//! # How it is measured
//! The lobes upright and at one scale: how strongly a small spot, round on all sides, stands out of the lobe's skin; the
//! same for a yellow one (`max_yellow`); and the contrast of a thin thing that hangs under the lobe before plain
//! background and ends there (`max_hang`). Either ear counts. A hint.
//!
//! # Cannot tell when
//! The picture cannot be decoded, no face was found in it, the eyes are closer together than `min_eye_distance_px`, or
//! of neither ear the lobe shows, told surely enough from hair (`min_confidence`). One ear that shows is judged alone.
//! Where no hair is told in the whole photo a lobe is still looked at: it must stand in skin on all sides by itself.
//!
//! # Known false alarms
//! The tip of a sideburn under the lobe, the light rim of a pasted backdrop, moles. Wire hoops, dark studs, pearls like
//! skin, studs at the ear's rim, and drops before hair or neck are overlooked.

use zhaoshen_model::lobe::LobeFacts;
use zhaoshen_model::{Finding, Mark, Unit};

use crate::band::{Reading, rank};
use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::quantity;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "WEAR-04",
    id: "earrings",
    family: Family::Wear,
    applies: Applies::Always,
    also: &[
        "max_hang",
        "max_yellow",
        "min_confidence",
        "min_eye_distance_px",
    ],
    measure,
    #[cfg(test)]
    source: include_str!("earrings.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let face = subject.face()?;
    let least = draft.also("min_eye_distance_px").unwrap_or(0.0);
    if face.inter_eye_distance_px < least {
        return Err(Missing::Small);
    }
    let sure = subject.parse()?.confidences.ears;
    let regions = [face.regions.ear_left, face.regions.ear_right];
    let lobes = subject.measurements.lobes;
    let seen = (0..2).filter_map(|side| {
        let lobe = lobes[side].filter(|_| draft.trusts(sure[side]))?;
        Some((regions[side], Reading::worst(&readings(&lobe, &draft))?))
    });
    let (rect, reading) = seen
        .min_by_key(|(_, reading)| rank(reading.severity()))
        .ok_or(Missing::Lobes)?;
    Ok(draft.mark(|| Mark::Rect { rect }).measured(&reading))
}

fn readings(lobe: &LobeFacts, draft: &Draft<'_>) -> [Reading; 3] {
    let limits = |name: &str| draft.limits(None, draft.also(name));
    [
        Reading::new(quantity::EARRING, lobe.spot, Unit::Score, draft.band()),
        Reading::new(
            quantity::EARRING_YELLOW,
            lobe.yellow,
            Unit::Score,
            limits("max_yellow"),
        ),
        Reading::new(
            quantity::EARRING_HANGS,
            lobe.hang,
            Unit::DeltaE,
            limits("max_hang"),
        ),
    ]
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("bare", |_| {}, Severity::Pass, "耳垂处"),
    Case::new(
        "a stud in one ear",
        |f| f.lobe(1).spot = 9.0,
        Severity::Warn,
        "9，应不超过",
    ),
    Case::new(
        "a golden stud",
        |f| f.lobe(0).yellow = 7.0,
        Severity::Warn,
        "黄",
    ),
    Case::new("a hoop", |f| f.lobe(0).hang = 52.0, Severity::Warn, "52"),
    Case::new(
        "one ear under hair",
        |f| f.measurements.lobes[0] = None,
        Severity::Pass,
        "耳垂处",
    ),
    Case::new(
        "a stud beside hair over the other ear",
        |f| {
            f.measurements.lobes[0] = None;
            f.lobe(1).spot = 9.0;
        },
        Severity::Warn,
        "9",
    ),
    Case::new(
        "hair over both ears",
        |f| f.measurements.lobes = [None; 2],
        Severity::Unknown,
        "耳垂没有露出",
    ),
    Case::new(
        "hair like skin at both ears",
        |f| f.parse().confidences.ears = [Some(0.1); 2],
        Severity::Unknown,
        "耳垂没有露出",
    ),
    Case::new(
        "a stud on a shaved head",
        |f| {
            f.parse().skin_hair_separation = None;
            f.parse().confidences.ears = [Some(0.25); 2];
            f.lobe(1).spot = 9.0;
        },
        Severity::Warn,
        "9",
    ),
    Case::new(
        "a small picture",
        |f| {
            f.face().inter_eye_distance_px = 80.0;
            f.lobe(0).spot = 9.0;
        },
        Severity::Unknown,
        "人像太小",
    ),
    Case::new(
        "no face",
        |f| f.lose_face(),
        Severity::Unknown,
        "没有找到人脸",
    ),
];
