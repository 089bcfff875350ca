//! Every Chinese sentence of the checks, in one catalogue keyed by rule code.
//!
//! Titles for staff, the wording of findings, and the reasons sent to students: polite, short, and
//! saying what to do. Nothing here decides anything.

use std::fmt::Display;

use zhaoshen_model::measurement::FileFormat;
use zhaoshen_model::{Severity, Unit};

use crate::band::{Band, Reading};
use crate::colour::ColourName;
use crate::frame::Obstacle;
use crate::reasons::Side;
use crate::registry::Family;
use crate::subject::Missing;

pub(crate) mod help;
pub(crate) mod number;
pub(crate) mod reason;

use number::plain;
pub(crate) use number::{kilobytes, number};

/// Texts of one rule.
pub(crate) struct RuleText {
    pub code: &'static str,
    /// What staff read.
    pub title: &'static str,
    /// What the student reads when the photo is sent back.
    pub reason: &'static str,
}

/// Names of measured quantities, as they begin a message.
pub(crate) mod quantity {
    pub const FILE_SIZE: &str = "文件大小";
    pub const FINAL_SIZE: &str = "成品大小";
    pub const SHARED: &str = "使用同一张照片的其他学生";
    pub const WIDTH: &str = "照片宽度";
    pub const HEIGHT: &str = "照片高度";
    pub const DENSITY: &str = "分辨率标记";
    pub const QUALITY: &str = "JPEG 压缩品质";
    pub const CHROMA: &str = "平均彩度";
    pub const FACES: &str = "人脸数";
    pub const EYE_OPENING: &str = "睁眼程度（眼高/眼宽）";
    pub const EYE_GAP: &str = "上下眼睑间距";
    pub const GAZE: &str = "视线偏离正前方";
    pub const MOUTH_GAP: &str = "嘴唇张开程度";
    pub const COVERED_BROW: &str = "眉毛上方看不到皮肤的宽度占眉宽";
    pub const COVERED_EYE: &str = "头发遮住眼睛的面积占眼部";
    pub const EAR: &str = "耳部露出的皮肤（占眼距平方）";
    pub const TEETH: &str = "露出牙齿的宽度与眼睛到下巴的距离之比";
    pub const TEETH_OF_MOUTH: &str = "露出牙齿的宽度占嘴宽";
    pub const CROWN: &str = "头顶距上边沿";
    pub const EYES: &str = "眼睛距上边沿";
    pub const FACE_WIDTH: &str = "脸部宽度";
    pub const FACE_CENTRE: &str = "脸部中线距左边沿";
    pub const HEAD_HEIGHT: &str = "头部高度占画面";
    pub const TOUCHES_TOP: &str = "头部接触上边沿的比例";
    pub const TOUCHES_SIDES: &str = "头部接触左右边沿的比例";
    pub const ROLL: &str = "两眼连线倾斜";
    pub const SHOULDERS: &str = "两肩连线倾斜";
    pub const SHOULDER_REACH: &str = "肩部伸出脸中线的距离与脸宽之比";
    pub const YAW: &str = "头部左右转动";
    pub const PITCH: &str = "头部俯仰";
    pub const BACKGROUND: &str = "背景与规定颜色的色差";
    pub const ZONES: &str = "背景各处的色差";
    pub const LIGHTNESS_STD: &str = "背景明暗起伏";
    pub const GRADIENT: &str = "背景细碎变化";
    pub const OUTLIERS: &str = "背景中杂物或阴影的面积比例";
    pub const SHADOW: &str = "背景中柔和影子的面积比例";
    pub const BORDER: &str = "照片四周边框宽度";
    pub const CLOTHES: &str = "衣服与背景的色差";
    pub const HAIR_COLOUR: &str = "额头以上的颜色与头发常见颜色相差";
    pub const EARRING: &str = "耳垂处圆形亮点的明显程度";
    pub const EARRING_YELLOW: &str = "耳垂处黄色亮点的明显程度";
    pub const EARRING_HANGS: &str = "耳垂下细小悬挂物与背景的色差";
    pub const BARE_SHOULDERS: &str = "肩部露出的皮肤比例";
    pub const PATTERN: &str = "衣服各处的明暗起伏";
    pub const LIGHTNESS: &str = "脸部亮度";
    pub const OVEREXPOSED: &str = "脸部过曝面积比例";
    pub const UNDEREXPOSED: &str = "脸部过暗面积比例";
    pub const CHEEKS: &str = "左右脸颊亮度差";
    pub const HIGHLIGHT: &str = "脸部亮斑面积比例";
    pub const PUPIL_REDNESS: &str = "瞳孔比脸颊红";
    pub const GLARE: &str = "镜片反光面积比例";
    pub const GLASSES: &str = "眼镜痕迹";
    pub const LENS_LIGHTNESS: &str = "眼下皮肤亮度为脸颊的";
    pub const LENS_COLOUR: &str = "镜片后皮肤与脸颊颜色相差";
    pub const SHARPNESS: &str = "脸部清晰度";
    pub const EYE_SHARPNESS: &str = "眼部清晰度";
    pub const EYE_DISTANCE: &str = "两眼间距";
    pub const BLOCKINESS: &str = "马赛克块痕";
    pub const FACE_SHAPE: &str = "脸宽与眼睛到下巴的距离之比";
    pub const RESOLVED_EYE_DISTANCE: &str = "按实际细节折算的两眼间距";
    pub const DETAIL: &str = "实际细节占像素的比例";
    pub const AGE: &str = "拍摄距今天数";
    pub const RESAVED: &str = "重复压缩痕迹";
    pub const SHIFTED_GRID: &str = "错位的压缩方格";
    pub const SKIN_TEXTURE: &str = "眼部细纹与皮肤细纹之比";
    pub const MOIRE: &str = "屏幕条纹（规则网点）";
    pub const PAPER_EDGE: &str = "边框附近的笔直边缘";
}

