//! Names of persons who are on no roster: 2023300002-孙欣怡 where nobody is called 孙欣怡.
//!
//! The number says one thing and the name another, and which of them is wrong a person says. There is no list of all names,
//! so a piece that stands by itself is held for one by its look ([`look`]): a surname and one or two characters, or parts
//! joined by the dot of names. What only looks so is told apart by the words that stand in file names, and by the roster's
//! own colleges, majors and classes, whole or shortened (金工 for 金融工程). A name of another people written without its dot
//! looks like nothing: it is known where the roster has it.

mod look;
#[cfg(test)]
mod measured;
#[cfg(test)]
mod tests;

use std::ops::Range;

use zhaoshen_model::name;

use super::text::{self, Run, Words};

/// Words of whoever is named beside the student without being on the photo.
const OF_OTHERS: [&str; 11] = [
    "导师",
    "老师",
    "教师",
    "辅导员",
    "班主任",
    "班长",
    "教授",
    "收集",
    "采集员",
    "摄影",
    "拍摄",
];

/// Words in which a teacher is spoken to, and not named.
const TO_A_TEACHER: [&str; 5] = ["老师您好", "老师你好", "老师好", "谢谢老师", "请老师"];

/// Words around a name beside those of [`Words`]: what else a photo is called, and whose it is by what they study.
const BESIDE: [&str; 46] = [
    "本人照",
    "个人照",
    "单人照",
    "大头照",
    "半身照",
    "生活照",
    "近照",
    "头像",
    "标准照",
    "登记照",
    "报名照",
    "入学照",
    "录取照",
    "寸照片",
    "一寸照",
    "二寸照",
    "蓝底照",
    "白底照",
    "新照片",
    "正面照",
    "免冠照",
    "精修",
    "精修版",
    "修图",
    "修改版",
    "最新版",
    "高清版",
    "高清图",
    "重拍",
    "重传",
    "补拍",
    "补传",
    "已修",
    "已换",
    "学硕",
    "专硕",
    "学博",
    "专博",
    "直博",
    "硕博",
    "研一",
    "研二",
    "研三",
    "博一",
    "博二",
    "博三",
];

/// Characters that may stand behind a name.
const BEHIND: [char; 6] = ['男', '女', '的', '照', '用', '交'];

/// Which of them are in no name.
const IN_NO_NAME: [char; 2] = ['的', '用'];

/// Longest text that is looked through, characters.
const LONGEST: usize = 40;

/// The first name of somebody unknown in the stem of a file's name, whoever is named as another on purpose left out;
/// `is_understood` tells what reads whole as words and as names of the roster.
pub(super) fn in_stem(
    stem: &str,
    words: &Words,
    is_understood: impl Fn(&str) -> bool,
) -> Option<String> {
    let pieces = pieces(stem);
    let others: Vec<Range<usize>> = (pieces.iter())
        .filter_map(|piece| of_others(piece, words))
        .collect();
    let is_of_others = |of: &Range<usize>| {
        others
            .iter()
            .any(|other| of.start < other.end && other.start < of.end)
    };
    (pieces.iter())
        .filter(|piece| !is_of_others(&piece.places) && !is_understood(&piece.folded))
        .find_map(|piece| name_in(&piece.folded, words))
}

/// Han characters that may be a name.
struct Piece {
    /// In the form of [`name::fold`].
    folded: String,
    /// Which of the stem's runs they are.
    places: Range<usize>,
}

fn pieces(stem: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for segment in text::segments(stem) {
        let runs = text::runs(segment);
        if text::is_padded(segment) {
            pieces.push(Piece {
                folded: name::fold(segment),
                places: at..at + runs.len(),
            });
        }
        for run in runs {
            if let Run::Han(run) = run {
                pieces.push(Piece {
                    folded: name::fold(&run),
                    places: at..at + 1,
                });
            }
            at += 1;
        }
    }
    pieces
}

/// The places of whoever the piece says is another: its own where the name is in it (导师李明), else its neighbours' too.
fn of_others(piece: &Piece, words: &Words) -> Option<Range<usize>> {
    let without = |text: String, words: &[&str]| {
        (words.iter()).fold(text, |text, word| text.replace(word, ""))
    };
    let said = without(piece.folded.clone(), &TO_A_TEACHER);
    let rest = without(said.clone(), &OF_OTHERS);
    let Range { start, end } = piece.places;
    match (rest == said, name_in(&rest, words)) {
        (true, _) => None,
        (false, Some(_)) => Some(start..end),
        (false, None) => Some(start.saturating_sub(1)..end + 1),
    }
}

/// The name of a person in a run of han characters that is no name of the roster: the run itself, or what is left between
/// words at its ends (孙欣怡的证件照).
fn name_in(folded: &str, words: &Words) -> Option<String> {
    let characters: Vec<char> = folded.chars().collect();
    let length = characters.len();
    if length > LONGEST {
        return None;
    }
    let slice = |from: usize, to: usize| characters.iter().take(to).skip(from).collect::<String>();
    let is_word = |from: usize, to: usize| {
        let text = slice(from, to);
        to - from > 1 && (words.knows(&text) || BESIDE.contains(&text.as_str()))
    };
    let is_around = |from: usize, to: usize| is_word(from, to) || look::is_listed(&slice(from, to));
    let is_behind = |from: usize, to: usize| {
        let last = characters.get(from).filter(|_| to - from == 1);
        last.is_some_and(|last| BEHIND.contains(last)) || is_around(from, to)
    };
    let mut starts = vec![0];
    for end in 2..length {
        if starts.iter().any(|start| is_around(*start, end)) {
            starts.push(end);
        }
    }
    let mut ends = vec![length];
    for start in (1..length).rev() {
        if ends.iter().any(|end| is_behind(start, *end)) {
            ends.push(start);
        }
    }
    let holds_word = |from: usize, to: usize| {
        (from..to).any(|start| (start + 2..=to).any(|end| is_word(start, end)))
    };
    let pairs = (starts.iter()).flat_map(|start| ends.iter().map(move |end| (*start, *end)));
    pairs
        .filter(|(start, end)| start + 2 <= *end)
        .map(|(start, end)| (slice(start, end), start, end))
        .filter(|(text, ..)| !text.contains(IN_NO_NAME) && look::looks_like_a_name(text))
        .find(|(text, start, end)| !holds_word(*start, *end) && !words.shorten(text))
        .map(|(text, ..)| text)
}
