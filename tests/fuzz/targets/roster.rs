//! Rosters of every format, told by content: xlsx, xls, xlsb, et, ods, csv, dbf, web pages and XML; and text that was pasted.
#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use zhaoshen_exchange::roster::{read_roster_bytes, read_roster_pasted, survey_roster_bytes};
use zhaoshen_fuzz::{let_panics_be_caught, roster_limits};

fuzz_target!(init: let_panics_be_caught(), |bytes: &[u8]| {
    let limits = roster_limits();
    let _ = read_roster_bytes(bytes, "名单", &limits, date(2026, 11, 29));
    // Hidden rows and merged cells have readers of their own, which only a look before the import asks.
    let _ = survey_roster_bytes(bytes, "名单", &limits);
    if let Ok(pasted) = std::str::from_utf8(bytes) {
        let _ = read_roster_pasted(pasted);
    }
});
