//! Delivery profiles of the office's own, and the columns of the roster that one lets out.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use calamine::{Reader, Xlsx};
use zhaoshen_station::Station;
use zhaoshen_station::wire::{
    Code, DeliveryMode, DeliveryOptions, DeliveryPack, DeliveryPart, DeliveryShape, DeliverySplit,
    DeliveryWay, DeliveryWayRef, DeliveryWaySave, Empty, Failure, JobOutcome, RoundRef,
};
use zhaoshen_suite::example::TakenIn;
use zhaoshen_suite::new_round;

fn own(name: &str) -> DeliveryWay {
    DeliveryWay {
        name: name.to_owned(),
        purpose: "电教馆存档".to_owned(),
        mode: DeliveryMode::Roster,
        template: "{学号}-{姓名}.jpg".to_owned(),
        shape: DeliveryShape {
            split: DeliverySplit::College,
            pack: DeliveryPack::Folder,
            only_new: false,
            in_house: false,
        },
        columns: vec!["学院".to_owned(), "性别".to_owned()],
        shipped: false,
    }
}

fn save(station: &Station, was: &str, way: DeliveryWay) -> Result<Vec<DeliveryWay>, Failure> {
    let was = was.to_owned();
    station.delivery_way_save(DeliveryWaySave { was, way })
}

fn names(ways: &[DeliveryWay]) -> Vec<&str> {
    ways.iter().map(|way| way.name.as_str()).collect()
}

#[test]
fn profiles_are_made_changed_renamed_and_removed_and_survive_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (station, _) = new_round(folder.path(), "ncepu2021").unwrap();
    let shipped = station.delivery_ways(Empty {}).unwrap();
    assert_eq!(names(&shipped), ["采集码模式", "名单模式（2021）"]);
    assert!(shipped.iter().all(|way| way.shipped));
    save(&station, "", own("电教馆")).unwrap();
    save(&station, "", own("档案室")).unwrap();
    let changed = DeliveryWay {
        template: "{序号}.jpg".to_owned(),
        ..own(" 电教中心 ")
    };
    save(&station, "电教馆", changed.clone()).unwrap();
    let left = station.delivery_way_remove(DeliveryWayRef {
        name: "档案室".to_owned(),
    });
    assert_eq!(
        names(&left.unwrap()),
        ["采集码模式", "名单模式（2021）", "电教中心"]
    );
    drop(station);
    let station = Station::open(&folder.path().join("workspace")).unwrap();
    let ways = station.delivery_ways(Empty {}).unwrap();
    let kept = DeliveryWay {
        name: "电教中心".to_owned(),
        ..changed
    };
    assert_eq!(ways.last(), Some(&kept));
}

#[test]
fn what_a_profile_cannot_be_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let (station, _) = new_round(folder.path(), "ncepu2021").unwrap();
    save(&station, "", own("电教馆")).unwrap();
    let with = |change: fn(&mut DeliveryWay)| {
        let mut way = own("另一个");
        change(&mut way);
        way
    };
    let refused = [
        ("", own("电教馆"), "已有名为"),
        ("", own("采集码模式"), "已有名为"),
        ("采集码模式", own("采集码模式"), "自带"),
        ("没有的", own("没有的"), "没有名为"),
        ("", own("  "), "名称"),
        ("", own("两\n行"), "名称"),
        (
            "",
            with(|way| way.template = "{工号}.jpg".to_owned()),
            "工号",
        ),
        (
            "",
            with(|way| way.mode = DeliveryMode::CollectionCode),
            "采集码模式",
        ),
        (
            "",
            with(|way| way.columns = vec!["手机".to_owned()]),
            "手机",
        ),
        (
            "",
            with(|way| way.columns = vec!["证件号码".to_owned()]),
            "加密压缩包",
        ),
    ];
    for (was, way, word) in refused {
        let failure = save(&station, was, way).unwrap_err();
        assert!(
            failure.message.contains(word),
            "{word}: {}",
            failure.message
        );
    }
    for name in ["采集码模式", "没有的"] {
        let name = name.to_owned();
        assert!(
            station
                .delivery_way_remove(DeliveryWayRef { name })
                .is_err()
        );
    }
    assert_eq!(station.delivery_ways(Empty {}).unwrap().len(), 3);
}

