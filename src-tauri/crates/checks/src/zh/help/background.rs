//! Help on 背景.

use zhaoshen_model::Unit;

use super::{HelpText, Limit, NO_SCENE};

const VISIBLE: Limit = Limit::Also("min_background_share", "可以判断的背景面积", Unit::Ratio);

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "BG-01",
        checks: "背景是否为本批次接受的颜色。",
        measured: "取背景的中位颜色，与每种规定颜色比较色差（CIEDE2000，约 2 为肉眼刚能分辨）；蓝色另按色相和鲜艳程度接受，因为各照相馆的蓝相差很大。略超出容差只作提示。",
        cannot_tell: NO_SCENE,
        false_alarms: "彩色墙面的反光、白平衡不准使白墙发黄或发蓝。",
        limits: &[
            Limit::Colours,
            Limit::Also("off_tone_delta_e", "超出容差仍只作提示的色差", Unit::DeltaE),
            VISIBLE,
        ],
    },
    HelpText {
        code: "BG-02",
        checks: "背景是否均匀，没有渐变、没有一边亮一边暗。",
        measured: "把背景分成若干区域，取区域之间最大的色差；另看明暗起伏和细碎变化。",
        cannot_tell: NO_SCENE,
        false_alarms: "卷发边缘没有抠净；头部投下的柔和影子（它本身也是问题）。",
        limits: &[
            Limit::Band("背景各处的色差", Unit::DeltaE),
            Limit::Also("max_lightness_std", "背景明暗起伏", Unit::Lightness),
            Limit::Also("max_gradient", "背景细碎变化", Unit::Score),
            VISIBLE,
        ],
    },
    HelpText {
        code: "BG-03",
        checks: "背景中有没有杂物、文字、明显的影子或边框。",
        measured: "用平滑的颜色面拟合背景，看有多少面积与它相差很大；其中比它暗、颜色一致又没有细碎变化的，算作影子，另有限值；再看四周有没有单色边框。",
        cannot_tell: NO_SCENE,
        false_alarms: "散开的发丝、没有抠进人像的宽衣领。",
        limits: &[
            Limit::Band("背景中杂物或阴影的面积比例", Unit::Ratio),
            Limit::Also("max_shadow_share", "背景中柔和影子的面积比例", Unit::Ratio),
            Limit::Also("max_border_px", "照片四周边框宽度", Unit::Px),
            VISIBLE,
        ],
    },
];