/// Messages without a measured number; `{}` is filled in order.
pub(crate) mod say {
    pub const READABLE: &str = "文件完整，可以打开";
    pub const READABLE_WITH_TAIL: &str = "文件完整，可以打开（图像之后另有 {} 字节附加内容）";
    pub const EMPTY: &str = "文件是空的（0 字节）";
    pub const TRUNCATED: &str = "照片不完整，下半部分缺失（上传或下载中断）";
    pub const TOO_LARGE: &str = "照片标称 {}×{} px，尺寸过大，无法打开";
    pub const UNDECODABLE: &str = "文件已损坏，无法打开";
    pub const CROPPED: &str = "裁剪后";
    pub const SIZE: &str = "文件大小 {}（{}）";
    pub const SIZE_SMALL: &str = "文件大小 {}（{}），应大于 {}（{}）";
    pub const SIZE_LARGE: &str = "文件大小 {}（{}），应不超过 {}（{}）";
    pub const OTHER_FORMAT: &str = "无法打开：实际是{}，请另存为 JPG";
    pub const IS_JPEG: &str = "是 JPG 图像";
    pub const NOT_JPEG: &str = "不是 JPG 图像，实际是{}";
    pub const EXTENSION: &str = "扩展名是 .{}";
    pub const EXTENSION_OTHER: &str = "扩展名是 .{}，应为 .jpg（导出时自动改正）";
    pub const EXTENSION_NONE: &str = "文件名没有扩展名，应为 .jpg（导出时自动改正）";
    pub const SHARED_WITH: &str = "与其他学生的照片完全相同：{}";
    pub const SHARED_WITH_MORE: &str = "与其他学生的照片完全相同：{} 等 {} 人";
    pub const NOT_SHARED: &str = "没有其他学生使用这张照片";
    pub const REJECTED_BEFORE: &str = "与以前被退回的照片完全相同，没有更换";
    pub const NOT_REJECTED: &str = "不是被退回过的照片";
    pub const PIXELS: &str = "照片 {}×{} px";
    pub const PIXELS_LEFT: &str = "提交件 {}×{} px，成品导出时生成为 {}×{} px";
    pub const PIXELS_WRONG: &str = "照片 {}×{} px，应为 {}×{} px";
    pub const PIXELS_FEW: &str = "照片 {}×{} px，应不小于 {}×{} px（不允许放大）";
    pub const RATIO: &str = "照片 {}×{} px，不是 {}∶{}，导出时需要裁剪";
    pub const DENSITY_NONE: &str = "没有分辨率标记，应为 {} dpi";
    pub const DENSITY_LEFT: &str = "没有分辨率标记，成品导出时写为 {} dpi";
    pub const TRUE_COLOUR: &str = "24 位真彩色";
    pub const COMPONENTS: &str =
        "颜色通道 {} 个、每通道 {} 位，应为 24 位真彩色（3 个通道、每通道 8 位）";
    pub const GREY: &str = "看上去是黑白照片，应为彩色";
    pub const QUALITY_ROUGH: &str = "JPEG 压缩品质约 {}（非标准量化表，仅为估计），应不低于 {}";
    pub const UPRIGHT: &str = "方向正常，没有旋转标记";
    pub const ROTATED: &str = "带有旋转标记（EXIF 方向 {}），请确认方向，导出时摆正";
    pub const ENCODING: &str = "基线 JPEG，sRGB 颜色";
    pub const PROGRESSIVE: &str = "渐进式 JPEG，导出时改为普通 JPEG";
    pub const ICC: &str = "颜色空间是{}，不是 sRGB，颜色可能有偏差";
    pub const NO_FACE: &str = "没有找到人脸";
    pub const ONE_FACE: &str = "有且只有一张人脸";
    pub const FACES: &str = "找到 {} 张人脸，应只有一张";
    pub const SMALL_FACE: &str = "除本人外另有较小的疑似人脸，请确认";
    pub const COLOUR_FITS: &str = "背景为{}，与规定的{}相符";
    pub const COLOUR_FREE: &str = "背景为{}，本批次不限背景颜色";
    pub const COLOUR_ANY: &str = "背景为{}单色，本批次允许；但不是{}，请确认";
    pub const COLOUR_NEAR: &str = "背景为{}，与规定的{}接近但有偏差";
    pub const COLOUR_WRONG: &str = "背景为{}，应为{}";
    pub const NO_EDITOR: &str = "没有发现修图软件的记录";
    pub const EDITOR: &str = "文件中记录了修图软件：{}";
    pub const PHOTOSHOP_DATA: &str = "文件中有 Photoshop 写入的数据";
    pub const EDITOR_SAVES: &str = "文件记录显示被修图软件保存过 {} 次";
    pub const SCREENSHOT: &str = "文件注明是屏幕截图";
    pub const FORWARDED: &str = "没有发现修图软件的记录；经聊天软件转存过：{}";
    pub const NO_TIME_TAKEN: &str = "文件中没有拍摄时间，未作判断";
    pub const TAKEN_LATER: &str = "记录的拍摄时间晚于提交日期，相机时钟可能不准，未作判断";
    pub const NOT_AI_MARKED: &str = "没有 AI 生成的标记";
    pub const AI_MARKED: &str = "文件自带 AI 生成或处理的标记：{}";
    pub const ORIGIN_MANIFEST: &str = "没有 AI 生成的标记；带有 C2PA 来源信息";
    pub const RESAVED_AT: &str = "此前以较低品质（品质约 {}）保存过，又重新保存，可能不是原始照片";
    pub const NO_HAIR: &str = "额头以上没有看到头发或覆盖物";
    pub const HAIRLINE: &str = "；发际线距上边沿约 {} px（供参考）";
    pub const TOO_SMALL_TO_TELL: &str = "照片或人像太小，未作判断";
    pub const NO_TEXTURE_TO_TELL: &str = "人像太小、不够清晰或压缩过重，看不出皮肤纹理，未作判断";
    pub const NEAR_OTHERS: &str = "与其他学生的照片看上去是同一张（{}）：{}，请对比";
    pub const NEAR_REJECTED: &str = "与以前被退回的照片看上去是同一张（{}），请对比";
    pub const NEARLY_SAME: &str = "画面几乎一样";
    pub const MUCH_ALIKE: &str = "画面很像";
}

