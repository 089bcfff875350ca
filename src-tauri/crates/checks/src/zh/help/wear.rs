//! Help on 着装.

use zhaoshen_model::Unit;

use super::{HelpText, Limit};

pub(super) const HELP: &[HelpText] = &[HelpText {
    code: "WEAR-07",
    checks: "衣服颜色与背景是否区分明显。",
    measured: "取肩部附近衣服与背景的颜色，比较色差（CIEDE2000）。",
    cannot_tell: "照片打不开、没有找到人脸、人像与背景没有分清，或画面中看不到衣服。",
    false_alarms: "披在肩上的长发或围巾被当作衣服。",
    limits: &[Limit::Band("衣服与背景的色差", Unit::DeltaE)],
}];
