//! Help on 构图.

use zhaoshen_model::Unit;

use super::{HelpText, Limit, NO_FACE, NONE_KNOWN};

const NO_CROWN: &str = "照片打不开、没有找到人脸，或没有找到头顶。";

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "GEO-01",
        checks: "成品中头顶（含头发）到上边沿的距离。",
        measured: "由人像轮廓找到头发最高处；能看清发际线的，另报发际线的位置供参考，不参与判断。提交件先算出最合适的裁剪框，再量裁剪后的位置；怎样裁剪都达不到时才不合格，并说明原因。",
        cannot_tell: NO_CROWN,
        false_alarms: "头发颜色与背景相近；丸子头、帽子会算进头顶。",
        limits: &[Limit::Band("头顶距上边沿", Unit::Px)],
    },
    HelpText {
        code: "GEO-02",
        checks: "成品中眼睛到上边沿的距离。",
        measured: "取两个瞳孔中心的平均高度，量裁剪后的位置。",
        cannot_tell: NO_FACE,
        false_alarms: NONE_KNOWN,
        limits: &[Limit::Band("眼睛距上边沿", Unit::Px)],
    },
    HelpText {
        code: "GEO-03",
        checks: "成品中脸部的宽度（两脸颊之间）。",
        measured: "在颧骨高度量五官网格左右两端的距离，换算到裁剪后的画面。",
        cannot_tell: NO_FACE,
        false_alarms: "长发盖住脸颊时读数会略小几个像素。",
        limits: &[Limit::Band("脸部宽度", Unit::Px)],
    },
    HelpText {
        code: "GEO-04",
        checks: "人像是否左右居中。",
        measured: "取两脸颊的中点，看它离画面左边沿多远。",
        cannot_tell: NO_FACE,
        false_alarms: "头转向一侧时两脸颊的中点会偏移，请同时看 POSE-02。",
        limits: &[Limit::Band("脸部中线距左边沿", Unit::Px)],
    },
    HelpText {
        code: "GEO-05",
        checks: "头部高度是否约占画面的一半。",
        measured: "从头发最高处量到下巴，除以裁剪后画面的高度。",
        cannot_tell: NO_CROWN,
        false_alarms: "头发蓬松、丸子头。",
        limits: &[Limit::Band("头部高度占画面", Unit::Ratio)],
    },
    HelpText {
        code: "GEO-06",
        checks: "双肩是否都在画面里，而不是只拍了头。",
        measured: "在下巴以下量人像轮廓从脸中线向两侧伸出多远，取较窄的一侧，除以脸宽；被画面边沿截断的一侧按不少于一个脸宽计。",
        cannot_tell: "照片打不开、没有找到人脸、人像与背景没有分清，或画面到下巴为止。",
        false_alarms: "衣服与背景同色，一侧肩膀没有分清。",
        limits: &[Limit::Band("肩部伸出脸中线的距离与脸宽之比", Unit::Ratio)],
    },
    HelpText {
        code: "GEO-07",
        checks: "头和头发是否完整地在画面里，没有碰到上边沿和肩部以上的左右边沿。",
        measured: "看人像轮廓贴着上边沿和左右边沿的长度占多少。",
        cannot_tell: "照片打不开、没有找到人脸，或人像与背景没有分清。",
        false_alarms: "画面角落很暗，被当成头发。",
        limits: &[
            Limit::Band("头部接触上边沿的比例", Unit::Ratio),
            Limit::Also("max_sides_share", "头部接触左右边沿的比例", Unit::Ratio),
        ],
    },
];