/// The texts of the rule with `code`.
pub(crate) fn text(code: &str) -> Option<&'static RuleText> {
    reason::RULE_TEXTS.iter().find(|text| text.code == code)
}

pub(crate) fn title(code: &str) -> &'static str {
    text(code).map_or("", |text| text.title)
}

pub(crate) fn reason(code: &str) -> &'static str {
    text(code).map_or("", |text| text.reason)
}

/// The reason of a rule where what was measured of a photo tells which way it is wrong.
pub(crate) fn sided_reason(code: &str, side: Side) -> Option<&'static str> {
    let sided = reason::SIDED.iter().find(|sided| sided.code == code)?;
    Some(match side {
        Side::Below => sided.below,
        Side::Above => sided.above,
    })
}

/// The word for a family of rules.
pub(crate) const fn family(family: Family) -> &'static str {
    match family {
        Family::File => "文件",
        Family::Jpeg => "图像格式",
        Family::Face => "人脸",
        Family::Geometry => "构图",
        Family::Pose => "姿态",
        Family::Background => "背景",
        Family::Wear => "着装",
        Family::Light => "光线",
        Family::Sharpness => "清晰度",
        Family::Editing => "修图",
    }
}

/// Why something could not be judged.
pub(crate) const fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::File => "无法判断：文件是空的",
        Missing::Picture => "无法判断：照片打不开",
        Missing::Jpeg => "无法判断：不是 JPG 图像",
        Missing::Quality => "无法判断：读不出压缩品质",
        Missing::Face => "无法判断：没有找到人脸",
        Missing::Mesh => "无法判断：五官位置没有找准",
        Missing::Crown => "无法判断：头顶位置没有找到",
        Missing::Scene => "无法判断：人像与背景没有分清",
        Missing::Background => "无法判断：可见的背景太少",
        Missing::Clothes => "无法判断：画面中看不到衣服",
        Missing::Cloth => "无法判断：衣服与皮肤或背景没有分清",
        Missing::BareShoulders => "无法判断：肩部的皮肤与衣服没有分清",
        Missing::Teeth => "无法判断：嘴唇与牙齿没有分清",
        Missing::Light => "无法判断：脸部光线没有测出",
        Missing::Detail => "无法判断：脸部细节没有测出",
        Missing::Parse => "无法判断：头发与皮肤没有分清",
        Missing::Lobes => "无法判断：耳垂没有露出",
        Missing::Small => "无法判断：人像太小，看不清细节",
        Missing::Shoulders => "无法判断：肩部没有拍全",
        Missing::Pose => "无法判断：头部姿态没有测准",
        Missing::Straight => "无法判断：脸没有正对镜头",
        Missing::Trace => "无法判断：编辑痕迹没有测出",
        Missing::Number => "无法判断：测量结果无效",
    }
}

