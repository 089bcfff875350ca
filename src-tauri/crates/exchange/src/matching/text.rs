//! Cuts names into the pieces that may be keys.

use std::collections::{HashMap, HashSet};

use zhaoshen_model::{Student, StudentId, identity, name};

/// The names in a path, the file's first and then folder by folder outwards.
pub(super) fn parts(display_path: &str) -> impl Iterator<Item = &str> {
    display_path
        .rsplit(['/', '\\'])
        .filter(|part| !part.is_empty())
}

/// Words that stand beside a name in file and folder names and are never part of it. Hardly any of
/// a single character: 于小新 must not read as 于小 and 新.
const WORDS: &[&str] = &[
    "照片",
    "证件照",
    "学历照",
    "学历照片",
    "学历",
    "毕业照",
    "毕业",
    "毕业生",
    "图像",
    "图像采集",
    "采集",
    "采集照片",
    "电子照",
    "电子版",
    "电子照片",
    "蓝底",
    "白底",
    "红底",
    "灰底",
    "浅蓝底",
    "原图",
    "原片",
    "原件",
    "高清",
    "正面",
    "免冠",
    "一寸",
    "二寸",
    "两寸",
    "寸照",
    "最新",
    "最终",
    "最终版",
    "修改",
    "修改后",
    "重交",
    "重新提交",
    "补交",
    "提交",
    "上传",
    "副本",
    "复制",
    "复件",
    "的",
    "您好",
    "你好",
    "老师您好",
    "附件",
    "附件是",
    "谢谢",
    "麻烦您了",
    "来自",
    "这是",
    "我是",
    "我的",
    "本人",
    "同学",
    "学生",
    "老师",
    "导师",
    "姓名",
    "学号",
    "证件号",
    "证件号码",
    "身份证",
    "身份证号",
    "身份证号码",
    "考生号",
    "专业",
    "学院",
    "班级",
    "年级",
    "级",
    "届",
    "班",
    "系",
    "电话",
    "手机",
    "手机号",
    "联系方式",
    "硕士",
    "博士",
    "研究生",
    "硕士研究生",
    "博士研究生",
    "本科",
    "专科",
    "全日制",
    "非全日制",
    "非全",
    "全日",
    "微信图片",
    "微信",
    "图片",
    "相片",
    "毕业证",
    "毕业证照",
    "学位照",
    "注册照",
    "注册图像",
    "采集照",
    "终版",
    "定稿",
    "交",
    "新版",
    "更新",
    "已改",
    "换底",
    "标准蓝",
    "蓝色背景",
    "白色背景",
    "采集码",
    "二维码",
    "材料",
    "资料",
    "文件",
    "文件夹",
    "截图",
    "先生",
    "女士",
    "您",
    "请查收",
    "请审核",
    "辛苦了",
];

/// Words that stand beside a name in the remark of a payment. Those that are surnames too are only read after a name
/// ([`AFTER_A_NAME`]): 付小明 must not read as 付 and 小明.
pub(super) const IN_REMARKS: &[&str] = &[
    "替",
    "给",
    "帮",
    "帮忙",
    "代替",
    "代交",
    "代缴",
    "代付",
    "缴",
    "付款",
    "缴费",
    "交费",
    "交钱",
    "付费",
    "支付",
    "转账",
    "转",
    "收款",
    "退款",
    "退费",
    "退还",
    "采集费",
    "图像采集费",
    "照相费",
    "拍照费",
    "学费",
    "费用",
    "钱",
    "元",
    "块",
    "块钱",
    "人民币",
    "室友",
    "舍友",
    "朋友",
    "我",
    "备注",
    "留言",
    "付款方留言",
    "收款方备注",
    "二维码收款",
    "扫码",
    "费",
    "付",
];

/// Words that are surnames as well.
const AFTER_A_NAME: [&str; 2] = ["费", "付"];

/// Longest run of han characters that is looked through, characters.
const LONGEST_RUN: usize = 40;

/// Longest name looked for within a run, characters.
const LONGEST_NAME: usize = 20;

/// A run of one kind of characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// Letters and digits, half width and upper case.
    Ascii(String),
    /// Han characters with the dots of names.
    Han(String),
}

