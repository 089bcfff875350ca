//! Every file that is not taken, with the very words that staff read: whose it is, what is wrong, what they do.

use super::nested::deflated;
use super::*;

/// What is told of a source's files that are not taken, line by line.
fn told(source: &Path, limits: &Limits) -> Vec<String> {
    let mut lines = Vec::new();
    walk(source, limits, &AtomicBool::new(false), |item| {
        if let IntakeItem::Refused(refusal) = item {
            lines.push(refusal.message_zh);
        }
    })
    .unwrap();
    lines.sort_unstable();
    lines
}

/// An archive whose first entry has this set at both its headers.
fn patched(mut archive: Vec<u8>, (local, directory): (usize, usize), byte: u8) -> Vec<u8> {
    let at = archive
        .windows(4)
        .position(|window| window == b"PK\x01\x02");
    let at = at.unwrap();
    archive[local] |= byte;
    archive[at + directory] |= byte;
    archive
}

fn one(name: &str) -> Vec<u8> {
    zipped(&[(name, jpeg(1, 4000))])
}

#[test]
fn every_file_that_is_not_taken_is_told_what_it_is_and_what_to_do() {
    let mut damaged = one("AAAA.jpg");
    damaged[2000] ^= 0xFF;
    let twice = zipped(&[("AAAA.jpg", jpeg(1, 100)), ("BBBB.jpg", jpeg(2, 100))]);
    let mut deep = one("1.jpg");
    for _ in 0..5 {
        deep = zipped(&[("a.zip", deep)]);
    }
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("01空.jpg", Vec::new()),
        ("02程序.jpg", b"MZ\x90\0\x03\0".to_vec()),
        ("03文档.jpg", b"%PDF-1.4".to_vec()),
        ("04文字.jpg", b"hello, world".to_vec()),
        ("05.rar", b"Rar!\x1A\x07\x01\0rest".to_vec()),
        ("06.7z", b"7z\xBC\xAF\x27\x1Crest".to_vec()),
        ("07.tgz", b"\x1F\x8Brest".to_vec()),
        ("08改名.jpg", one("1.jpg")),
        (
            "09上级.zip",
            renamed(one("AA/x.jpg"), b"AA/x.jpg", b"../x.jpg"),
        ),
        ("10加密.zip", patched(one("AAAA.jpg"), (6, 8), 1)),
        ("11压缩.zip", patched(one("AAAA.jpg"), (8, 10), 14)),
        ("12坏.zip", damaged),
        ("13同名.zip", renamed(twice, b"BBBB.jpg", b"AAAA.jpg")),
        ("14太深.zip", deep),
        ("15炸弹.zip", bomb(16 << 20)),
        ("16大.zip", bomb(64 << 20)),
    ];
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("照片");
    fs::create_dir(&source).unwrap();
    for (name, bytes) in &files {
        fs::write(source.join(name), bytes).unwrap();
    }
    let expected = [
        "“照片/01空.jpg”文件是空的（0字节），请重新获取原文件",
        "“照片/02程序.jpg”是程序，不是照片，请勿打开",
        "“照片/03文档.jpg”是文档，不是照片；请从文档中另存照片",
        "“照片/04文字.jpg”不是图片文件，请核对",
        "“照片/05.rar”是RAR压缩包，不能直接读取；请解压后导入文件夹，或重新压缩为zip",
        "“照片/06.7z”是7z压缩包，不能直接读取；请解压后导入文件夹，或重新压缩为zip",
        "“照片/07.tgz”是zip以外的压缩包，不能直接读取；请解压后导入文件夹，或重新压缩为zip",
        "“照片/08改名.jpg”其实是zip压缩包；请把扩展名改为.zip，或解压后再导入",
        "“照片/09上级.zip/../x.jpg”压缩包内路径不安全（含“..”或绝对路径），请解压检查后重新压缩",
        "“照片/10加密.zip/AAAA.jpg”压缩包内的文件设有密码，请取消密码后重新压缩",
        "“照片/11压缩.zip/AAAA.jpg”压缩方法不受支持，请解压后导入文件夹，或用普通zip重新压缩",
        "“照片/12坏.zip/AAAA.jpg”文件不完整或已损坏，请重新获取",
        "“照片/13同名.zip/AAAA.jpg”压缩包内有几个同名文件，不知道该用哪一个，都没有导入，请改名后重新压缩",
        "“照片/13同名.zip/AAAA.jpg”压缩包内有几个同名文件，不知道该用哪一个，都没有导入，请改名后重新压缩",
        "“照片/14太深.zip/a.zip/a.zip/a.zip/a.zip”压缩包套得太多层，没有打开；请先解压里面的压缩包再导入",
        "“照片/15炸弹.zip/AAAA.jpg”压缩比异常，可能是恶意压缩文件，已拒绝解开",
        "“照片/16大.zip/AAAA.jpg”文件过大，不像证件照，请核对后重新提交",
    ];
    assert_eq!(told(&source, &Limits::default()), expected);
}

#[test]
fn what_passes_a_bound_is_told_by_which() {
    let photos = zipped(&[
        ("1.jpg", jpeg(1, 600)),
        ("2.jpg", jpeg(2, 600)),
        ("3.jpg", jpeg(3, 600)),
    ]);
    let (_folder, path) = saved(&photos);
    let limits = Limits {
        max_total_bytes: 1300,
        ..Limits::default()
    };
    assert_eq!(
        told(&path, &limits),
        ["“照片.zip/3.jpg”照片总量超过一次导入的上限，请分批导入"]
    );

    let (_folder, path) = saved(&deflated(&[("里.zip", one("1.jpg"))]));
    let limits = Limits {
        max_held_bytes: 100,
        ..Limits::default()
    };
    assert_eq!(
        told(&path, &limits),
        ["“照片.zip/里.zip”是压缩包里的大压缩包，没有打开；请先解压这一层再导入"]
    );

    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("照片");
    fs::create_dir(&source).unwrap();
    fs::write(source.join("多.zip"), photos).unwrap();
    let limits = Limits {
        max_entries: 2,
        ..Limits::default()
    };
    assert_eq!(
        told(&source, &limits),
        ["“照片/多.zip”压缩包里的文件太多，没有打开；请分成几个压缩包导入"]
    );
}
