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
        measured: "量上下唇内侧的最大间距（与眼到下巴的距离相比），再看嘴缝里有多宽是牙齿的颜色（也与眼到下巴的距离相比）；嘴几乎没张开而露齿也能发现。",
        cannot_tell: "照片打不开、没有找到人脸，或嘴没怎么张开而嘴唇与牙齿的颜色没有分清。黑白照片等嘴唇没有颜色的，只看张开程度。",
        false_alarms: "嘴唇厚且光从上方照来、戴牙套、胡须盖住上唇。请看嘴部放大图。",
        limits: &[
            Limit::Band("嘴唇张开程度", Unit::Ratio),
            Limit::Also(
                "max_teeth_ratio",
                "露出牙齿的宽度与眼睛到下巴的距离之比",
                Unit::Ratio,
            ),
            Limit::Also("max_teeth_share", "露出牙齿的宽度占嘴宽", Unit::Ratio),
            Limit::Also("min_confidence", "分清嘴唇与牙齿的把握", Unit::Ratio),
        ],
    },
    HelpText {
        code: "FACE-04",
        checks: "刘海或发丝是否盖住眉毛（盖住眼睛另看 FACE-07）。只作提示，由审核人确认。",
        measured: "用这张照片自己的肤色和发色区分皮肤与头发，看每条眉毛上方有多宽看不到皮肤，取较严重的一条。",
        cannot_tell: "照片打不开、没有找到人脸、眉毛在画面之外，或这条眉毛上方的头发与皮肤没有分清。光头，以及头发与皮肤同色的，不下结论。",
        false_alarms: "额头很窄、发际线紧挨眉毛，帽檐压低，额头上有浓重阴影。请看眼部放大图。",
        limits: &[
            Limit::Band("眉毛上方看不到皮肤的宽度占眉宽", Unit::Ratio),
            Limit::Also(
                "min_confidence",
                "眉毛上方分清头发与皮肤的把握",
                Unit::Ratio,
            ),
            Limit::Also(
                "min_separation",
                "整张照片头发与皮肤颜色的可分程度",
                Unit::Score,
            ),
        ],
    },
    HelpText {
        code: "FACE-07",
        checks: "刘海或发丝是否垂下来盖住眼睛。只作提示，由审核人确认。",
        measured: "用这张照片自己的肤色和发色区分皮肤与头发，看每只眼睛的睁开部分有多大面积被从眉毛、眼皮上连着垂下来的头发盖住，取较严重的一只。瞳孔、睫毛本来就深，单独的深色不算。",
        cannot_tell: "照片打不开、没有找到人脸、眼睛在画面之外，或这只眼睛周围的头发与皮肤没有分清。光头，以及头发与皮肤同色的，不下结论。",
        false_alarms: "帽檐压到眼睛。反过来，很细的一绺头发、从侧面搭过来而眉毛仍露着的头发看不出来。请看眼部放大图。",
        limits: &[
            Limit::Band("头发遮住眼睛的面积占眼部", Unit::Ratio),
            Limit::Also(
                "min_confidence",
                "眼睛周围分清头发与皮肤的把握",
                Unit::Ratio,
            ),
        ],
    },
    HelpText {
        code: "FACE-05",
        checks: "双耳是否都露出来。只作提示，由审核人确认。",
        measured: "用这张照片自己的肤色和发色区分皮肤与头发，量脸部两侧眉毛到鼻底之间露出的皮肤面积，取较少的一侧；露出少而又没有头发盖住的，不下结论。",
        cannot_tell: "照片打不开、没有找到人脸、耳部在画面之外，这只耳朵处的头发与皮肤没有分清，或耳部看到的既不是皮肤也不是头发。光头，以及头发与皮肤同色的，不下结论。",
        false_alarms: "耳朵紧贴头部、耳部在阴影里、头略微转动、鬓发浓密。请看耳部放大图。",
        limits: &[
            Limit::Band("耳部露出的皮肤（占眼距平方）", Unit::Ratio),
            Limit::Also("min_confidence", "耳部分清头发与皮肤的把握", Unit::Ratio),
            Limit::Also("min_hair_share", "耳部被头发盖住的比例", Unit::Ratio),
            Limit::Also(
                "min_separation",
                "整张照片头发与皮肤颜色的可分程度",
                Unit::Score,
            ),
        ],
    },
];
