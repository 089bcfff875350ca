//! Help on 文件.

use zhaoshen_model::Unit;

use super::{ALWAYS, HelpText, Limit, NONE_KNOWN};

pub(super) const HELP: &[HelpText] = &[
    HelpText {
        code: "FILE-01",
        checks: "照片文件是否完整、能否打开：不是空文件，没有损坏，没有在上传或下载时中断。",
        measured: "把整个文件从头到尾解码一遍，并核对文件末尾的结束标记。被截断的照片在多数看图软件里仍能打开，只是下半部分是灰色；缺少结束标记就会被发现。结束标记之后多出的内容（例如手机的动态照片）只作说明，不算问题。",
        cannot_tell: ALWAYS,
        false_alarms: NONE_KNOWN,
        limits: &[],
    },
    HelpText {
        code: "FILE-02",
        checks: "文件是否真的是 JPG 图像，不看文件名，看内容。",
        measured: "查看文件开头的几个字节。把 PNG、HEIC、WebP 改名为 .jpg 的文件会被认出来，并说明它实际是什么。",
        cannot_tell: "文件是空的。",
        false_alarms: NONE_KNOWN,
        limits: &[],
    },
    HelpText {
        code: "FILE-03",
        checks: "文件名的扩展名是否为 .jpg（大小写不限）。",
        measured: "查看文件名。提交件的扩展名不对只作提示，导出时会自动改正；成品的扩展名必须正确。",
        cannot_tell: ALWAYS,
        false_alarms: NONE_KNOWN,
        limits: &[],
    },
    HelpText {
        code: "FILE-04",
        checks: "学生提交的文件是否小得不像原图，或者大得不正常。",
        measured: "直接读取文件的字节数。",
        cannot_tell: "文件是空的（由 FILE-01 报告）。",
        false_alarms: "画面很简单的原图（纯色背景、深色衣服）有时会略小于下限，可以看清晰度后再定。",
        limits: &[Limit::Band("提交件大小", Unit::Bytes)],
    },
    HelpText {
        code: "FILE-05",
        checks: "最后交出的成品文件大小是否在通常范围内。",
        measured: "读取成品的字节数。提交件的成品在导出时才生成，所以审核时这一项总是合格，并说明导出后的大小；采集单位返回的照片就是成品，按成品检测。",
        cannot_tell: ALWAYS,
        false_alarms: "画面细节很多的照片，压到允许的最低品质仍可能超过上限。",
        limits: &[Limit::FinalBytes],
    },
    HelpText {
        code: "FILE-06",
        checks: "同一批次里有没有别的学生提交了同一张照片。",
        measured: "文件一模一样（SHA-256 指纹相同）的，列出学号；重新保存、缩放、略微裁切过的，比较画面的粗略指纹，看上去是同一张时提示对比。这种指纹不是人脸识别，认不出人。",
        cannot_tell: ALWAYS,
        false_alarms: "同一名学生在名单中以两个学号出现；同一人连拍的两张。",
        limits: &[Limit::Also(
            "max_near_bits",
            "画面指纹相差位数（共 256 位）",
            Unit::Count,
        )],
    },
    HelpText {
        code: "FILE-07",
        checks: "学生是否把已经退回的照片原样又交了一次。",
        measured: "与该学生在本批次中被退回的照片比较文件的 SHA-256 指纹；重新保存后再交的，比较画面的粗略指纹，看上去是同一张时提示。",
        cannot_tell: ALWAYS,
        false_alarms: "当初退错了、请学生再次提交的照片。",
        limits: &[Limit::Also(
            "max_near_bits",
            "画面指纹相差位数（共 256 位）",
            Unit::Count,
        )],
    },
];