/// Why no crop mends it, as the tail of a message; `None` where there is nothing to add.
pub(crate) fn obstacle(obstacle: &Obstacle) -> Option<String> {
    let why = match obstacle {
        Obstacle::NothingToCrop | Obstacle::NoFace => return None,
        Obstacle::TooFewPixels => "照片像素太少",
        Obstacle::FaceTooSmall => "人像太小，不放大就达不到",
        Obstacle::FaceTooLarge => "人像太大，取整幅画面也容不下",
        Obstacle::NoRoomAbove => "人像上方留空不够",
        Obstacle::NoRoomBelow => "人像下方留空不够",
        Obstacle::NoRoomLeft => "人像左侧留空不够",
        Obstacle::NoRoomRight => "人像右侧留空不够",
        Obstacle::Together => "各项位置要求无法同时满足",
        Obstacle::Conflict(code) => {
            let title = title(code);
            return Some(format!("；裁剪也无法满足：与“{title}”的要求不能同时满足"));
        }
    };
    Some(format!("；裁剪也无法满足：{why}"))
}

/// What a file really is.
pub(crate) const fn format(format: FileFormat) -> &'static str {
    match format {
        FileFormat::Jpeg => " JPG",
        FileFormat::Png => " PNG 图像",
        FileFormat::Heic => " HEIC 图像（苹果手机默认格式）",
        FileFormat::Webp => " WebP 图像",
        FileFormat::Gif => " GIF 图像",
        FileFormat::Bmp => " BMP 图像",
        FileFormat::Tiff => " TIFF 图像",
        FileFormat::Pdf => " PDF 文档",
        FileFormat::Empty => "空文件",
        FileFormat::Unknown => "无法识别的文件",
    }
}

