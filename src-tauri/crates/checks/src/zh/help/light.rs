//! Help on 光线.

use zhaoshen_model::Unit;

use super::{HelpText, Limit, NO_FACE};

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "LIGHT-01",
        checks: "脸部是否过亮或过暗。",
        measured: "量脸部的平均亮度（0 黑、100 白），以及过曝和漆黑的面积各占多少。亮度下限特意放得很低，以免肤色深的人被误报。",
        cannot_tell: NO_FACE,
        false_alarms: "皮肤出油反光、肤色很深或很白。",
        limits: &[
            Limit::Band("脸部亮度", Unit::Lightness),
            Limit::Also("max_overexposed_share", "脸部过曝面积比例", Unit::Ratio),
            Limit::Also("max_underexposed_share", "脸部过暗面积比例", Unit::Ratio),
        ],
    },
    HelpText {
        code: "LIGHT-02",
        checks: "左右脸亮度是否一致（没有“阴阳脸”）。",
        measured: "量画面左侧脸颊与右侧脸颊的平均亮度之差。",
        cannot_tell: NO_FACE,
        false_alarms: "头发盖住一侧脸颊、胎记。",
        limits: &[Limit::Band("左右脸颊亮度差", Unit::Lightness)],
    },
    HelpText {
        code: "LIGHT-03",
        checks: "脸上有没有发白的亮斑，瞳孔是不是红的。",
        measured: "在额头、鼻子、两颊中，量接近白色、比脸颊亮又失去肤色的面积，取最多的一处；另量瞳孔比脸颊红多少，取红的一只。",
        cannot_tell: "照片打不开、没有找到人脸，或脸没有完整入画。",
        false_alarms: "脸上的白色胶布或颜料；肤色深的人脸上不到白色的反光会漏掉。",
        limits: &[
            Limit::Band("脸部亮斑面积比例", Unit::Ratio),
            Limit::Also("max_pupil_redness", "瞳孔比脸颊红", Unit::Score),
        ],
    },
];
