//! # Checks
//! That no retouching program left its name in the file.
//!
//! # Source clause
//! 99号 一2: 不得对人像特征进行技术处理; the 2021 notice: 不得对原电子文件进行修改和美化.
//!
//! # How it is measured
//! EXIF Software, ProcessingSoftware and descriptions, XMP CreatorTool and history, and JPEG comments,
//! searched for the names of retouching and beautifying programs, in any case of letters; Photoshop's
//! own segments (APP13 8BIM, APP12 Ducky); saves the XMP history counts; a note that it is a
//! screenshot. Programs that only crop or convert are not on the list; a chat program that saved the
//! photo anew is mentioned and passes.
//!
//! # Cannot tell when
//! The file is not a JPEG.
//!
//! # Known false alarms
//! A studio that converts its raw files with such a program; press programs that write 8BIM segments. An absent name proves nothing: most
//! apps leave none.

use zhaoshen_model::Finding;
use zhaoshen_model::measurement::FileMarks;

use crate::draft::Draft;
use crate::registry::{Applies, Family, Rule};
use crate::subject::{Missing, Subject};
use crate::zh::say;

#[cfg(test)]
use crate::fixture::Case;
#[cfg(test)]
use zhaoshen_model::Severity;

/// The rule.
pub(crate) const RULE: Rule = Rule {
    code: "EDIT-01",
    id: "editing-software-named",
    family: Family::Editing,
    applies: Applies::Submission,
    also: &[],
    measure,
    #[cfg(test)]
    source: include_str!("editing_software_named.rs"),
    #[cfg(test)]
    cases: CASES,
};

fn measure<'a>(subject: &Subject<'a>, draft: Draft<'a>) -> Result<Finding, Missing> {
    let none = FileMarks::default();
    let trace = subject.measurements.trace.as_ref();
    let marks = trace.map_or(&none, |trace| &trace.marks);
    let names = || {
        subject
            .jpeg()
            .into_iter()
            .flat_map(|jpeg| &jpeg.software)
            .chain(&marks.programs)
    };
    subject.jpeg()?;
    let editor = names().find(|name| is_named(name, EDITORS));
    let messenger = names().find(|name| is_named(name, MESSENGERS));
    Ok(match (editor, messenger) {
        (Some(editor), _) => draft.outside(say::EDITOR, &[editor]),
        _ if marks.editor_saves > 0 => draft.outside(say::EDITOR_SAVES, &[&marks.editor_saves]),
        _ if marks.photoshop_resources || marks.adobe_web => {
            draft.outside(say::PHOTOSHOP_DATA, &[])
        }
        _ if marks.screenshot => draft.outside(say::SCREENSHOT, &[]),
        (None, Some(messenger)) => draft.pass(say::FORWARDED, &[messenger]),
        (None, None) => draft.pass(say::NO_EDITOR, &[]),
    })
}

/// Names of retouching and beautifying programs, in lower case.
const EDITORS: &[&str] = &[
    "photoshop",
    "lightroom",
    "gimp",
    "meitu",
    "美图",
    "b612",
    "轻颜",
    "ulike",
    "beautycam",
    "美颜",
    "snapseed",
    "facetune",
    "picsart",
    "醒图",
    "xingtu",
    "hypic",
    "faceu",
    "无他相机",
    "portraitpro",
    "affinity photo",
    "pixelmator",
    "vsco",
    "remini",
    "adobe express",
    "camera raw",
    "capture one",
    "美易",
    "天天p图",
    "pitu",
    "黄油相机",
    "柚子相机",
    "相机360",
    "camera360",
    "sweet selfie",
    "youcam",
    "makeupplus",
    "airbrush",
    "retouch",
    "剪映",
    "capcut",
    "canva",
    "可画",
    "fotor",
    "luminar",
    "paint.net",
    "krita",
    "polarr",
    "泼辣",
    "一键抠图",
    "证件照",
];

/// Chat programs that save a picture anew, in lower case.
const MESSENGERS: &[&str] = &["wechat", "weixin", "micromsg", "微信", "tencent", "qq"];

fn is_named(name: &str, programs: &[&str]) -> bool {
    let name = name.to_lowercase();
    programs.iter().any(|program| name.contains(program))
}

#[cfg(test)]
const CASES: &[Case] = &[
    Case::new("good", |_| {}, Severity::Pass, "没有发现"),
    Case::new(
        "a camera's firmware",
        |f| f.jpeg().software = vec!["Ver.1.00".into(), "17.5.1".into()],
        Severity::Pass,
        "没有发现",
    ),
    Case::new(
        "photoshop",
        |f| f.jpeg().software = vec!["Adobe Photoshop 22.0 (Windows)".into()],
        Severity::Warn,
        "Adobe Photoshop 22.0",
    ),
    Case::new(
        "beautified",
        |f| f.jpeg().software = vec!["美图秀秀".into()],
        Severity::Warn,
        "美图秀秀",
    ),
    Case::new(
        "capitals",
        |f| f.jpeg().software = vec!["SNAPSEED 2".into()],
        Severity::Warn,
        "SNAPSEED",
    ),
    Case::new(
        "history of a saved file",
        |f| f.trace().marks.programs = vec!["Adobe Photoshop Lightroom 6".into()],
        Severity::Warn,
        "Lightroom 6",
    ),
    Case::new(
        "photoshop's segments",
        |f| f.trace().marks.photoshop_resources = true,
        Severity::Warn,
        "Photoshop 写入",
    ),
    Case::new(
        "saved by an editor without a name",
        |f| f.trace().marks.editor_saves = 2,
        Severity::Warn,
        "2 次",
    ),
    Case::new(
        "a screenshot",
        |f| f.trace().marks.screenshot = true,
        Severity::Warn,
        "屏幕截图",
    ),
    Case::new(
        "forwarded",
        |f| f.trace().marks.programs = vec!["WeChat".into()],
        Severity::Pass,
        "聊天软件转存过：WeChat",
    ),
    Case::new(
        "not a jpeg",
        |f| f.measurements.jpeg = None,
        Severity::Unknown,
        "不是 JPG",
    ),
];
