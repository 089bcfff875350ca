//! Help on 图像格式.

use zhaoshen_model::Unit;

use super::{HelpText, Limit, NONE_KNOWN};

const NOT_JPEG: &str = "文件不是 JPG 图像。";
const UNREADABLE: &str = "照片打不开。";

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "JPEG-01",
        checks: "成品的宽和高是否正好是规定的像素。",
        measured: "读取摆正之后的宽和高。提交件不必正好是这个尺寸，成品在导出时裁剪缩放而成。",
        cannot_tell: UNREADABLE,
        false_alarms: NONE_KNOWN,
        limits: &[Limit::FinalPixels],
    },
    HelpText {
        code: "JPEG-02",
        checks: "提交的照片是否够大，裁成标准尺寸时不需要放大；形状是否需要裁剪。",
        measured: "读取摆正之后的宽和高。任何一边不够为不合格；宽高比与标准不同只作提示，导出时会裁剪，请在审核台看裁剪框。",
        cannot_tell: UNREADABLE,
        false_alarms: NONE_KNOWN,
        limits: &[
            Limit::FinalPixels,
            Limit::Also("ratio_tolerance", "宽高比的允许偏差", Unit::Score),
        ],
    },
    HelpText {
        code: "JPEG-03",
        checks: "成品文件里写的分辨率（dpi）是否正确。",
        measured: "读取 JFIF 或 EXIF 中的分辨率。它只是一个标记，与清晰度无关；提交件没有或不对不算问题，导出时会写好。",
        cannot_tell: NOT_JPEG,
        false_alarms: NONE_KNOWN,
        limits: &[Limit::FinalDensity],
    },
    HelpText {
        code: "JPEG-04",
        checks: "照片是否为 24 位真彩色，而不是黑白照片或印刷用的四色图像。",
        measured: "读取颜色通道数和每通道位数，再计算整幅画面的平均彩度；存成彩色的黑白照片彩度接近 0。",
        cannot_tell: "文件不是 JPG 图像，或者照片打不开。",
        false_alarms: "肤色浅、穿灰色衣服、站在白墙前、光线偏冷的人。",
        limits: &[Limit::Also("min_chroma", "平均彩度", Unit::Score)],
    },
    HelpText {
        code: "JPEG-05",
        checks: "照片是否被压缩得太狠。",
        measured: "由文件中的量化表推算压缩品质（1–100）。常见软件保存的照片可以准确推算；其他量化表只能估计，最多作提示。",
        cannot_tell: "文件不是 JPG 图像，或者读不出压缩品质。",
        false_alarms: "先低品质保存、再高品质保存的照片这里看不出来，由 SHARP-02 的块痕发现。",
        limits: &[Limit::FinalQuality],
    },
    HelpText {
        code: "JPEG-06",
        checks: "照片本身是否摆正，而不是靠旋转标记才显示正确。",
        measured: "读取 EXIF 方向标记。本站按标记摆正后显示和导出；有些软件不认这个标记，所以提示核对方向。",
        cannot_tell: NOT_JPEG,
        false_alarms: "手机竖拍的照片大多带有这个标记，只是提示，不是问题。",
        limits: &[],
    },
    HelpText {
        code: "JPEG-07",
        checks: "照片的编码方式和颜色空间是否普通，保证在任何软件里颜色一致。",
        measured: "读取 JPEG 的编码方式（基线或渐进）和内嵌的颜色配置文件。导出时都会改成普通方式。",
        cannot_tell: NOT_JPEG,
        false_alarms: "新款手机的照片常带 Display P3 颜色空间，一般看不出差别。",
        limits: &[],
    },
];
