//! Texts about rosters: what is remembered, read again, or changed.

/// A list of refused rows is read again.
pub(crate) const REFUSED_ROWS_READ: &str =
    "这是改过的“未导入的行”，不是全部名单，所以不列出“文件里没有的学生”";

/// A column without a header.
pub(crate) fn headless_column(letter: &str) -> String {
    format!("（{letter}列，没有表头）")
}

/// The parts of a resident's number, by the characters from and to.
const ID_PARTS: [(usize, usize, &str); 4] = [
    (0, 6, "地区码（前6位）"),
    (6, 14, "出生日期（第7至14位）"),
    (14, 17, "顺序码（第15至17位）"),
    (17, 18, "末位"),
];

/// Which part of an identity number changes, without saying to what; empty when one of the two is.
pub(crate) fn id_number_differs(before: &str, after: &str) -> String {
    let (one, other): (Vec<char>, Vec<char>) = (before.chars().collect(), after.chars().collect());
    if one.is_empty() || other.is_empty() {
        return String::new();
    }
    if one.len() != other.len() {
        return format!("（{}位改为{}位）", one.len(), other.len());
    }
    let at: Vec<usize> = (0..one.len())
        .filter(|at| one.get(*at) != other.get(*at))
        .collect();
    let places = if one.len() == 18 {
        let parts = ID_PARTS.iter();
        let parts = parts.filter(|(from, to, _)| at.iter().any(|at| (*from..*to).contains(at)));
        parts
            .map(|(.., part)| (*part).to_owned())
            .collect::<Vec<_>>()
            .join("、")
    } else {
        let places = at.iter().map(|at| (at + 1).to_string());
        format!("第{}位", places.collect::<Vec<_>>().join("、"))
    };
    format!("（{places}不同）")
}

/// Students who become somebody else by a changed roster, what came in under them, and how much of it was decided on.
pub(crate) fn roster_turned(students: usize, photos: usize, decided: usize) -> String {
    let photos = match (photos, decided) {
        (0, _) => "他们还没有交照片".to_owned(),
        (photos, 0) => format!("其中 {photos} 人已交照片，导入后要重新确认照片是谁的"),
        (photos, decided) => format!(
            "其中 {photos} 人已交照片、{decided} 人已有审核结论，导入后要重新确认照片是谁的，确认前不能交付"
        ),
    };
    format!(
        "有 {students} 名学生的姓名和证件号码同时改变，像是换成了另一个人：{photos}；请核对学号有没有串行"
    )
}

#[cfg(test)]
mod tests {
    use super::id_number_differs;

    #[test]
    fn the_part_that_differs_is_told_and_no_digit_of_it() {
        let one = "11010519491231002X";
        let cases = [
            ("110105194912310021", "（末位不同）"),
            ("11010519491230002X", "（出生日期（第7至14位）不同）"),
            (
                "120105194912310031",
                "（地区码（前6位）、顺序码（第15至17位）、末位不同）",
            ),
            ("110105491231002", "（18位改为15位）"),
            ("", ""),
        ];
        for (other, told) in cases {
            assert_eq!(id_number_differs(one, other), told);
        }
        assert_eq!(
            id_number_differs("E12345678", "E12345687"),
            "（第8、9位不同）"
        );
    }
}
