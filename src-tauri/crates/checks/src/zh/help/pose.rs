//! Help on 姿态.

use zhaoshen_model::Unit;

use super::{HelpText, Limit};

const NO_FIT: &str = "照片打不开、没有找到人脸，或五官网格与头部模型对不上（拟合误差过大）。";
const RESIDUAL: Limit = Limit::Also("max_residual_ratio", "姿态拟合误差", Unit::Ratio);

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "POSE-01",
        checks: "头是否端正：两眼连线是否水平。",
        measured: "量两个瞳孔中心连线的倾斜角度，顺时针为正。",
        cannot_tell: NO_FIT,
        false_alarms: "天生两眼不等高。",
        limits: &[Limit::Band("两眼连线倾斜", Unit::Deg), RESIDUAL],
    },
    HelpText {
        code: "POSE-02",
        checks: "脸是否正对镜头，没有转向左右。",
        measured: "把标准头部模型拟合到五官网格上，读出左右转角。",
        cannot_tell: NO_FIT,
        false_alarms: "脸部左右明显不对称的人。",
        limits: &[Limit::Band("头部左右转动", Unit::Deg), RESIDUAL],
    },
    HelpText {
        code: "POSE-03",
        checks: "是否仰头或低头。",
        measured: "把标准头部模型拟合到五官网格上，读出俯仰角，仰头为正。",
        cannot_tell: NO_FIT,
        false_alarms: "各人脸型不同，平视时读数会相差几度，所以限值放得较宽。",
        limits: &[Limit::Band("头部俯仰", Unit::Deg), RESIDUAL],
    },
    HelpText {
        code: "POSE-04",
        checks: "两肩是否同高。",
        measured: "在脖子两侧等距处量身体轮廓的高度，读出两肩连线的倾斜角度，照片右侧肩低为正。",
        cannot_tell: "照片打不开、没有找到人脸、分不清人和背景，或照片没有拍到肩部。",
        false_alarms: "长发、帽衫或衣领只搭在一侧肩上。",
        limits: &[Limit::Band("两肩连线倾斜", Unit::Deg)],
    },
];
