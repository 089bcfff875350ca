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
        code: "SHARP-03",
        checks: "照片有没有被拉宽、压扁，也就是宽和高没有按同样的比例缩放。",
        measured: "量脸部（颧骨处）的宽度，除以两眼中点到下巴的距离。各人相差约一成；把方形或横幅照片硬塞进 3∶4 的画面，会差三分之一以上。",
        cannot_tell: "照片打不开、没有找到人脸，或者脸转得、仰俯得太多，看不出本来的宽窄长短。",
        false_alarms: "脸型特别宽或特别长；嘴张得很大。拉伸不到五分之一的多半看不出来，请由人对照。",
        limits: &[
            Limit::Band("脸宽与眼睛到下巴的距离之比", Unit::Score),
            Limit::Also("max_turn_deg", "能够判断的头部转动", Unit::Deg),
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
