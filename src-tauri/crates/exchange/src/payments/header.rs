//! What the headers of payment lists mean. Not where the header stands, nor which columns name a student.

use crate::roster::columns;

/// What a column of a payment list is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Part {
    Amount,
    Refund,
    Reference,
    PaidAt,
    Payer,
    Note,
    Direction,
    Status,
    Kind,
    RefundNumber,
}

/// Headers by what they are, without blanks and marks; of several columns of one kind the earlier word counts.
const HEADERS: &[(Part, &[&str])] = &[
    (
        Part::Amount,
        &[
            "实付金额",
            "实收金额",
            "应结订单金额",
            "订单金额",
            "支付金额",
            "缴费金额",
            "付款金额",
            "交易金额",
            "金额元",
            "金额",
            "收入元",
            "收入金额",
            "实缴金额",
            "已缴金额",
        ],
    ),
    (Part::Refund, &["退款金额", "已退款金额", "申请退款金额"]),
    (
        Part::Reference,
        &[
            "交易单号",
            "微信订单号",
            "微信支付业务单号",
            "支付宝交易号",
            "交易流水号",
            "流水号",
            "业务流水号",
            "订单号",
            "订单编号",
            "商户订单号",
            "商户单号",
            "单号",
            "凭证号",
        ],
    ),
    (
        Part::PaidAt,
        &[
            "交易时间",
            "支付时间",
            "缴费时间",
            "付款时间",
            "入账时间",
            "记账时间",
            "时间",
            "日期",
        ],
    ),
    (
        Part::Payer,
        &[
            "付款方",
            "付款人",
            "缴费人",
            "交易对方",
            "对方名称",
            "对方账号名称",
            "付款人姓名",
            "缴费人姓名",
            "昵称",
            "用户标识",
        ],
    ),
    (
        Part::Note,
        &[
            "备注",
            "商品",
            "商品名称",
            "商品说明",
            "附言",
            "留言",
            "摘要",
            "用途",
            "说明",
            "商户数据包",
        ],
    ),
    (
        Part::Direction,
        &["收支", "收支类型", "收付类型", "资金流向"],
    ),
    (
        Part::Status,
        &[
            "当前状态",
            "交易状态",
            "支付状态",
            "订单状态",
            "缴费状态",
            "状态",
        ],
    ),
    (Part::Kind, &["交易类型", "业务类型", "交易分类"]),
    (
        Part::RefundNumber,
        &["微信退款单号", "商户退款单号", "退款单号", "退款编号"],
    ),
];

/// What a header means, and how good a word it is for that: 0 is the best.
pub(super) fn part_of(header: &str) -> Option<(Part, usize)> {
    let plain = columns::compare_form(header);
    HEADERS.iter().find_map(|(part, words)| {
        let rank = words.iter().position(|word| *word == plain)?;
        Some((*part, rank))
    })
}
