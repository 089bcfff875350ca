//! Texts of the set of photos that the studio gave back.

use zhaoshen_model::reconciliation::DifferenceKind as Kind;

use super::{remedy, remedy_on_paper};

/// How a text begins that says of whom a returned photo is.
const SET_OF_ANOTHER: &str = "与交付的另一名学生";

/// The name of the student, and the delivered photo of another.
pub(crate) fn set_of_another(other: &str) -> String {
    match other {
        "" => format!("{SET_OF_ANOTHER}的照片完全相同"),
        other => format!("{SET_OF_ANOTHER}（{other}）的照片完全相同"),
    }
}
/// How a text begins that says whose photo a returned one looks like.
const SET_LIKE_ANOTHER: &str = "看上去是交付的另一名学生";

/// What came back shows another student's photo, saved anew.
pub(crate) fn set_like_another(other: &str) -> String {
    match other {
        "" => format!("{SET_LIKE_ANOTHER}的照片，另存过"),
        other => format!("{SET_LIKE_ANOTHER}（{other}）的照片，另存过"),
    }
}
/// What came back is what went out earlier.
pub(crate) const SET_OF_EARLIER: &str = "与更早交付的照片相同，不是最近交付的";

/// What came back is what went out for the student, whose photo it is no longer.
pub(crate) const SET_MOVED: &str = "与交付的相同，但这张照片交付后改到了别的学生名下";
/// What came back has the name under which it went out before the student got another.
pub(crate) const SET_OLD_NAME: &str = "照片与交付的相同，文件名却还是更早交付时的";
/// What to do about either.
pub(crate) const SET_MOVED_REMEDY: &str =
    "该照片未导入；请告诉采集单位这个文件作废，以重新交付的为准，收到改正后的再导入一次返回的照片";

/// Refused: the studio cannot have given back anything.
pub(crate) const RETURNED_NOTHING: &str =
    "本批次还没有交付过照片，不会有采集单位返回的照片；请不要勾选这一项";
/// A returned file has one student's name and the delivered photo of another.
pub(crate) fn returned_of_another(other: &str) -> String {
    format!("文件名是这名学生的，照片却{}", set_of_another(other))
}
/// The same, of a picture that was saved anew.
pub(crate) fn returned_like_another(other: &str) -> String {
    format!("文件名是这名学生的，照片{}", set_like_another(other))
}
/// A file of the set is of a student for whom nothing was delivered.
pub(crate) const RETURNED_NOT_DELIVERED: &str =
    "这名学生的照片没有交付过，或不在所选的那次交付里，未导入";
/// What to do then.
pub(crate) const RETURNED_NOT_DELIVERED_REMEDY: &str =
    "请与采集单位核对来历；如果是补交的照片，不勾选“这是采集单位返回的照片”另行导入";
/// What to do then.
pub(crate) const SET_OF_ANOTHER_REMEDY: &str =
    "该照片未导入；请向采集单位索要正确的一张，收到后再导入一次返回的照片";
/// What to do about a photo of an earlier delivery.
pub(crate) const SET_OF_EARLIER_REMEDY: &str =
    "该照片未导入；请采集单位换成最近交付的照片重新返回，收到后再导入一次";

/// What to do about a photo of the studio's set that is not what was delivered, by what is said of it.
pub(crate) fn set_changed_remedy(text: &str) -> &'static str {
    let other = remedy(Kind::SetChanged);
    let [earlier, another] = [SET_OF_EARLIER_REMEDY, SET_OF_ANOTHER_REMEDY];
    by_what_changed(text, [earlier, another, SET_MOVED_REMEDY, other])
}
/// The same on paper.
pub(crate) fn set_changed_remedy_on_paper(text: &str) -> &'static str {
    let earlier = "请采集单位换成最近交付的照片重新返回";
    let another = "请向采集单位索要正确的一张";
    let other = remedy_on_paper(Kind::SetChanged);
    let moved = "告诉采集单位这个文件作废，以重新交付的为准";
    by_what_changed(text, [earlier, another, moved, other])
}
fn by_what_changed(
    text: &str,
    [earlier, another, moved, other]: [&'static str; 4],
) -> &'static str {
    let of_another = [SET_OF_ANOTHER, SET_LIKE_ANOTHER];
    match text {
        SET_OF_EARLIER => earlier,
        SET_MOVED | SET_OLD_NAME => moved,
        text if of_another.iter().any(|what| text.starts_with(what)) => another,
        _ => other,
    }
}
/// What to do about a photo that did not come back.
pub(crate) const NOT_RETURNED_REMEDY: &str = "向采集单位索要这张照片";

/// A delivered photo did not come back.
pub(crate) fn not_returned(went_as: &str) -> String {
    format!("没有返回（{went_as}）")
}
