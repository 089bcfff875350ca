//! What this computer is like, as far as the station depends on it: disks, folders, memory, the web view, the diary's
//! files. Asks the system itself, never by starting a program. `None` where the system gives no answer.

use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};

/// Where the data of a folder lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drive {
    /// A disk of this computer.
    Local,
    /// Another computer's, over the network.
    Network,
    /// The system does not tell.
    Unknown,
}

/// Longest part of a diary file that is read: the end of it, bytes.
const DIARY_BYTES: usize = 512 << 10;
/// Most diary files that are read.
const DIARY_FILES: usize = 14;

/// Whether a file can be made in `folder`, which must exist; the file is removed again.
pub fn is_writable(folder: &Path) -> bool {
    let probe = folder.join(format!(".zhaoshen-{}.probe", std::process::id()));
    let made = OpenOptions::new().write(true).create_new(true).open(&probe);
    made.is_ok() && fs::remove_file(&probe).is_ok()
}

/// Whether other users of this computer can read `folder`; `None` where that cannot be told.
pub fn is_open_to_others(folder: &Path) -> Option<bool> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Group and others: reading the names or entering.
        const OTHERS: u32 = 0o077;
        let mode = fs::metadata(folder).ok()?.permissions().mode();
        Some(mode & OTHERS != 0)
    }
    #[cfg(not(unix))]
    {
        let _ = folder;
        None
    }
}

/// Bytes that this user may still write on the disk of `folder`.
pub fn free_bytes(folder: &Path) -> Option<u64> {
    fs4::available_space(folder).ok()
}

/// On what kind of disk `folder` lies.
pub fn drive(folder: &Path) -> Drive {
    if cfg!(windows) {
        return windows_drive(&folder.to_string_lossy());
    }
    #[cfg(target_os = "linux")]
    if let Ok(mounts) = fs::read_to_string("/proc/self/mounts") {
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        return drive_of(&mounts, &folder);
    }
    Drive::Unknown
}

/// A path that begins with `\\server` is another computer's; a drive letter may stand for one, too.
fn windows_drive(path: &str) -> Drive {
    let plain = path.strip_prefix(r"\\?\").unwrap_or(path);
    match plain.starts_with(r"\\") || plain.starts_with(r"UNC\") {
        true => Drive::Network,
        false => Drive::Unknown,
    }
}

/// The kind of the innermost mount that holds `folder`.
#[cfg_attr(
    not(target_os = "linux"),
    allow(dead_code, reason = "only Linux lists its mounts")
)]
fn drive_of(mounts: &str, folder: &Path) -> Drive {
    const NETWORK: [&str; 9] = [
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "fuse.sshfs",
        "9p",
        "afs",
        "davfs",
    ];
    let innermost = mounts
        .lines()
        .filter_map(|line| {
            let mut words = line.split(' ').skip(1);
            // The file escapes blanks and three other characters in octal.
            let place = words.next()?.replace("\\040", " ").replace("\\134", "\\");
            let kind = words.next()?;
            folder.starts_with(&place).then_some((place.len(), kind))
        })
        .max_by_key(|(length, _)| *length);
    match innermost {
        Some((_, kind)) if NETWORK.contains(&kind) => Drive::Network,
        Some(_) => Drive::Local,
        None => Drive::Unknown,
    }
}

/// Memory of this computer and how much of it is free for programs, bytes.
#[cfg(target_os = "linux")]
pub fn memory() -> Option<(u64, u64)> {
    memory_of(&fs::read_to_string("/proc/meminfo").ok()?)
}

/// Memory of this computer and how much of it is free for programs, bytes.
#[cfg(not(target_os = "linux"))]
pub fn memory() -> Option<(u64, u64)> {
    let mut system = sysinfo::System::new().ok()?;
    system.refresh_memory();
    let total = system.total_memory();
    (total > 0).then(|| (total, system.available_memory()))
}

/// What Linux tells of its memory.
#[cfg(target_os = "linux")]
fn memory_of(text: &str) -> Option<(u64, u64)> {
    let bytes = |name: &str| -> Option<u64> {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        let kibibytes: u64 = line
            .trim_start_matches(':')
            .split_whitespace()
            .next()?
            .parse()
            .ok()?;
        Some(kibibytes << 10)
    };
    Some((bytes("MemTotal")?, bytes("MemAvailable")?))
}

