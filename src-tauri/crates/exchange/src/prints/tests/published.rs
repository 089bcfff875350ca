//! When sheets look whole, and that nothing stays of those that are not.

use std::collections::BTreeSet;

use super::*;

#[test]
fn the_last_file_has_its_name_when_the_sheets_are_published_and_what_is_dropped_is_taken_away() {
    let folder = tempfile::tempdir().unwrap();
    let jpeg = rendition(9);
    let setup = PrintSetup {
        split: PrintSplit::Class,
        ..SETUP
    };
    for classes in 1..=2 {
        let target = folder.path().join(format!("打印{classes}"));
        let items = (1..=classes).map(|class| item(class, &format!("热动{class}班"), &["1"]));
        let plan = plan(&setup, items.collect(), &[]).unwrap();
        assert_eq!(plan.volumes.len(), classes);
        let mut fonts = Fonts::of_this_machine().unwrap();
        let mut prepared = || {
            prepare(
                &plan,
                &PrintNotes::default(),
                &mut fonts,
                &target,
                &AtomicBool::new(false),
                |_| Ok(jpeg.clone()),
                |_| {},
            )
            .unwrap()
        };
        let last = plan.volumes.last().unwrap().file_name.as_str();
        let names = || {
            let entries = std::fs::read_dir(&target).unwrap();
            let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
            names.collect::<BTreeSet<_>>()
        };
        let first = prepared();
        assert_eq!(first.names()[0].name, last);
        assert!(!names().contains(last), "{:?}", names());
        assert_eq!(names().len(), plan.volumes.len());
        drop(first);
        assert!(!target.exists(), "nothing of it stays");

        let report = prepared().publish().unwrap();
        let whole = report.files.iter().map(|file| file.file_name.clone());
        assert_eq!(names(), whole.collect());
    }
}