/// The everyday name of a colour.
pub(crate) const fn colour(name: ColourName) -> &'static str {
    match name {
        ColourName::White => "白色",
        ColourName::LightGrey => "浅灰色",
        ColourName::Grey => "灰色",
        ColourName::Black => "黑色",
        ColourName::Red => "红色",
        ColourName::Orange => "橙色或棕色",
        ColourName::Yellow => "黄色",
        ColourName::Green => "绿色",
        ColourName::Cyan => "青色",
        ColourName::Blue => "蓝色",
        ColourName::Purple => "紫色",
        ColourName::Pink => "粉色",
    }
}

/// "眼睛距上边沿 331 px，应在 200–300 px".
pub(crate) fn measured(reading: &Reading) -> String {
    let Reading {
        quantity,
        value,
        unit,
        band,
    } = *reading;
    let spaced = |value: &str| format!("{quantity} {value}");
    let Some(allowed) = allowed(&band, unit) else {
        return spaced(&number(value, unit));
    };
    if band.slack(value) < 0.0 {
        let limits = [band.min, band.max];
        let value = spaced(&number::beyond(value, &limits, unit));
        format!("{value}，{allowed}")
    } else if reading.severity() == Severity::Pass {
        format!("{}（{allowed}）", spaced(&number(value, unit)))
    } else {
        format!("{}，接近限值（{allowed}）", spaced(&number(value, unit)))
    }
}

/// "成品大小 81,234 字节，导出时生成为 20,000–40,000 字节".
pub(crate) fn left_to_export(reading: &Reading) -> String {
    let Reading {
        quantity,
        value,
        unit,
        band,
    } = *reading;
    let goal = match (band.min, band.max) {
        (Some(min), Some(max)) if max > min => range(min, max, unit),
        (Some(limit), _) | (None, Some(limit)) => number(limit, unit),
        (None, None) => String::new(),
    };
    let value = number(value, unit);
    format!("{quantity} {value}，成品导出时生成为 {goal}")
}

fn allowed(band: &Band, unit: Unit) -> Option<String> {
    allowed_band(band.min, band.max, unit)
}

/// The allowed band as a clause: "应在 200–300 px", "应不超过 4%".
pub(crate) fn allowed_band(min: Option<f64>, max: Option<f64>, unit: Unit) -> Option<String> {
    match (min, max) {
        (Some(min), Some(max)) if (min + max).abs() < 1e-9 && max > 0.0 => {
            Some(format!("应在 ±{} 以内", number(max, unit)))
        }
        (Some(min), Some(max)) if (max - min).abs() < 1e-9 => {
            Some(format!("应为 {}", number(min, unit)))
        }
        (Some(min), Some(max)) => Some(format!("应在 {}", range(min, max, unit))),
        (Some(min), None) => Some(format!("应不小于 {}", number(min, unit))),
        (None, Some(max)) if max.abs() < 1e-9 => Some(format!("应为 {}", number(max, unit))),
        (None, Some(max)) => Some(format!("应不超过 {}", number(max, unit))),
        (None, None) => None,
    }
}

fn range(min: f64, max: f64, unit: Unit) -> String {
    // GB/T 15835: a percent or degree sign stands behind both ends, other units behind the last.
    let min = match unit {
        Unit::Ratio | Unit::Deg => number(min, unit),
        _ => plain(min, unit),
    };
    format!("{min}–{}", number(max, unit))
}

/// `template` with each `{}` replaced by the next of `parts`.
pub(crate) fn fill(template: &str, parts: &[&dyn Display]) -> String {
    let mut pieces = template.split("{}");
    let mut filled = pieces.next().unwrap_or_default().to_owned();
    for (index, piece) in pieces.enumerate() {
        if let Some(part) = parts.get(index) {
            filled.push_str(&part.to_string());
        }
        filled.push_str(piece);
    }
    filled
}
