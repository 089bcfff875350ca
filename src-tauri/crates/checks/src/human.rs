//! What only a person can tell: a tick list (人工检查项) beside the machine's findings.
//!
//! These items answer nothing; they name what to look at and where. One may share its code with a machine rule
//! that sees part of it: the person then confirms what the machine may have missed.

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CropRegion {
    /// Both eyes with brows.
    Eyes,
    /// Both ears.
    Ears,
    /// The mouth.
    Mouth,
    /// The whole picture.
    Whole,
}

/// One item of the tick list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HumanRule {
    /// Stable code of the rule table, e.g. `FACE-05`.
    pub code: &'static str,
    /// What to confirm.
    pub title: &'static str,
    /// Where to look.
    pub region: CropRegion,
}

const fn item(code: &'static str, title: &'static str, region: CropRegion) -> HumanRule {
    HumanRule {
        code,
        title,
        region,
    }
}

/// Every item, in the order of looking: the face from the top down, then the whole picture.
pub static HUMAN_RULES: &[HumanRule] = &[
    item("WEAR-03", "没有帽子、头巾等头部覆盖物", CropRegion::Whole),
    item("FACE-04", "眉毛和眼睛未被头发遮挡", CropRegion::Eyes),
    item("WEAR-01", "眼镜不反光、镜框不遮眼", CropRegion::Eyes),
    item("WEAR-02", "没有有色镜片、墨镜或美瞳", CropRegion::Eyes),
    item("LIGHT-03", "没有高光光斑和红眼", CropRegion::Eyes),
    item("FACE-05", "双耳外露、左右对称", CropRegion::Ears),
    item("WEAR-04", "没有耳环、项链等饰品", CropRegion::Ears),
    item("FACE-06", "表情自然", CropRegion::Mouth),
    item("WEAR-05", "没有浓妆", CropRegion::Whole),
    item("POSE-04", "两肩同高、左右平衡", CropRegion::Whole),
    item("WEAR-06", "不是无袖、吊带、大毛领", CropRegion::Whole),
    item("WEAR-08", "衣着没有复杂图案和条纹", CropRegion::Whole),
    item("SHARP-03", "人像没有变形", CropRegion::Whole),
    item("EDIT-02", "不是自拍、生活照", CropRegion::Whole),
    item("EDIT-09", "不是翻拍、扫描", CropRegion::Whole),
    item("EDIT-10", "未经镜像、旋转", CropRegion::Whole),
    item("EDIT-03", "没有美颜修图痕迹", CropRegion::Whole),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct() {
        for (index, item) in HUMAN_RULES.iter().enumerate() {
            let again = HUMAN_RULES[..index]
                .iter()
                .any(|other| other.code == item.code);
            assert!(!again, "{} stands twice", item.code);
        }
    }
}
