//! Help on 人脸.

use zhaoshen_model::Unit;

use super::{HelpText, Limit, NO_FACE};

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "FACE-01",
        checks: "照片里是否有且只有一张人脸。",
        measured: "人脸检测网络找出所有人脸。最可信的一张总是算数；别的脸要足够可信、足够大才算第二张，很小的只作提示。",
        cannot_tell: "照片打不开。",
        false_alarms: "衣服上印的人像、墙上的画像。",
        limits: &[
            Limit::Band("人脸数", Unit::Count),
            Limit::Also("min_score", "算作人脸的可信度", Unit::Ratio),
            Limit::Also("min_area_share", "第二张脸与最大的脸的面积比", Unit::Ratio),
        ],
    },
    HelpText {
        code: "FACE-02",
        checks: "双眼是否自然睁开并平视镜头。",
        measured: "在五官网格上量每只眼睛的高与宽之比，取闭得更多的一只；另外看瞳孔是否在两眼角中间，偏离只作提示。",
        cannot_tell: NO_FACE,
        false_alarms: "天生眼睛细长、笑得眯起眼睛、粗镜框压在眼皮上。请看眼部放大图。",
        limits: &[
            Limit::Band("睁眼程度（眼高/眼宽）", Unit::Ratio),
            Limit::Also("min_gap_ratio", "上下眼睑间距", Unit::Ratio),
            Limit::Also("max_gaze_offset", "视线偏离正前方", Unit::Ratio),
        ],
    },
    HelpText {
        code: "FACE-03",
        checks: "嘴唇是否闭合、有没有露出牙齿。闭着嘴微笑没有问题。",
        measured: "量上下唇内侧的最大间距（与眼到下巴的距离相比），再看嘴缝里有多宽是牙齿的颜色；嘴几乎没张开而露齿也能发现。",
        cannot_tell: NO_FACE,
        false_alarms: "嘴唇厚且光从上方照来、戴牙套、胡须盖住上唇。请看嘴部放大图。",
        limits: &[
            Limit::Band("嘴唇张开程度", Unit::Ratio),
            Limit::Also("max_teeth_share", "露出牙齿的宽度占嘴宽", Unit::Ratio),
        ],
    },
];
