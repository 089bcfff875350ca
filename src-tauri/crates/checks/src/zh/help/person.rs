//! Help on the tick list: what only a person can tell, or has to confirm.

use super::PersonHelp;

const NO_EXCEPTION: &str = "没有例外。";

const fn item(code: &'static str, look: &'static str, exception: &'static str) -> PersonHelp {
    PersonHelp {
        code,
        look,
        exception,
    }
}

/// One entry for every item of the tick list.
pub(crate) static PERSON_HELP: &[PersonHelp] = &[
    item(
        "WEAR-03",
        "看整张照片：头上有没有帽子、头巾、宽发带等遮住头发或额头的东西。细发卡、橡皮筋不算。",
        "因宗教或医疗原因佩戴的，请学生说明并登记，脸部从额头到下巴必须露出。",
    ),
    item(
        "FACE-04",
        "看眼部放大图：两条眉毛是否完整可见，刘海和发丝有没有盖住眉毛或眼睛。",
        "几根细发丝搭在眉尾、眉毛仍看得清的，可以通过。",
    ),
    item(
        "WEAR-01",
        "看眼部放大图：镜片上有没有白色反光或彩色膜光挡住眼睛，镜框有没有压住瞳孔或上眼睑。",
        "平时戴眼镜的学生可以戴镜拍照，前提是眼睛完整可见。",
    ),
    item(
        "WEAR-02",
        "看眼部放大图：镜片颜色是否比旁边皮肤深，瞳孔颜色和花纹是否不自然（美瞳）。",
        "因病必须佩戴有色镜片的，请登记说明。",
    ),
    item(
        "LIGHT-03",
        "看眼部放大图和脸部：瞳孔是否发红，额头、鼻梁、脸颊有没有发白的亮斑。",
        NO_EXCEPTION,
    ),
    item(
        "FACE-05",
        "看左右耳放大图：两只耳朵的轮廓是否都看得到，左右是否大致对称。",
        "先天或医疗原因不能露出的，请登记说明。",
    ),
    item(
        "WEAR-04",
        "看耳朵放大图和颈部：有没有耳环、耳钉、项链等饰品。",
        "助听器不是饰品。",
    ),
    item(
        "FACE-06",
        "看整张脸：表情是否自然，有没有皱眉、撅嘴、挤眼、夸张的笑。",
        NO_EXCEPTION,
    ),
    item(
        "WEAR-05",
        "看整张脸：妆容是否改变了本来的相貌，例如浓眼影、假睫毛、很重的修容。",
        "淡妆可以通过。",
    ),
    item(
        "POSE-04",
        "看肩部：左右肩是否大致同高，双肩是否都在画面里。",
        "因身体原因两肩不等高的，可以通过。",
    ),
    item(
        "WEAR-06",
        "看衣领和肩部：是否无袖、吊带、低领，或有大毛领遮住脸和脖子。",
        NO_EXCEPTION,
    ),
    item(
        "WEAR-08",
        "看衣服：有没有密集条纹、大面积图案或文字。",
        "素色衣服上的小标志可以通过。",
    ),
    item(
        "SHARP-03",
        "看整张脸：是否被压扁或拉长，与学生其他照片（如入学照）的脸型是否相差很大。",
        NO_EXCEPTION,
    ),
    item(
        "EDIT-02",
        "看整张照片：有没有纸张边缘、反光、屏幕条纹（翻拍），是否手臂入镜、背景杂乱（自拍、生活照），文字是否左右颠倒（镜像）。",
        NO_EXCEPTION,
    ),
    item(
        "EDIT-03",
        "看皮肤和轮廓：皮肤是否过分光滑而眼睛、头发很清楚，脸颊、下巴边缘的背景是否弯曲，痣和疤痕是否被抹去。",
        "照相馆正常的白平衡、亮度调整不算修图。",
    ),
];
