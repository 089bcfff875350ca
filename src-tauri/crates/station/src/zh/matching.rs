//! Texts: whose photo a file or whose payment a row is said to be, and by which key.

use zhaoshen_model::matching::MatchKey;

/// What said whose it is.
pub(crate) const fn match_key(key: MatchKey) -> &'static str {
    match key {
        MatchKey::StudentNo => "学号",
        MatchKey::IdNumber => "证件号码",
        MatchKey::ExamNo => "考生号",
        MatchKey::Name => "姓名",
        MatchKey::FileName => "文件名",
        MatchKey::ByHand => "人工",
    }
}

/// To do about a file that is no photo, though it was handed in as a student's.
pub(crate) const PHOTO_ASKED: &str = "请学生重新交照片原图";
/// The same where the name of the file tells nobody.
pub(crate) const PHOTO_ASKED_OF_WHOM: &str =
    "文件名看不出是谁的；请问清是谁交的，再请其重新交照片原图";
/// A file that is no photo, and is not named like one either.
pub(crate) const NO_PHOTO: &str = "不是照片";
/// What is to be done about it.
pub(crate) const NO_PHOTO_REMEDY: &str = "可以不管";
/// To do about a document that is nobody's.
pub(crate) const DOCUMENT_PASSED_BY: &str = "可以不管；里面若有学生的照片，请学生另交原图";

/// Where the keys of a photo were read.
pub(crate) const IN_FILE_NAME: &str = "文件名里";

/// Whose a key is, of one student or several.
pub(crate) fn key_is_of(key: &str, students: &[String]) -> String {
    format!("{key}是 {} 的", students.join(" 或 "))
}

/// Keys of one file name or payment that belong to different students, each told with whose it is.
pub(crate) fn keys_contradict(place: &str, whose: impl Iterator<Item = String>) -> String {
    let whose = whose.collect::<Vec<_>>().join("，");
    format!("{place}的{whose}，请核对后选择")
}

/// An ambiguous photo.
pub(crate) fn fits_several(number: usize) -> String {
    match number {
        1 => {
            "只有一名学生对得上，但文件名里的号码不是他的，或可能只是日期、序号，请核对".to_owned()
        }
        _ => format!("对应 {number} 名学生，请选择"),
    }
}

/// A photo whose file name holds a number of a student beside the name of nobody on the roster.
pub(crate) fn names_a_stranger(name: &str) -> String {
    format!("号码是这名学生的，但文件名里的“{name}”像是另一个人的姓名，名单上没有，请看照片后核对")
}

/// A photo that somebody handed in for somebody else.
pub(crate) const FOR_ANOTHER: &str = "文件名像是替别人交的，看不出照片上是谁；请看照片后指定";

/// A key nobody has.
pub(crate) fn not_on_roster(key: &str) -> String {
    format!("名单中没有“{key}”")
}

/// A photo that was taken away from a student by hand.
pub(crate) fn put_back(student_no: &str, name: &str) -> String {
    format!("已从 {student_no} {name} 名下取出")
}

/// A photo that a name gave to a student while the number in its file's name is nobody's.
pub(crate) fn name_beside_number(number: &str) -> String {
    format!("按姓名找到的学生，但文件名里的“{number}”不是名单上的号码")
}

/// What to do about it.
pub(crate) const NAME_BESIDE_NUMBER_REMEDY: &str =
    "核对是不是同名的另一个人；不是他的，在审核台用右键菜单“改指学生…”改正";

/// Photos whose names hold a name that one student has, and a number that nobody has.
pub(crate) const PROPOSE_BY_NAME: &str = "文件名里的学号不在名单上，但姓名在名单上只有一人";

/// Photos named by numbers with another head, as an answer given by hand shows.
pub(crate) fn propose_renumbered(from: &str, to: &str, answers: usize) -> String {
    let told = format!("按您手工指定的 {answers} 张推断：");
    match (from.is_empty(), to.is_empty()) {
        (true, _) => format!("{told}文件名里的号码前加上“{to}”就是学号"),
        (false, true) => format!("{told}文件名里的号码去掉开头的“{from}”就是学号"),
        (false, false) => format!("{told}文件名里的号码把开头的“{from}”换成“{to}”就是学号"),
    }
}

/// A file name of an index that several files have.
pub(crate) fn index_forgotten(files: u32) -> String {
    format!("索引表里的这个文件名，有 {files} 个文件都叫它，索引表对它们不起作用")
}

/// What to do then.
pub(crate) const INDEX_FORGOTTEN_REMEDY: &str =
    "请把索引表放进它所说的文件夹或压缩包，一个文件夹一份；或把文件改成不重复的名字";

/// A row of an index that names none of the files of the import.
pub(crate) fn index_idle(cell: &str, file_name: &str) -> String {
    format!("索引表 {cell} 写的“{file_name}”，这次导入的文件里没有")
}

/// A number that nobody on the roster has, with what it should be.
pub(crate) fn number_unlisted(key: MatchKey, number: &str) -> String {
    format!("{}不在名单中（“{number}”）", match_key(key))
}

/// A row of an index with such a number.
pub(crate) fn index_stray(cell: &str, file_name: &str, unlisted: &str) -> String {
    format!("索引表 {cell} 写的“{file_name}”：{unlisted}")
}

/// The same where its file did not come either.
pub(crate) fn index_idle_stray(cell: &str, file_name: &str, unlisted: &str) -> String {
    format!("索引表 {cell} 写的“{file_name}”：{unlisted}，这次导入的文件里也没有它")
}

/// Such rows behind those that are told one by one.
pub(crate) fn index_strays_left(rows: u32) -> String {
    format!("索引表里还有 {rows} 行的号码不在名单中")
}

/// What to do then.
pub(crate) const INDEX_STRAY_REMEDY: &str =
    "请核对号码：写错的，改正索引表后重新导入；确是本批次学生的，先补充名单";

/// The rows of an index behind those that are told one by one.
pub(crate) fn index_idle_left(rows: u32) -> String {
    format!("索引表里还有 {rows} 行写的文件，这次导入的文件里没有")
}

/// What to do then.
pub(crate) const INDEX_IDLE_REMEDY: &str =
    "请核对是文件漏交了，还是文件名写错了；分几次导入的，其余文件导入后就对得上";

/// A picture of a 采集码 among the photos.
pub(crate) const PHOTO_IS_CODE: &str = "像是采集码图片，不是照片，未导入";
/// What to do with it.
pub(crate) const PHOTO_IS_CODE_REMEDY: &str = "请勾上“这是采集码图片”另行导入";
