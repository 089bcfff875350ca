//! Help on 修图.

use zhaoshen_model::Unit;

use super::{HelpText, Limit};

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "EDIT-01",
        checks: "文件里有没有留下修图、美颜软件的名字。",
        measured: "读取 EXIF、XMP（含编辑历史）和注释里的软件名称，查找常见的修图美颜软件；再看有没有 Photoshop 专用的数据段、\
                   编辑保存记录、屏幕截图的说明。只裁剪或转换格式的软件不在名单里；经微信、QQ 转存只作说明。",
        cannot_tell: "文件不是 JPG 图像。",
        false_alarms: "照相馆用这类软件冲印原片。反过来，没有记录不能证明没有修过，多数手机软件不留名字。",
        limits: &[],
    },
    HelpText {
        code: "EDIT-04",
        checks: "照片是不是太久以前拍的。",
        measured: "用 EXIF 里的拍摄时间与批次开始日期（没有时用收到照片的日期）相减。文件里没有拍摄时间的，合格并注明。",
        cannot_tell: "文件不是 JPG 图像。",
        false_alarms: "相机时钟从没校准过。拍摄时间很容易改，所以时间近不能证明照片新。",
        limits: &[Limit::Band("拍摄距今天数", Unit::Count)],
    },
    HelpText {
        code: "EDIT-06",
        checks: "文件有没有自己注明是 AI 生成或经 AI 处理的。",
        measured: "查找 C2PA、XMP 中的 AI 来源说明，以及《人工智能生成合成内容标识方法》要求写入的标识。只有 C2PA 来源信息时合格并注明，相机也会写。",
        cannot_tell: "照片打不开。",
        false_alarms: "目前没有发现。没有标记不能证明不是 AI 生成的：重新保存一次标记就没了。",
        limits: &[],
    },
    HelpText {
        code: "EDIT-07",
        checks: "照片是不是裁切过或保存过多次，也就是说不是原始文件。",
        measured: "JPG 每保存一次都会按当时的品质取整。先按较低品质、后按较高品质保存时，数值分布里会留下空档；裁切后再保存，会留下错位的 8×8 方格。",
        cannot_tell: "照片打不开，或不是 JPG 图像。先高后低地保存看不出来，这样的照片按合格处理。",
        false_alarms: "照相馆自己裁切、保存的成品；经聊天软件转发的照片。只说明文件不是原片，不说明修过脸。",
        limits: &[
            Limit::Band("重复压缩痕迹", Unit::Score),
            Limit::Also("max_shifted_grid", "错位的压缩方格", Unit::Score),
        ],
    },
    HelpText {
        code: "EDIT-08",
        checks: "皮肤是不是被美颜软件磨得过分光滑，与眼睛、睫毛的清晰程度不相称。只作提示，由审核人确认。",
        measured: "把两眼间距统一为 100 px，比较眼部与脸颊、额头最细的纹理。模糊、柔光和小文件会让两处一起变淡，磨皮只让皮肤变淡。",
        cannot_tell: "照片打不开，或没有找到人脸。两眼间距不到 80 px、脸没有完整入画、眼睛本身不清晰，或照片压缩过重（压缩也会抹平皮肤）时不作判断，按合格处理。",
        false_alarms: "粉底较厚、皮肤细嫩且光线柔和、手机自动降噪。轻度磨皮看不出来，按合格处理。",
        limits: &[
            Limit::Band("眼部细纹与皮肤细纹之比", Unit::Score),
            Limit::Also("min_eye_sharpness", "能看出纹理的眼部清晰度", Unit::Score),
            Limit::Also("min_quality", "能看出纹理的 JPEG 压缩品质", Unit::Quality),
        ],
    },
    HelpText {
        code: "EDIT-09",
        checks: "照片是不是对着屏幕或纸质照片翻拍的。",
        measured: "在画面的频谱里找屏幕网点留下的孤立尖峰；再看四边附近有没有纸张、屏幕边框那样笔直的边（至少两边）。",
        cannot_tell: "照片打不开。",
        false_alarms: "画面上部有细密织纹；照片四周画了边框。裁得干净的翻拍件和扫描件看不出来。",
        limits: &[
            Limit::Band("屏幕条纹", Unit::Score),
            Limit::Also("max_edge_share", "笔直边缘占边长", Unit::Ratio),
        ],
    },
];
