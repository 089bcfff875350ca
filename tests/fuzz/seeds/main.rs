//! Writes what the targets begin with: one small file of each format, made here. `seeds FOLDER` fills FOLDER/<target>.

mod tables;

use std::error::Error;
use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;

use jiff::civil::{Date, date};
use zhaoshen_checks::profile_file;
use zhaoshen_exchange::collected::read_collected_bytes;
use zhaoshen_exchange::index::read_index;
use zhaoshen_exchange::payments::read_payments_bytes;
use zhaoshen_exchange::phones::read_phones_bytes;
use zhaoshen_exchange::receipts::read_receipts_bytes;
use zhaoshen_exchange::roster::{RosterLimits, read_roster_bytes};
use zhaoshen_exchange::round_archive::RoundArchive;
use zhaoshen_portrait::{
    ExifTags, JpegOptions, Portrait, encode_jpeg, encode_png, paint, with_exif,
};
use zhaoshen_vision::nets::ModelFiles;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use tables::in_every_format;

type Made<T> = Result<T, Box<dyn Error>>;

const TODAY: Date = date(2026, 11, 29);
const ROSTER: [[&str; 4]; 3] = [
    ["学号", "姓名", "证件号码", "学院"],
    ["2021000001", "测试甲", "11010119900307002X", "一院"],
    ["2021000002", "测试乙", "", "二院"],
];
const RECEIPTS: [[&str; 4]; 2] = [
    ["学号", "姓名", "上传结果", "失败原因"],
    ["2021000001", "测试甲", "失败", "背景不符"],
];
const INDEX: [[&str; 4]; 2] = [
    ["序号", "文件名", "学号", "姓名"],
    ["1", "IMG_0001.jpg", "2021000001", "测试甲"],
];
const COLLECTED: [[&str; 4]; 2] = [
    ["序号", "学号", "姓名", "备注"],
    ["1", "2021000001", "测试甲", "已有学历照片"],
];
const PHONES: [[&str; 4]; 2] = [
    ["学号", "姓名", "手机号", "班级"],
    ["2021000001", "测试甲", "13900000000", "一班"],
];
const LABELS: &str = "file,glasses,group\nIMG_0001.jpg,1,甲\nIMG_0002.jpg,,乙\n";
const PUPILS: &str = "IMG_0001.jpg,2,100.5,200,160,201.5\n";
const PAYMENTS: [[&str; 4]; 2] = [
    ["交易时间", "交易对方", "金额(元)", "备注"],
    ["2026-11-03 09:10:11", "家长", "20.00", "2021000001 测试甲"],
];

fn main() -> Made<()> {
    let folder = std::env::args_os().nth(1).ok_or("no folder")?;
    let folder = Path::new(&folder);
    // A seed that its reader refuses would lead nowhere.
    for (name, bytes) in in_every_format(&ROSTER)? {
        read_roster_bytes(&bytes, name, &RosterLimits::default(), TODAY)?;
        put(folder, "roster", name, &bytes)?;
    }
    for (name, bytes) in in_every_format(&RECEIPTS)? {
        read_receipts_bytes(&bytes, name, None)?;
        put(folder, "tables", &format!("receipts-{name}"), &bytes)?;
    }
    for (name, bytes) in in_every_format(&PAYMENTS)? {
        read_payments_bytes(&bytes, name)?;
        put(folder, "tables", &format!("payments-{name}"), &bytes)?;
    }
    for (name, bytes) in in_every_format(&INDEX)? {
        read_index(&bytes, name)?.ok_or("no index")?;
        put(folder, "tables", &format!("index-{name}"), &bytes)?;
    }
    for (name, bytes) in in_every_format(&COLLECTED)? {
        read_collected_bytes(&bytes, name)?;
        put(folder, "tables", &format!("collected-{name}"), &bytes)?;
    }
    for (name, bytes) in in_every_format(&PHONES)? {
        read_phones_bytes(&bytes, name)?;
        put(folder, "tables", &format!("phones-{name}"), &bytes)?;
    }
    texts(folder)?;
    let photos = photos()?;
    for (name, bytes) in &photos {
        put(folder, "photo", name, bytes)?;
    }
    let inner = zipped(&photos)?;
    put(folder, "intake", "photos", &inner)?;
    put(
        folder,
        "intake",
        "nested",
        &zipped(&[("内.zip", inner.clone())])?,
    )?;
    archives(folder)?;
    let nets = ModelFiles::EMBEDDED;
    for (which, bytes) in [nets.detector, nets.mesh, nets.mask]
        .into_iter()
        .enumerate()
    {
        let mut seed = vec![u8::try_from(which)?];
        seed.extend_from_slice(bytes);
        put(folder, "networks", &which.to_string(), &seed)?;
    }
    Ok(())
}

fn put(folder: &Path, target: &str, name: &str, bytes: &[u8]) -> Made<()> {
    let folder = folder.join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(format!("seed-{name}")), bytes)?;
    Ok(())
}

fn texts(folder: &Path) -> Made<()> {
    for (name, _) in profile_file::list() {
        let text = profile_file::builtin_text(&name).ok_or("no text")?;
        put(folder, "texts", &name, text.as_bytes())?;
    }
    put(folder, "texts", "labels", LABELS.as_bytes())?;
    put(folder, "texts", "pupils", PUPILS.as_bytes())
}

fn photos() -> Made<Vec<(&'static str, Vec<u8>)>> {
    let picture = paint(&Portrait::person(1).scaled(0.2));
    let jpeg = encode_jpeg(&picture, &JpegOptions::default())?;
    let tagged = with_exif(&jpeg, &ExifTags::default());
    Ok(vec![
        ("2021000001.jpg", jpeg),
        ("2021000002.jpg", tagged),
        ("2021000003.png", encode_png(&picture)?),
    ])
}

fn zipped(files: &[(&str, Vec<u8>)]) -> Made<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(*name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

fn archives(folder: &Path) -> Made<()> {
    let folder = folder.join("archive");
    fs::create_dir_all(&folder)?;
    for (name, passphrase) in [("seed-plain", None), ("seed-locked", Some("a passphrase"))] {
        let path = folder.join(name);
        if path.exists() {
            fs::remove_file(&path)?;
        }
        let mut archive = RoundArchive::create(&path, passphrase, "read me")?;
        archive.put("名单.csv", b"2021000001")?;
        archive.finish()?;
    }
    // One seed's list of sums would be another seed.
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "sha256") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
