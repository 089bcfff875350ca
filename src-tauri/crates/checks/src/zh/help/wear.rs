//! Help on 着装.

use zhaoshen_model::Unit;

use super::{HelpText, Limit};

const NO_DETAIL: &str = "照片打不开、没有找到人脸，或脸没有完整入画。";

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "WEAR-01",
        checks: "镜片反光有没有遮住眼睛；不允许戴眼镜的批次还看有没有戴眼镜。镜框是否压住眼睛由人工看。",
        measured: "在镜片会覆盖的范围内，量比脸颊亮得多又没有颜色的面积，取多的一只眼。是否戴眼镜，看鼻梁、眼下、眼角和太阳穴处有没有连续的细线，几处的对比度相加：没有戴的多在 0 到 4，金属框、黑框多在 7 以上。",
        cannot_tell: NO_DETAIL,
        false_alarms: "眼下与鼻侧皱纹都很深的脸被当作戴眼镜；小图中很细的框或无框眼镜会漏掉。",
        limits: &[
            Limit::Band("镜片反光面积比例", Unit::Ratio),
            Limit::Also("max_glasses_evidence", "眼镜痕迹", Unit::Score),
        ],
    },
    HelpText {
        code: "WEAR-02",
        checks: "眼镜是不是墨镜或有色镜片。美瞳由人工看。",
        measured: "比较眼睛正下方皮肤与其下脸颊的亮度和颜色，亮度取较亮的一侧；只在看得出戴眼镜时按正常限值，否则要暗得多才算。",
        cannot_tell: NO_DETAIL,
        false_alarms: "清亮镜片后很深的黑眼圈、粗框的阴影；颜色很浅的镜片会漏掉。",
        limits: &[
            Limit::Band("眼下皮肤亮度与脸颊之比", Unit::Ratio),
            Limit::Also("max_colour_shift", "镜片后皮肤与脸颊颜色相差", Unit::Score),
            Limit::Also("glasses_evidence", "看得出戴眼镜的痕迹，自", Unit::Score),
            Limit::Also(
                "bare_lightness_ratio",
                "看不出戴眼镜时的亮度之比，下限",
                Unit::Ratio,
            ),
        ],
    },
    HelpText {
        code: "WEAR-03",
        checks: "头上有没有颜色不像头发的帽子、头巾。",
        measured: "取额头以上、不是皮肤的部分的平均颜色，看它离头发常见的颜色（黑、灰白、棕、金、红棕）有多远。",
        cannot_tell: "照片打不开、没有找到人脸、脸颊没有完整入画，或头上的部分与皮肤、背景没有分清。黑、灰、白、棕色的帽子看不出来，按合格处理，请按人工检查项看。",
        false_alarms: "染成彩色的头发；灯光偏色。",
        limits: &[
            Limit::Band("额头以上的颜色与头发常见颜色相差", Unit::DeltaE),
            Limit::Also("min_confidence", "分清头发、皮肤与背景的把握", Unit::Ratio),
        ],
    },
    HelpText {
        code: "WEAR-04",
        checks: "有没有戴耳环、耳钉。项链等其他饰品由人工看。",
        measured: "把两耳转正、缩放到同一大小，在耳垂处量三样：四面都是皮肤的圆形小亮点有多明显；黄色（金色）亮点有多明显；耳垂下方、纯色背景前有没有细小的悬挂物，与背景相差多大。任一只耳朵、任一样超过限值就提示。",
        cannot_tell: "照片打不开、没有找到人脸、两眼间距太小，或两只耳朵的耳垂都没有露出（被头发遮住、侧脸、与头发没有分清）。只露出一只耳朵时，只看那一只。",
        false_alarms: "耳垂下的鬓角发梢；换过背景的照片，头部周围的白边；痣。细铁丝圈、深色耳钉、与肤色相近的珍珠、耳廓边上的耳钉、落在头发或脖子前的耳坠常常看不出来；深肤色的人更容易漏。没有提示不等于没有戴，请按人工检查项看。",
        limits: &[
            Limit::Band("耳垂处圆形亮点的明显程度", Unit::Score),
            Limit::Also("max_yellow", "耳垂处黄色亮点的明显程度", Unit::Score),
            Limit::Also("max_hang", "耳垂下细小悬挂物与背景的色差", Unit::DeltaE),
            Limit::Also("min_confidence", "分清耳朵与头发的把握", Unit::Ratio),
            Limit::Also("min_eye_distance_px", "看得清耳垂的两眼间距", Unit::Px),
        ],
    },
    HelpText {
        code: "WEAR-06",
        checks: "肩部是不是裸露，也就是穿了无袖或吊带。低领、大毛领由人工看。",
        measured: "看脖子两侧、下巴以下的肩部有多大比例是本人皮肤（脸颊和脖子）的颜色。",
        cannot_tell: "照片打不开、没有找到人脸、人像与背景没有分清、肩部几乎没有入画，或肩部颜色介于皮肤与衣服之间、脖子与衣服没有分清。",
        false_alarms: "衣服颜色与皮肤相近；浅色长发披在肩上。",
        limits: &[
            Limit::Band("肩部露出的皮肤比例", Unit::Ratio),
            Limit::Also("min_confidence", "分清肩部皮肤与衣服的把握", Unit::Ratio),
        ],
    },
    HelpText {
        code: "WEAR-08",
        checks: "衣服有没有密集条纹或大面积图案。",
        measured: "在衣服上逐处量周围的明暗起伏，取中间值；衣领、驳领、领带占的地方少，不影响结果。",
        cannot_tell: "照片打不开、没有找到人脸、人像与背景没有分清、画面中几乎看不到衣服，或衣服与皮肤、背景没有分清。",
        false_alarms: "衣褶很深、面料反光、长发披在胸前。很细的条纹，以及明暗相同、只有颜色不同的图案看不出来。",
        limits: &[
            Limit::Band("衣服各处的明暗起伏", Unit::Lightness),
            Limit::Also("min_confidence", "分清衣服与皮肤、背景的把握", Unit::Ratio),
        ],
    },
    HelpText {
        code: "WEAR-07",
        checks: "衣服颜色与背景是否区分明显。",
        measured: "取肩部附近衣服与背景的颜色，比较色差（CIEDE2000）。",
        cannot_tell: "照片打不开、没有找到人脸、人像与背景没有分清，或画面中看不到衣服。",
        false_alarms: "披在肩上的长发或围巾被当作衣服。",
        limits: &[Limit::Band("衣服与背景的色差", Unit::DeltaE)],
    },
];
