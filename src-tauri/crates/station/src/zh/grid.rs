//! Texts of the grid.

/// Why a page was not approved: one photo kept all the others back.
pub(crate) fn page_not_approved(whose: &str, why: &str) -> String {
    format!("{whose}：{why}。本页一张都没有通过，请看过后再通过一次")
}
