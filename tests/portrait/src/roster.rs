//! Invented students with ID numbers that check out but belong to nobody.

use std::collections::BTreeSet;

use crate::random::Random;

/// Area code that GB/T 2260 has never given out, so that no ID number here can be a person's.
const UNASSIGNED_AREA: &str = "119999";
/// First year of the students' births.
const FIRST_BIRTH_YEAR: usize = 1985;
const SURNAMES: &str = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金";
const GIVEN: &str = "文明建华丽静敏洁思雨子涵欣怡嘉宇浩然晓东海燕春梅志强国庆雪琴佳乐若曦书瑶俊杰天宇一诺梓萱晨阳亦凡可心博远新民立新安宁向荣景行清和";
const COLLEGES: [(&str, &[&str]); 6] = [
    ("经济管理学院", &["工商管理", "会计", "工程管理"]),
    ("电气与电子工程学院", &["电气工程", "电子信息"]),
    ("能源动力与机械工程学院", &["能源动力", "机械"]),
    ("控制与计算机工程学院", &["控制工程", "计算机技术"]),
    ("人文与社会科学学院", &["公共管理", "法律（非法学）"]),
    ("环境科学与工程学院", &["资源与环境", "土木水利"]),
];

/// One row of the example roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExampleStudent {
    /// 学号: ten digits, the first four the year of entry; unique.
    pub student_no: String,
    /// 姓名; unique but for the pair that the round plans.
    pub name: String,
    /// 性别: 男 or 女.
    pub sex: String,
    /// 证件号码: 18 digits or X, checksum right, of an area that does not exist; unique.
    pub id_number: String,
    /// 学院.
    pub college: String,
    /// 专业.
    pub major: String,
    /// 年级: year of entry.
    pub grade: String,
    /// 学习形式: always 非全日制.
    pub study_mode: String,
    /// 层次: always 硕士.
    pub level: String,
}

/// The check character of a resident ID number (GB 11643-1999, ISO 7064 MOD 11-2) for its first 17 digits; `None`
/// unless there are exactly 17 digits.
#[must_use]
pub fn id_check_digit(first17: &str) -> Option<char> {
    if first17.len() != 17 || !first17.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let product = first17.bytes().fold(0u32, |rest, digit| {
        (rest + u32::from(digit - b'0')) * 2 % 11
    });
    let check = (12 - product) % 11;
    if check == 10 {
        Some('X')
    } else {
        char::from_digit(check, 10)
    }
}

/// Invents `count` students; `same_name` names two of them whose name is shared.
pub(crate) fn students(
    count: usize,
    seed: u64,
    same_name: Option<(usize, usize)>,
) -> Vec<ExampleStudent> {
    let mut random = Random::new(seed ^ 0x5708);
    let mut names = BTreeSet::new();
    let mut students: Vec<ExampleStudent> = (0..count)
        .map(|index| student(index, &mut random, &mut names))
        .collect();
    if let Some((first, second)) = same_name
        && let Some(name) = students.get(first).map(|s| s.name.clone())
        && let Some(other) = students.get_mut(second)
    {
        other.name = name;
    }
    students
}

fn student(index: usize, random: &mut Random, names: &mut BTreeSet<String>) -> ExampleStudent {
    let woman = random.once_in(2);
    let grade = 2020 + random.below(2);
    let (college, majors) = *random.pick(&COLLEGES);
    ExampleStudent {
        student_no: format!("{grade}{:06}", 310_001 + index),
        name: fresh_name(random, names),
        sex: if woman { "女" } else { "男" }.to_owned(),
        id_number: id_number(index, woman, random),
        college: college.to_owned(),
        major: (*random.pick(majors)).to_owned(),
        grade: grade.to_string(),
        study_mode: "非全日制".to_owned(),
        level: "硕士".to_owned(),
    }
}

fn fresh_name(random: &mut Random, names: &mut BTreeSet<String>) -> String {
    let surnames: Vec<char> = SURNAMES.chars().collect();
    let given: Vec<char> = GIVEN.chars().collect();
    let mut tries = 0;
    loop {
        tries += 1;
        let mut name: String = [*random.pick(&surnames), *random.pick(&given)]
            .iter()
            .collect();
        if !random.once_in(4) {
            name.push(*random.pick(&given));
        }
        if names.insert(name.clone()) || tries > 200 {
            return name;
        }
    }
}

/// A number whose birthday and sequence follow from the index, so that no two are alike.
fn id_number(index: usize, woman: bool, random: &mut Random) -> String {
    let year = FIRST_BIRTH_YEAR + index % 13;
    let (month, day) = (1 + index / (13 * 499) % 12, 1 + random.below(28));
    // An odd last sequence digit means a man (GB 11643-1999).
    let sequence = (index / 13 % 499) * 2 + usize::from(!woman);
    let first17 = format!("{UNASSIGNED_AREA}{year:04}{month:02}{day:02}{sequence:03}");
    let check = id_check_digit(&first17).unwrap_or('0');
    format!("{first17}{check}")
}
