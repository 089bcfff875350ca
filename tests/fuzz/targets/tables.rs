//! Other tables of others: receipts of 学信网, payment lists, index workbooks, lists of who has a photo already, lists of
//! telephone numbers.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhaoshen_exchange::collected::read_collected_bytes;
use zhaoshen_exchange::index::read_index;
use zhaoshen_exchange::payments::read_payments_bytes;
use zhaoshen_exchange::phones::read_phones_bytes;
use zhaoshen_exchange::receipts::read_receipts_bytes;
use zhaoshen_fuzz::let_panics_be_caught;

fuzz_target!(init: let_panics_be_caught(), |bytes: &[u8]| {
    let _ = read_receipts_bytes(bytes, "回执", None);
    let _ = read_payments_bytes(bytes, "缴费记录");
    let _ = read_index(bytes, "对照表.xlsx");
    let _ = read_collected_bytes(bytes, "已采集.xlsx");
    let _ = read_phones_bytes(bytes, "电话.xlsx");
});
