//! `zhaoshen bench`: the station's speed on this machine.

use serde::Serialize;
use zhaoshen_station::bench::{
    Handover, Report, SealCosts, StandardSpeed, handover, run as measure, seal_costs, standard,
};
use zhaoshen_station::wire::Failure;

use crate::args::BenchArgs;
use crate::{Outcome, terminal};

/// Measures and prints; takes a minute.
pub(crate) fn run(args: &BenchArgs) -> Result<Outcome, Failure> {
    match &args.folder {
        Some(folder) => tell(&measure(folder)?, args.json, print),
        None if args.handover => tell(&handover()?, args.json, print_handover),
        None if args.standard => tell(&standard()?, args.json, print_standard),
        None => tell(&seal_costs()?, args.json, print_costs),
    }
    Ok(Outcome::Done)
}

fn tell<T: Serialize>(measured: &T, json: bool, print: impl FnOnce(&T)) {
    if json {
        terminal::json(measured);
    } else {
        print(measured);
    }
}

fn print_handover(took: &Handover) {
    terminal::line(&format!(
        "{} 张成品：交付并读回核对 {:.1} 秒，同样的再交付一次 {:.1} 秒（{} 个处理器）",
        took.photos, took.delivery_seconds, took.again_seconds, took.processors
    ));
    match took.prints_seconds {
        Some(seconds) => terminal::line(&format!(
            "{} 人的冲印排版：{} 页 PDF，{seconds:.1} 秒",
            took.photos, took.pages
        )),
        None => terminal::line("没有能写中文的字体，没有测冲印排版"),
    }
    if let Some(bytes) = took.peak_memory_bytes {
        terminal::line(&format!("内存峰值：{} MB", bytes / 1_000_000));
    }
}

fn print_costs(costs: &SealCosts) {
    for (kind, costs) in [("不加密", &costs.plain), ("加密", &costs.sealed)] {
        terminal::line(&format!(
            "{kind}：打开 {:.0} 毫秒；zip 中 200 张 300 KB 照片保存并匹配 {:.2} 秒；一次审核落盘中位 {:.2} 毫秒，p95 {:.2} 毫秒；读一张 300 KB 原件中位 {:.2} 毫秒，p95 {:.2} 毫秒",
            costs.open_ms,
            costs.intake_seconds,
            costs.decision_median_ms,
            costs.decision_p95_ms,
            costs.read_median_ms,
            costs.read_p95_ms
        ));
    }
}

fn print_standard(speed: &StandardSpeed) {
    terminal::line(&format!(
        "{} 张照片改一项限值：打开批次、再打开检测标准后首次 {:.0} 毫秒（没有人打开过批次时 {:.0} 毫秒）；打开检测标准页 {:.0} 毫秒后数值可见，随后首次 {:.0} 毫秒；刚有审核之后 {:.0} 毫秒；平时中位 {:.0} 毫秒，最慢 {:.0} 毫秒；队列计数 {:.0} 毫秒",
        speed.what_if_photos,
        speed.what_if_met_ms,
        speed.what_if_cold_ms,
        speed.what_if_opened_ms,
        speed.what_if_opened_first_ms,
        speed.what_if_decided_ms,
        speed.what_if_median_ms,
        speed.what_if_slowest_ms,
        speed.queue_counts_ms
    ));
}

fn print(report: &Report) {
    for size in &report.checks {
        let (width, height) = size.size_px;
        terminal::line(&format!(
            "完整检测 {width}×{height}：每 CPU 秒 {:.1} 张；仅解码 {:.1} 张（{} 张照片，检测用 {:.2} CPU 秒，{} 线程，各测 {} 次取中位数）",
            size.per_cpu_second,
            size.decode_per_cpu_second,
            size.photos,
            size.cpu_seconds,
            size.threads,
            size.repeats
        ));
    }
    terminal::line(&format!(
        "20,000 行名单：预览 {:.2} 秒，导入 {:.2} 秒",
        report.roster_preview_seconds, report.roster_commit_seconds
    ));
    terminal::line(&format!(
        "zip 中 3,000 张 50 KB 照片：保存并匹配 {:.2} 秒（匹配 {}）",
        report.intake_seconds, report.intake.matched
    ));
    terminal::line(&format!(
        "一次审核落盘：中位 {:.2} 毫秒，p95 {:.2} 毫秒",
        report.decision_median_ms, report.decision_p95_ms
    ));
    print_standard(&report.standard);
    if let Some(bytes) = report.peak_memory_bytes {
        terminal::line(&format!("内存峰值：{} MB", bytes / 1_000_000));
    }
}
