//! The vault: same bytes once, damage told, torn files mended.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod desk;

use std::fs;
use std::path::PathBuf;

use desk::{Desk, at};
use sha2::{Digest, Sha256};
use zhaoshen_model::PhotoHash;
use zhaoshen_model::matching::Matching;
use zhaoshen_store::{DerivedKind, Error, IntakeRecord};

fn place(desk: &Desk, hash: PhotoHash) -> PathBuf {
    let text = hash.to_string();
    let (shard, name) = text.split_at(2);
    desk.path().join("photos").join(shard).join(name)
}

fn files(desk: &Desk) -> usize {
    fs::read_dir(desk.path().join("photos"))
        .unwrap()
        .map(|shard| fs::read_dir(shard.unwrap().path()).unwrap().count())
        .sum()
}

#[test]
fn the_same_bytes_are_kept_once_under_their_hash() {
    let desk = Desk::new();
    let hash = desk.store.put_photo(b"abc").unwrap();
    // FIPS 180-4, the standard's own example.
    let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(hash.to_string(), known);
    assert_eq!(desk.store.put_photo(b"abc").unwrap(), hash);
    assert_eq!(desk.store.read_photo(hash).unwrap(), b"abc");
    assert_eq!(desk.store.photo_size(hash).unwrap(), 3);
    assert_eq!(files(&desk), 1);
}

#[test]
fn a_batch_comes_back_in_order_with_its_repeats() {
    let desk = Desk::new();
    let photos: Vec<Vec<u8>> = (0..60_u8).map(|n| vec![n % 40; 1_000]).collect();
    let hashes = desk.store.put_photos(&photos).unwrap();
    for (hash, photo) in hashes.iter().zip(&photos) {
        assert_eq!(&desk.store.read_photo(*hash).unwrap(), photo);
    }
    assert_eq!(hashes.len(), 60);
    assert_eq!(hashes[0], hashes[40]);
    assert_eq!(files(&desk), 40);
    let left = fs::read_dir(desk.path().join("incoming")).unwrap().count();
    assert_eq!(left, 0, "nothing half-written is left");
    assert_eq!(desk.store.put_photos::<Vec<u8>>(&[]).unwrap(), []);
}

#[test]
fn a_damaged_original_is_told_and_mended_by_the_same_bytes() {
    let desk = Desk::new();
    let hash = desk.store.put_photo(b"a photo").unwrap();
    for damage in [&b"a phot0"[..], b"", b"a photo and more"] {
        fs::write(place(&desk, hash), damage).unwrap();
        let told = desk.store.read_photo(hash).unwrap_err();
        assert!(
            matches!(told, Error::PhotoDamaged { hash: which } if which == hash),
            "{told:?}"
        );
        desk.store.put_photo(b"a photo").unwrap();
        assert_eq!(desk.store.read_photo(hash).unwrap(), b"a photo");
    }
    fs::remove_file(place(&desk, hash)).unwrap();
    let told = desk.store.read_photo(hash).unwrap_err();
    assert!(matches!(told, Error::PhotoMissing { .. }), "{told:?}");
}

#[test]
fn no_row_names_a_photo_the_vault_lacks() {
    let desk = Desk::new();
    let record = |photo| IntakeRecord {
        photo,
        matching: Matching::Unknown,
        file_name: "x.jpg".to_owned(),
        source: "x.jpg".to_owned(),
    };
    let there = desk.store.put_photo(b"there").unwrap();
    let batch = [record(there), record(PhotoHash([7; 32]))];
    let refused = desk
        .store
        .record_intake(desk.round, &batch, "王", at(1))
        .unwrap_err();
    assert!(matches!(refused, Error::PhotoMissing { .. }), "{refused:?}");
    assert_eq!(desk.store.submissions(desk.round).unwrap(), []);
}

#[test]
fn a_derived_file_is_whole_or_absent() {
    let desk = Desk::new();
    let hash = desk.store.put_photo(b"a photo").unwrap();
    let recipe = |recipe| DerivedKind::Rendition { recipe };
    let kinds = [
        DerivedKind::Preview,
        DerivedKind::Thumb,
        recipe(1),
        recipe(2),
    ];
    for (kind, bytes) in kinds
        .into_iter()
        .zip([&b"preview"[..], b"thumb", b"one", b""])
    {
        assert_eq!(desk.store.read_derived(hash, kind).unwrap(), None);
        desk.store.put_derived(hash, kind, b"older").unwrap();
        desk.store.put_derived(hash, kind, bytes).unwrap();
        assert_eq!(
            desk.store.read_derived(hash, kind).unwrap().as_deref(),
            Some(bytes)
        );
    }
    let text = hash.to_string();
    let (shard, name) = text.split_at(2);
    let path = desk.path().join("derived/preview").join(shard).join(name);
    let whole = fs::read(&path).unwrap();
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        assert_eq!(
            desk.store.read_derived(hash, DerivedKind::Preview).unwrap(),
            None
        );
    }
}

#[test]
fn a_derived_file_in_the_place_of_another_is_absent() {
    let desk = Desk::new();
    let photos = [b"one", b"two"].map(|photo| desk.store.put_photo(photo).unwrap());
    let finished = DerivedKind::Rendition { recipe: 7 };
    let path = |folder: &str, of: usize, ending: &str| {
        let text = photos[of].to_string();
        let (shard, name) = text.split_at(2);
        let folder = desk.path().join("derived").join(folder).join(shard);
        folder.join(format!("{name}{ending}"))
    };
    for (photo, bytes) in photos.iter().zip([&b"a face"[..], b"another"]) {
        desk.store.put_derived(*photo, finished, bytes).unwrap();
        desk.store
            .put_derived(*photo, DerivedKind::Thumb, bytes)
            .unwrap();
        desk.store
            .put_derived(*photo, DerivedKind::Preview, bytes)
            .unwrap();
    }
    let ending = "-0000000000000007";
    let first = path("rendition", 0, ending);
    let own = fs::read(&first).unwrap();
    fs::copy(path("rendition", 1, ending), &first).unwrap();
    assert_eq!(desk.store.read_derived(photos[0], finished).unwrap(), None);
    // Another kind of the same photo, another recipe, and one by an earlier version.
    fs::copy(path("thumb", 0, ""), path("preview", 0, "")).unwrap();
    let preview = desk.store.read_derived(photos[0], DerivedKind::Preview);
    assert_eq!(preview.unwrap(), None);
    let other = path("rendition", 0, "-0000000000000008");
    fs::write(&other, &own).unwrap();
    let other = DerivedKind::Rendition { recipe: 8 };
    assert_eq!(desk.store.read_derived(photos[0], other).unwrap(), None);
    let earlier = [&Sha256::digest(b"a face")[..], b"a face"].concat();
    fs::write(&first, earlier).unwrap();
    assert_eq!(desk.store.read_derived(photos[0], finished).unwrap(), None);
}

#[test]
fn what_was_being_written_when_the_power_went_is_cleared() {
    let desk = Desk::new();
    let leftover = desk.path().join("incoming/17");
    fs::write(&leftover, b"half a pho").unwrap();
    let desk = desk.reopen();
    assert!(!leftover.exists());
    desk.store.put_photo(b"a photo").unwrap();
}
