//! Texts of the fee ledger.

/// The fee typed in is no amount.
pub(crate) const FEE_NO_AMOUNT: &str = "费用请写成金额，例如 20 或 20.50；不收费写 0";
/// A payment in which nothing names a student.
pub(crate) const FEE_NOBODY_NAMED: &str = "看不出是谁缴的";
/// A payment put aside.
pub(crate) const FEE_NOBODYS: &str = "不属于本批次";
/// A payment that nobody is known to have made, and that was paid back wholly.
pub(crate) const FEE_SETTLED: &str = "已全额退款，不用处理";
/// A refund that says neither of which order nor of which student it is.
pub(crate) const FEE_STRAY: &str = "是退款，但看不出退的是哪一单、哪名学生，没有计入；请另做一张表，写明学号和金额（退款写成负数，例如 -20），再导入";
/// Why an approved photo stays back.
pub(crate) const WHY_UNPAID: &str = "费用未缴清";

/// Where a payment was read.
pub(crate) fn fee_source(file: &str, row: u32) -> String {
    format!("{file} 第 {row} 行")
}

/// How a payment found its student.
pub(crate) fn fee_matched(by: &str) -> String {
    format!("按{by}对上")
}

/// Where the keys of a payment were read.
pub(crate) const IN_PAYMENT: &str = "这笔缴费里";

/// A payment that is not one student's beyond doubt.
pub(crate) fn fee_fits(number: usize) -> String {
    match number {
        1 => "只有一名学生对得上，但这笔缴费里还有对不上的号码或姓名，或没有读懂的文字，请核对"
            .to_owned(),
        _ => super::fits_several(number),
    }
}

/// A payment that was divided among several students.
pub(crate) fn fee_shared(number: usize, amount: &str) -> String {
    format!("{number} 名学生合缴，共 {amount} 元")
}

/// A payment that may have been made for all whom it names.
pub(crate) fn fee_together(number: usize, fee: &str) -> String {
    format!("写了 {number} 名学生，金额正好是每人 {fee} 元，可能是合缴，请核对")
}

/// A refund of a payment that was divided among several students.
pub(crate) fn fee_back_together(number: usize) -> String {
    format!("是 {number} 名学生合缴的一笔的退款，只退了一部分，请核对退给了谁")
}

/// What each has of a payment, each told by 学号, 姓名 and 元.
pub(crate) fn fee_parts(parts: &[(String, String)]) -> String {
    let parts = parts
        .iter()
        .map(|(whose, yuan)| format!("{whose} {yuan} 元"));
    format!("{} 合缴", parts.collect::<Vec<_>>().join("、"))
}

/// A payment of several students of whom one left the roster.
pub(crate) const FEE_SHARED_GONE: &str = "几名学生合缴，其中有人已不在名单上，请重新指定";

/// A payment that is most likely there already, without its order number or with it.
pub(crate) fn fee_alike(known: &str) -> String {
    format!(
        "时间、金额、付款人都与已导入的一笔（{known}）相同，只是一处没有单号，当作同一笔，没有再记；确实是两笔的，请改用写明单号的账单原文件"
    )
}

/// A payment of which a list has more than the ledger.
pub(crate) fn fee_more(booked: &str, listed: &str) -> String {
    format!(
        "以前已经导入，账上是 {booked} 元，这里写的是 {listed} 元，没有改；退款以前的旧账单不用理会，金额确实改了的，请先移除原来的表再导入"
    )
}
