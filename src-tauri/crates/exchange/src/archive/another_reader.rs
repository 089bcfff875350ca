//! Archives as a reader opens them that shares no line with the writer: PKWARE's APPNOTE 4.3 and WinZip's AE-1 and AE-2,
//! followed field by field.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::fs;

use aes::Aes256;
use aes::cipher::{BlockCipherEncrypt as _, KeyInit as _};
use hmac::{Hmac, Mac as _};
use sha1::Sha1;

use super::*;

const PASSPHRASE: &str = "vz8f9-khyfh-四海";

/// An entry as the directory tells of it, and its bytes as they stand in the archive.
struct Entry {
    name: String,
    /// Bit 0: encrypted; bit 11: the name is UTF-8.
    flags: u16,
    method: u16,
    crc: u32,
    size: usize,
    /// Extra fields of the directory.
    extra: Vec<u8>,
    stored: Vec<u8>,
}

fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes(bytes[at..at + 2].try_into().unwrap())
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap())
}

fn entries(bytes: &[u8]) -> Vec<Entry> {
    let end = bytes.len() - 22;
    assert_eq!(u32_at(bytes, end), 0x0605_4b50, "end of the directory");
    let mut at = u32_at(bytes, end + 16) as usize;
    let mut found = Vec::new();
    for _ in 0..u16_at(bytes, end + 10) {
        assert_eq!(u32_at(bytes, at), 0x0201_4b50, "an entry of the directory");
        let [name, extra, comment] =
            [28, 30, 32].map(|field| usize::from(u16_at(bytes, at + field)));
        let name_at = at + 46;
        let length = u32_at(bytes, at + 20) as usize;
        let local = u32_at(bytes, at + 42) as usize;
        assert_eq!(u32_at(bytes, local), 0x0403_4b50, "an entry");
        let local_name = usize::from(u16_at(bytes, local + 26));
        let data = local + 30 + local_name + usize::from(u16_at(bytes, local + 28));
        let written = &bytes[name_at..name_at + name];
        assert_eq!(&bytes[local + 30..local + 30 + local_name], written);
        found.push(Entry {
            name: String::from_utf8(written.to_vec()).unwrap(),
            flags: u16_at(bytes, at + 8),
            method: u16_at(bytes, at + 10),
            crc: u32_at(bytes, at + 16),
            size: u32_at(bytes, at + 24) as usize,
            extra: bytes[name_at + name..name_at + name + extra].to_vec(),
            stored: bytes[data..data + length].to_vec(),
        });
        at = name_at + name + extra + comment;
    }
    found
}

fn hmac(key: &[u8], parts: &[&[u8]]) -> [u8; 20] {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).unwrap();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// PBKDF2 of RFC 8018 with HMAC-SHA-1, 1000 times.
fn derived(passphrase: &str, salt: &[u8], length: usize) -> Vec<u8> {
    let mut key = Vec::new();
    for block in 1_u32.. {
        if key.len() >= length {
            break;
        }
        let mut last = hmac(passphrase.as_bytes(), &[salt, &block.to_be_bytes()]);
        let mut sum = last;
        for _ in 1..1000 {
            last = hmac(passphrase.as_bytes(), &[&last]);
            sum.iter_mut()
                .zip(last)
                .for_each(|(sum, byte)| *sum ^= byte);
        }
        key.extend(sum);
    }
    key.truncate(length);
    key
}

/// What an AES-256 entry holds; `None` under another passphrase.
fn opened(entry: &Entry, passphrase: &str) -> Option<Vec<u8>> {
    let (salt, rest) = entry.stored.split_at(16);
    let (check, rest) = rest.split_at(2);
    let (cipher_text, code) = rest.split_at(rest.len() - 10);
    let keys = derived(passphrase, salt, 66);
    if keys[64..] != *check {
        return None;
    }
    assert_eq!(&hmac(&keys[32..64], &[cipher_text])[..10], code, "whole");
    let cipher = Aes256::new_from_slice(&keys[..32]).unwrap();
    let mut plain = cipher_text.to_vec();
    for (counter, block) in (1_u128..).zip(plain.chunks_mut(16)) {
        let mut pad = counter.to_le_bytes().into();
        cipher.encrypt_block(&mut pad);
        block
            .iter_mut()
            .zip(pad)
            .for_each(|(byte, pad)| *byte ^= pad);
    }
    Some(plain)
}

fn written(passphrase: Option<&str>, files: &[(&str, &[u8])]) -> Vec<Entry> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("照片.zip");
    let mut archive = NewArchive::create(&path, passphrase).unwrap();
    for (name, bytes) in files {
        archive.put(name, bytes).unwrap();
    }
    archive.finish().unwrap();
    entries(&fs::read(&path).unwrap())
}

const FILES: [(&str, &[u8]); 3] = [
    ("经济学院/张三-2021001.jpg", &[0x5A; 1000]),
    ("䶮𬱖.jpg", b"sixteen bytes ok"),
    ("空.txt", b""),
];

#[test]
fn an_encrypted_archive_opens_by_the_letter_of_winzip_with_names_in_utf_8() {
    let entries = written(Some(PASSPHRASE), &FILES);
    assert_eq!(entries.len(), FILES.len());
    for (entry, (name, bytes)) in entries.iter().zip(FILES) {
        assert_eq!((entry.name.as_str(), entry.size), (name, bytes.len()));
        assert_eq!(entry.flags & 0x801, 0x801, "encrypted, and UTF-8: {name}");
        // Of fewer than twenty bytes a CRC would tell too much: AE-2 leaves it out.
        let version = if bytes.len() < 20 { 2 } else { 1 };
        assert_eq!(entry.crc == 0, version == 2, "{name}");
        // Method 99; field 0x9901 of seven bytes: version, vendor AE, strength 3 (256 bits), stored.
        let extra = [1, 0x99, 7, 0, version, 0, b'A', b'E', 3, 0, 0];
        assert_eq!(
            (entry.method, entry.extra.as_slice()),
            (99, &extra[..]),
            "{name}"
        );
        assert_eq!(opened(entry, PASSPHRASE).unwrap(), bytes, "{name}");
        assert_eq!(opened(entry, "vz8f9-khyfh-四河"), None);
    }
}

#[test]
fn an_open_archive_is_stored_with_names_in_utf_8() {
    for (entry, (name, bytes)) in written(None, &FILES).iter().zip(FILES) {
        assert_eq!(
            (entry.name.as_str(), entry.stored.as_slice()),
            (name, bytes)
        );
        assert_eq!((entry.flags & 0x801, entry.method), (0x800, 0), "{name}");
    }
}