/// The name without the extension of a picture or an archive.
pub(crate) fn stem(part: &str) -> &str {
    match part.rsplit_once('.') {
        Some((stem, extension))
            if !stem.is_empty()
                && (2..=5).contains(&extension.len())
                && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && extension.bytes().any(|byte| byte.is_ascii_alphabetic()) =>
        {
            stem
        }
        _ => part,
    }
}

/// The stem without the marks that systems add to copies: `_1`, ` (2)`, `- 副本`.
pub(crate) fn without_copy_mark(stem: &str) -> &str {
    let mut rest = stem.trim();
    loop {
        let shorter = without_number_mark(rest)
            .or_else(|| {
                ["副本", "复制", "复件", "copy", "Copy"]
                    .iter()
                    .find_map(|mark| rest.strip_suffix(mark))
            })
            .map(|shorter| shorter.trim_end_matches([' ', '-', '_', '—', '－', '\u{3000}']))
            .filter(|shorter| !shorter.is_empty());
        match shorter {
            Some(shorter) => rest = shorter,
            None => return rest,
        }
    }
}

/// `x_1`, `x-2`, `x (3)`, `x（4）` without the number.
fn without_number_mark(text: &str) -> Option<&str> {
    let number = |text: &str| {
        (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    if let Some(open) = text.strip_suffix([')', '）']) {
        let (before, inner) = open.rsplit_once(['(', '（'])?;
        return number(inner.trim()).then_some(before);
    }
    let (before, inner) = text.rsplit_once(['_', '-', ' '])?;
    number(inner).then_some(before)
}

/// Pieces between separators other than blanks and dots, which may stand inside a name.
pub(super) fn segments(stem: &str) -> impl Iterator<Item = &str> {
    stem.split(|c: char| {
        matches!(
            name::half_width(c),
            '-' | '_'
                | '+'
                | ','
                | ';'
                | ':'
                | '&'
                | '#'
                | '@'
                | '='
                | '~'
                | '('
                | ')'
                | '['
                | ']'
                | '{'
                | '}'
                | '—'
                | '–'
                | '、'
                | '，'
                | '。'
                | '【'
                | '】'
                | '《'
                | '》'
                | '/'
                | '\\'
                | '|'
        )
    })
    .map(str::trim)
    .filter(|segment| !segment.is_empty())
}

/// Whether the segment begins with one character that a blank parts from the rest, as in names made as wide as others.
pub(super) fn is_padded(segment: &str) -> bool {
    let mut parts = segment.split_whitespace();
    parts.next().is_some_and(|head| head.chars().count() == 1) && parts.next().is_some()
}

/// Maximal runs of letters and digits, and of han characters.
pub(super) fn runs(segment: &str) -> Vec<Run> {
    let mut found = Vec::new();
    let mut ascii = String::new();
    let mut han = String::new();
    for c in segment.chars() {
        let plain = name::half_width(c);
        if plain.is_ascii_alphanumeric() {
            flush(&mut han, &mut found, Run::Han);
            ascii.push(plain.to_ascii_uppercase());
        } else if is_name_character(c) {
            flush(&mut ascii, &mut found, Run::Ascii);
            han.push(c);
        } else {
            flush(&mut han, &mut found, Run::Han);
            flush(&mut ascii, &mut found, Run::Ascii);
        }
    }
    flush(&mut han, &mut found, Run::Han);
    flush(&mut ascii, &mut found, Run::Ascii);
    found
}

fn flush(run: &mut String, found: &mut Vec<Run>, kind: fn(String) -> Run) {
    if !run.is_empty() {
        found.push(kind(std::mem::take(run)));
    }
}

fn is_name_character(c: char) -> bool {
    name::is_han(c)
        || matches!(c, '\u{E000}'..='\u{F8FF}')
        || name::fold(&format!("甲{c}甲")) == "甲\u{b7}甲"
}

/// The longest run of digits within a token, with the X that may end an identity number.
pub(super) fn longest_digits(token: &str) -> &str {
    token
        .split(|c: char| !c.is_ascii_digit())
        .max_by_key(|digits| digits.len())
        .unwrap_or("")
}

/// Words that may surround a name: fixed ones, and the roster's own colleges, majors and so on.
#[derive(Debug, Clone)]
pub(super) struct Words {
    known: HashSet<String>,
    /// The roster's own.
    own: HashSet<String>,
    longest: usize,
}

impl Words {
    pub(super) fn new(students: &[Student]) -> Self {
        let mut known: HashSet<String> = WORDS.iter().map(|word| (*word).to_owned()).collect();
        let mut own = HashSet::new();
        for student in students {
            let draft = &student.draft;
            for text in [
                &draft.college,
                &draft.major,
                &draft.class,
                &draft.grade,
                &draft.level,
                &draft.study_mode,
                &draft.campus,
            ] {
                if known.contains(text) {
                    continue;
                }
                for run in runs(&identity::normalise(text)) {
                    if let Run::Han(word) = run
                        && word.chars().nth(1).is_some()
                    {
                        own.insert(word.clone());
                        known.insert(word);
                    }
                }
            }
        }
        let longest = known
            .iter()
            .map(|word| word.chars().count())
            .max()
            .unwrap_or(0)
            .max(LONGEST_NAME);
        Self {
            known,
            own,
            longest,
        }
    }

    /// Whether the text is one of them.
    pub(super) fn knows(&self, text: &str) -> bool {
        self.known.contains(text)
    }

    /// Whether one of the roster's own has the characters of `text` in their order: 金工 shortens 金融工程.
    pub(super) fn shorten(&self, text: &str) -> bool {
        self.own.iter().any(|word| {
            let mut left = word.chars();
            text.chars().all(|c| left.any(|other| other == c))
        })
    }

    /// Every name for which the whole `run` reads as words, those in `words` too, and names with that name among them. A name
    /// is never taken out of a text that is not understood from end to end: 欧阳小明 does not hold 阳小明.
    pub(super) fn names_within(
        &self,
        run: &str,
        words: &[&str],
        names: &HashMap<String, Vec<StudentId>>,
    ) -> Vec<String> {
        let characters: Vec<char> = run.chars().collect();
        let length = characters.len();
        if length > LONGEST_RUN {
            return Vec::new();
        }
        let slice = |from: usize, to: usize| -> String {
            characters
                .get(from..to)
                .unwrap_or_default()
                .iter()
                .collect()
        };
        let reads = |from: usize, to: usize| {
            let text = slice(from, to);
            self.known.contains(&text)
                || (to - from > 1 && names.contains_key(&text))
                || (words.contains(&text.as_str())
                    && (to == length || !AFTER_A_NAME.contains(&text.as_str())))
        };
        let before = self.reach_from_start(length, &reads);
        let after = self.reach_to_end(length, &reads);
        let mut found = Vec::new();
        for start in (0..length).filter(|&at| before.get(at) == Some(&true)) {
            for end in (start + 2..=length.min(start + LONGEST_NAME))
                .filter(|&at| after.get(at) == Some(&true))
            {
                let candidate = slice(start, end);
                if names.contains_key(&candidate) && !found.contains(&candidate) {
                    found.push(candidate);
                }
            }
        }
        found
    }

    /// Whether the whole `run` reads as words and names.
    pub(super) fn read_whole(&self, run: &str, names: &HashMap<String, Vec<StudentId>>) -> bool {
        let characters: Vec<char> = run.chars().collect();
        let length = characters.len();
        if length > LONGEST_RUN {
            return false;
        }
        let reads = |from: usize, to: usize| {
            let text: String = (characters.get(from..to).unwrap_or_default())
                .iter()
                .collect();
            self.known.contains(&text) || (to - from > 1 && names.contains_key(&text))
        };
        self.reach_from_start(length, &reads).last() == Some(&true)
    }

    /// For each place, whether everything before it reads as words.
    fn reach_from_start(&self, length: usize, reads: &impl Fn(usize, usize) -> bool) -> Vec<bool> {
        let mut reached = vec![false; length + 1];
        for end in 0..=length {
            let reachable = end == 0
                || (end.saturating_sub(self.longest)..end)
                    .any(|start| reached.get(start) == Some(&true) && reads(start, end));
            if let Some(place) = reached.get_mut(end) {
                *place = reachable;
            }
        }
        reached
    }

    /// For each place, whether everything from it reads as words.
    fn reach_to_end(&self, length: usize, reads: &impl Fn(usize, usize) -> bool) -> Vec<bool> {
        let mut reached = vec![false; length + 1];
        for start in (0..=length).rev() {
            let reachable = start == length
                || (start + 1..=length.min(start + self.longest))
                    .any(|end| reached.get(end) == Some(&true) && reads(start, end));
            if let Some(place) = reached.get_mut(start) {
                *place = reachable;
            }
        }
        reached
    }
}
