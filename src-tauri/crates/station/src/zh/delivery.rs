//! Texts of deliveries: what is asked before one is written, and what is said of those written.

/// Approved unseen by a release whose sample does not hold any more.
pub fn without_sample(plan: i64) -> String {
    format!("由抽样方案 {plan} 批量通过，没有单独看过；方案的样本后来改判、撤销或待复审")
}
