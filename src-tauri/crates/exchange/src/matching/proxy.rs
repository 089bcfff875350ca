//! Photos that somebody handed in for somebody else: 代吴九, 帮张三交, 李四代交.
//!
//! Such a name tells of two persons, and which of them the photo shows it does not say to a program. Whoever is named
//! beside the word is offered, and a person says whose it is. Not the remarks of payments, where whoever is named is the
//! one who is paid for.

/// Words for it, wherever they stand.
const WORDS: [&str; 19] = [
    "代交",
    "代传",
    "代提交",
    "代上传",
    "代递",
    "代送",
    "代报",
    "代为",
    "代办",
    "代替",
    "转交",
    "帮交",
    "帮传",
    "帮忙交",
    "帮忙传",
    "替交",
    "替传",
    "托交",
    "委托",
];

/// What stands before whoever it is done for, or after whoever does it.
const FOR: [char; 5] = ['代', '替', '帮', '给', '托'];

/// Of these, what means it by itself and at the beginning; 代 is a surname too, but whoever has it is on the roster.
const BY_ITSELF: [char; 3] = ['代', '替', '帮'];

/// What is done, at the end.
const DONE: [char; 4] = ['交', '传', '发', '递'];

/// 代 is no word of its own behind these, as in 现代 and 年代, …
const BEFORE_DAI: [char; 13] = [
    '现', '时', '近', '当', '古', '年', '世', '历', '朝', '后', '取', '迭', '换',
];
/// … nor before these, as in 代数 and 代码.
const AFTER_DAI: [char; 8] = ['数', '码', '谢', '理', '表', '号', '价', '沟'];

/// 帮 by itself means no handing in before these, as in 帮我看一下.
const AFTER_BANG: [char; 5] = ['我', '忙', '您', '看', '老'];

/// Longest text that is looked through, and longest name in it, characters.
const LONGEST: (usize, usize) = (40, 20);

/// Whether the text may hold such a word at all.
pub(super) fn may_speak(run: &str) -> bool {
    run.contains(FOR) || run.contains("转交")
}

/// The names beside such a word, where the text holds one; `is_name` tells names of the roster.
pub(super) fn named_beside(run: &str, is_name: impl Fn(&str) -> bool) -> Option<Vec<String>> {
    let run = Run {
        characters: run.chars().take(LONGEST.0).collect(),
        is_name,
    };
    let mut is_spoken = false;
    let mut names = Vec::new();
    for at in 0..run.characters.len() {
        if let Some(length) = run.word_at(at) {
            is_spoken = true;
            names.extend(run.name_before(at));
            names.extend(run.name_from(at + length));
        }
    }
    is_spoken.then_some(names)
}

/// Whoever else is named by a name that begins with 代: 代吴九 is a student, and what somebody handed in for 吴九.
pub(super) fn rest_of(name: &str) -> Option<&str> {
    name.strip_prefix('代')
}

/// A text and the names of the roster.
struct Run<F> {
    characters: Vec<char>,
    is_name: F,
}

impl<F: Fn(&str) -> bool> Run<F> {
    /// The length of the word that stands there.
    fn word_at(&self, at: usize) -> Option<usize> {
        let c = *self.characters.get(at)?;
        let next = self.characters.get(at + 1);
        let before = at
            .checked_sub(1)
            .and_then(|before| self.characters.get(before));
        let is_other = c == '代'
            && (before.is_some_and(|before| BEFORE_DAI.contains(before))
                || next.is_some_and(|next| AFTER_DAI.contains(next)));
        if is_other || self.is_within_a_name(at) {
            return None;
        }
        let follows = |word: &&&str| {
            let rest = self.characters.iter().skip(at);
            word.chars().eq(rest.take(word.chars().count()).copied())
        };
        if let Some(word) = WORDS.iter().find(follows) {
            return Some(word.chars().count());
        }
        if !FOR.contains(&c) {
            return None;
        }
        let length = self.characters.len();
        let is_done = at + 2 < length && self.characters.last().is_some_and(|c| DONE.contains(c));
        let is_plea = c == '帮' && next.is_some_and(|next| AFTER_BANG.contains(next));
        let stands_alone = length == 1 || (at == 0 && length > 2 && !is_plea);
        let is_meant = self.name_from(at + 1).is_some()
            || is_done
            || (BY_ITSELF.contains(&c) && (stands_alone || self.name_before(at).is_some()));
        is_meant.then_some(1)
    }

    /// Whether the character belongs to a name, 王代英, and is not what stands before one.
    fn is_within_a_name(&self, at: usize) -> bool {
        (at.saturating_sub(LONGEST.1)..at)
            .any(|from| (at + 1..=from + LONGEST.1).any(|to| self.name(from, to).is_some()))
    }

    fn name_before(&self, to: usize) -> Option<String> {
        (to.saturating_sub(LONGEST.1)..to.saturating_sub(1)).find_map(|from| self.name(from, to))
    }

    fn name_from(&self, from: usize) -> Option<String> {
        let mut ends = (from + 2..=from + LONGEST.1).rev();
        ends.find_map(|to| self.name(from, to))
    }

    fn name(&self, from: usize, to: usize) -> Option<String> {
        let name: String = self.characters.get(from..to)?.iter().collect();
        (self.is_name)(&name).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_handing_in_for_another_are_heard_and_others_are_not() {
        let roster = ["张三", "李四", "吴九", "王代英", "欧阳小明"];
        let named = |run: &str| named_beside(run, |name| roster.contains(&name));
        for (run, names) in [
            ("代吴九", Some(vec!["吴九"])),
            ("代吴九交", Some(vec!["吴九"])),
            ("帮张三交", Some(vec!["张三"])),
            ("替欧阳小明", Some(vec!["欧阳小明"])),
            ("给张三", Some(vec!["张三"])),
            ("李四代交", Some(vec!["李四"])),
            ("李四代张三", Some(vec!["李四", "张三"])),
            ("李四帮忙交", Some(vec!["李四"])),
            ("帮忙交张三", Some(vec!["张三"])),
            ("帮我看一下", None),
            ("老师帮忙审核", None),
            ("李四转交", Some(vec!["李四"])),
            ("李四代", Some(vec!["李四"])),
            ("室友代交", Some(vec![])),
            ("代赵六", Some(vec![])),
            ("帮赵六交", Some(vec![])),
            ("代", Some(vec![])),
            ("代交", Some(vec![])),
            ("现代交通", None),
            ("时代传媒", None),
            ("代数张三", None),
            ("代丽", None),
            ("王代英计算机", None),
            ("给老师", None),
            ("当代文学", None),
        ] {
            let names = names.map(|names| names.into_iter().map(str::to_owned).collect());
            assert_eq!(named(run), names, "{run}");
        }
    }
}
