//! Texts of `zhaoshen notices --sms`.

use zhaoshen_station::wire::SmsPreview;

/// What is to be looked at in the table of numbers before the file goes out.
pub fn found(preview: &SmsPreview) -> Vec<String> {
    let number = |number: u32, text: &str| (number > 0).then(|| format!("{number} {text}"));
    let counted = [
        number(preview.shared, "人与别人是同一个手机号，请核对，以免发错人"),
        number(
            preview.several,
            "人在名单里有不同的手机号，只用了第一个，请核对",
        ),
        number(
            preview.unreadable,
            "行的手机号认不出（不是 11 位手机号），没有用",
        ),
        number(
            preview.unmatched,
            "行没有用：只有姓名、学号与姓名对不上，或不是本批次的学生",
        ),
    ];
    let remarks = preview.remarks.iter().cloned();
    remarks.chain(counted.into_iter().flatten()).collect()
}

/// The file was written.
pub fn saved(path: &str, rows: u32, left_out: u32) -> String {
    match left_out {
        0 => format!("已写 {rows} 人：{path}"),
        left => format!("已写 {rows} 人：{path}；{left} 人没有手机号，不在里面"),
    }
}

/// Who is not in the file is not marked.
pub fn not_marked(left_out: u32) -> String {
    format!("不在文件里的 {left_out} 人没有标为已通知")
}
