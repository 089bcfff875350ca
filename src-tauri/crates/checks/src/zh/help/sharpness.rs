//! Help on 清晰度.

use zhaoshen_model::Unit;

use super::{HelpText, Limit, NO_FACE};

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "SHARP-01",
        checks: "脸部和眼睛是否清晰、对焦是否准确。",
        measured: "把脸缩放到同样大小，计算细节的强弱（拉普拉斯方差）；脸部和眼部分别计算，数值越大越清晰。",
        cannot_tell: NO_FACE,
        false_alarms: "皮肤非常光滑（也可能是磨皮）；本来就小的照片。",
        limits: &[
            Limit::Band("脸部清晰度", Unit::Score),
            Limit::Also("min_eye_sharpness", "眼部清晰度", Unit::Score),
        ],
    },
    HelpText {
        code: "SHARP-02",
        checks: "人像自己的像素够不够，有没有压缩造成的马赛克块。",
        measured: "量提交件中两个瞳孔的距离，并按实际细节折算（放大的小图折算后变短）；再比较 8×8 像素方块交界处与方块内部的亮度跳变，没有块痕时约为 1。",
        cannot_tell: NO_FACE,
        false_alarms: "衣服上的细条纹正好与方块对齐。",
        limits: &[
            Limit::Band("两眼间距", Unit::Px),
            Limit::Also("max_blockiness_ratio", "马赛克块痕", Unit::Score),
        ],
    },
    HelpText {
        code: "SHARP-04",
        checks: "照片是不是由小图放大来的。",
        measured: "看脸部细节到多细为止。结果是一个比例：50% 表示宽高各缩一半也不会丢掉任何细节。",
        cannot_tell: NO_FACE,
        false_alarms: "没有对准焦、降噪过重的照片同样缺少细节；是不是放大的，要由人看。",
        limits: &[Limit::Band("实际细节占像素的比例", Unit::Ratio)],
    },
];