fn of(round: &TakenIn, way: &DeliveryWay) -> DeliveryOptions {
    way.clone().options(round.round, DeliveryPart::default())
}

#[test]
fn a_shipped_profile_says_no_purpose_and_one_of_the_office_its_own() {
    let shipped = DeliveryWay {
        shipped: true,
        ..own("采集码")
    };
    let everybody = DeliveryPart::default;
    assert_eq!(shipped.options(1, everybody()).purpose, "");
    let of_office = own("电教馆");
    let purpose = of_office.purpose.clone();
    assert!(!purpose.is_empty());
    assert_eq!(of_office.options(1, everybody()).purpose, purpose);
}

#[test]
fn the_columns_that_were_chosen_go_along_and_no_other_and_the_choice_is_kept() {
    let round = TakenIn::of(18).unwrap();
    round.station.example_review(round.round).unwrap();
    let options = of(&round, &own("电教馆"));
    let warned = round.station.delivery_preview(options.clone()).unwrap();
    let rule = warned.warnings.concat();
    assert!(
        rule.contains("姓名、性别") && rule.contains("教学服〔2022〕10 号"),
        "{rule}"
    );
    let folder = round.folder.path().join("交付");
    let job = round.station.delivery_write_to(options, &folder).unwrap();
    round.station.job_wait(job).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook(folder.join("交付清单.xlsx")).unwrap();
    let mut header = |sheet: &str| -> Vec<String> {
        let range = book.worksheet_range(sheet).unwrap();
        let row = range.rows().next().unwrap();
        row.iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        header("交付清单")[..5],
        ["序号", "学号", "性别", "学院", "文件名"]
    );
    assert_eq!(
        header("未交付"),
        ["序号", "学号", "性别", "学院", "未交付原因"]
    );
    let told = book.worksheet_range("说明").unwrap();
    let told: String = told.rows().flatten().map(ToString::to_string).collect();
    assert!(
        told.contains("性别、学院") && told.contains("电教馆存档"),
        "{told}"
    );
    let manifest = std::fs::read(folder.join("manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(&manifest).unwrap();
    assert_eq!(manifest["columns"], serde_json::json!(["sex", "college"]));
    assert!(manifest["files"][0]["college"].is_string() && manifest["files"][0]["name"].is_null());
    let cards = round.station.delivery_list(RoundRef { round: round.round });
    assert!(cards.unwrap()[0].how.contains("学院、性别"));
}

#[test]
fn id_numbers_go_along_in_an_encrypted_archive_alone() {
    let round = TakenIn::of(18).unwrap();
    round.station.example_review(round.round).unwrap();
    let mut options = of(&round, &own("电教馆"));
    options.columns = vec!["证件号码".to_owned()];
    let preview = round.station.delivery_preview(options.clone()).unwrap();
    assert!(preview.problems.concat().contains("加密压缩包"));
    let to = |name: &str| round.folder.path().join(name);
    let job = round
        .station
        .delivery_write_to(options.clone(), &to("一"))
        .unwrap();
    assert_eq!(round.station.job_wait(job).unwrap_err().code, Code::Refused);
    assert!(!to("一").exists());
    options.shape.pack = DeliveryPack::Encrypted;
    let preview = round.station.delivery_preview(options.clone()).unwrap();
    assert_eq!(preview.problems, [""; 0]);
    assert!(preview.warnings.concat().contains("证件号码"));
    let job = round.station.delivery_write_to(options, &to("二")).unwrap();
    assert!(matches!(
        round.station.job_wait(job).unwrap(),
        JobOutcome::Delivery { .. }
    ));
}