/// Version of the installed web view as its files are named; `None` when there is none where the system keeps it.
pub fn web_view() -> Option<String> {
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries
            .filter_map(|entry| entry.file_name().into_string().ok())
            .collect()
    };
    if cfg!(windows) {
        let bases = ["ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA"];
        let folders = bases.iter().filter_map(std::env::var_os);
        return folders
            .map(|base| PathBuf::from(base).join(r"Microsoft\EdgeWebView\Application"))
            .flat_map(|folder| names(&folder))
            .filter(|name| name.starts_with(|first: char| first.is_ascii_digit()))
            .max();
    }
    let libraries = [
        "/usr/lib/x86_64-linux-gnu",
        "/usr/lib/aarch64-linux-gnu",
        "/usr/lib64",
        "/usr/lib",
    ];
    libraries
        .iter()
        .flat_map(|folder| names(Path::new(folder)))
        .filter_map(|name| {
            name.strip_prefix("libwebkit2gtk-4.1.so.")
                .map(str::to_owned)
        })
        .max()
}

/// The ends of the diary's files in `folder`, newest last, as text; nothing when there is no such folder.
pub fn diary(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "log"))
        .collect();
    files.sort();
    let newest = files.len().saturating_sub(DIARY_FILES);
    files
        .iter()
        .skip(newest)
        .filter_map(|path| fs::read(path).ok())
        .map(|bytes| {
            let from = bytes.len().saturating_sub(DIARY_BYTES);
            String::from_utf8_lossy(bytes.get(from..).unwrap_or_default()).into_owned()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    #[test]
    fn a_folder_on_another_computer_is_told_from_a_disk() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\n\
                      srv:/data /mnt/office nfs4 rw 0 0\n\
                      //srv/x /mnt/two\\040words cifs rw 0 0\n\
                      /dev/sdb1 /mnt/office/local ext4 rw 0 0\n";
        for (folder, drive) in [
            ("/home/x", Drive::Local),
            ("/mnt/office/照审台", Drive::Network),
            ("/mnt/two words/a", Drive::Network),
            ("/mnt/office/local/a", Drive::Local),
            ("/mnt/officer", Drive::Local),
        ] {
            assert_eq!(drive_of(mounts, Path::new(folder)), drive, "{folder}");
        }
        assert_eq!(drive_of("", Path::new("/x")), Drive::Unknown);
        assert_eq!(windows_drive(r"\\server\share\工作区"), Drive::Network);
        assert_eq!(windows_drive(r"\\?\UNC\server\share"), Drive::Network);
        assert_eq!(windows_drive(r"D:\工作区"), Drive::Unknown);
    }

    #[test]
    fn the_computer_tells_its_memory_and_its_free_space() {
        let (total, free) = memory().unwrap();
        assert!(free > 0 && free <= total, "{free} of {total}");
        let folder = tempfile::tempdir().unwrap();
        assert!(free_bytes(folder.path()).unwrap() > 0);
        assert!(free_bytes(&folder.path().join("not there")).is_none());
    }

    #[test]
    fn a_probe_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        assert!(is_writable(folder.path()));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(!is_writable(&folder.path().join("not there")));
    }

    #[test]
    fn of_the_diary_the_ends_of_the_newest_files_are_read() {
        let folder = tempfile::tempdir().unwrap();
        for day in 10..30 {
            fs::write(
                folder.path().join(format!("zhaoshen.2026-11-{day}.log")),
                format!("day {day}"),
            )
            .unwrap();
        }
        fs::write(folder.path().join("other.txt"), "other").unwrap();
        fs::write(
            folder.path().join("zhaoshen.2026-12-01.log"),
            "x".repeat(DIARY_BYTES + 9),
        )
        .unwrap();
        let read = diary(folder.path());
        assert_eq!(read.len(), DIARY_FILES);
        assert_eq!(read.last().unwrap().len(), DIARY_BYTES);
        assert_eq!(read.first().unwrap(), "day 17");
        assert!(diary(&folder.path().join("none")).is_empty());
    }
}
