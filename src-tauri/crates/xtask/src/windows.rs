//! `cargo xtask check-windows`: the programs as Windows gets them, compiled here, and the terminal's run where wine is.
//!
//! Compiled by rustup's target where it is installed. Where that cannot be had, the variable [`COMPILER`] names a rustc
//! that has the sources of std, and std is built along. Under wine the example batch is walked in a folder with a Chinese
//! name; this system's own program then opens the workspace that was made there and has to deliver the same bytes.
//!
//! Not here: the window, whose WebView2 wine has not, and the installer. Both are Windows' own to show.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail, ensure};

use crate::place::Place;
use crate::process::{Run, answers, output};
use crate::screens;

/// What is compiled for.
const TARGET: &str = "x86_64-pc-windows-gnu";
/// Names a rustc with the sources of std, for where rustup's target cannot be had.
const COMPILER: &str = "ZHAOSHEN_WINDOWS_RUSTC";
/// The C compilers that serve, the one with POSIX threads first.
const LINKERS: [&str; 2] = ["x86_64-w64-mingw32-gcc-posix", "x86_64-w64-mingw32-gcc"];
/// What wine is called, and where Debian's package without the launcher has it.
const WINES: [&str; 3] = ["wine64", "wine", "/usr/lib/wine/wine64"];
/// Early wines lack the one function that std draws random numbers by.
const RANDOM: &str = "\
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) { return RtlGenRandom(data, (ULONG)length); }
";
/// Folder of the example, with what trips programs that take paths for ASCII.
const EXAMPLE: &str = "示例 目录";

/// Compiles both programs, and runs the terminal's where wine is.
pub(crate) fn check(place: &Place) -> Result<bool> {
    let linker = linker()?;
    let std = Std::find(place)?;
    screens::install(place)?;
    screens::build(place)?;
    let target = place.target.join("windows");
    compile(place, &std, linker, &target)?;
    let built = target.join(TARGET).join("debug");
    for name in ["zhaoshen.exe", "zhaoshen-desktop.exe"] {
        ensure!(built.join(name).is_file(), "{name} was not built");
    }
    let Some(wine) = WINES.iter().find(|wine| answers(wine, &["--version"])) else {
        println!(
            "已编译，没有运行：没有 wine（Debian：apt install wine64） / compiled, not run: no wine"
        );
        return Ok(true);
    };
    let run = UnderWine::lay_out(wine, linker, &built, &target.join("wine"))?;
    run.walk(place)?;
    println!("Windows：编译和运行均正常 / compiled, and the terminal's program walks its example");
    Ok(true)
}

fn linker() -> Result<&'static str> {
    let found = LINKERS.iter().find(|name| answers(name, &["--version"]));
    found.copied().context(
        "没有 MinGW-w64（Debian：apt install gcc-mingw-w64-x86-64-posix） / MinGW-w64 is missing",
    )
}

/// Where the standard library for Windows comes from.
#[derive(Debug, PartialEq, Eq)]
enum Std {
    /// Of rustup's target.
    Installed,
    /// Built along by this rustc.
    Built(PathBuf),
}

impl Std {
    fn find(place: &Place) -> Result<Self> {
        if let Some(rustc) = std::env::var_os(COMPILER).filter(|rustc| !rustc.is_empty()) {
            return Ok(Self::Built(place.root.join(rustc)));
        }
        let libraries = output("rustc", &["--print", "target-libdir", "--target", TARGET]);
        if libraries.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
            return Ok(Self::Installed);
        }
        bail!(
            "没有目标 {TARGET}：rustup target add {TARGET}；装不了时，用 {COMPILER} 指定带标准库源码的 rustc\
             （Debian：rustc-web、libstd-rust-web-dev、rust-web-src） / the target is missing"
        )
    }
}

fn compile(place: &Place, std: &Std, linker: &str, target: &Path) -> Result<()> {
    let mut run = Run::cargo(place, &["build", "--target", TARGET])
        .args(["--package", "zhaoshen-cli", "--package", "zhaoshen-desktop"])
        .args(["--features", "zhaoshen-desktop/custom-protocol"])
        .args(["--target-dir".as_ref(), target.as_os_str()])
        // Nobody debugs these; with the lines of the sources they take twice the disk.
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("CARGO_INCREMENTAL", "0")
        .env("CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER", linker)
        .env("CC_x86_64_pc_windows_gnu", linker);
    if let Std::Built(rustc) = std {
        run = run
            .args(["-Zbuild-std=std,panic_abort"])
            .env("RUSTC", rustc)
            .env("RUSTC_BOOTSTRAP", "1");
        if let Some(libraries) = libraries_of(rustc) {
            run = run.env("LD_LIBRARY_PATH", libraries);
        }
    }
    run.done()
}

/// Where a rustc that was unpacked and not installed has its own libraries: the system would not look there.
fn libraries_of(rustc: &Path) -> Option<PathBuf> {
    let base = rustc.parent()?.parent()?.join("lib");
    let folders = fs::read_dir(&base)
        .ok()?
        .flatten()
        .map(|entry| entry.path());
    let holds = |folder: &Path| {
        let names = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.any(|name| name.starts_with("librustc_driver"))
    };
    std::iter::once(base.clone())
        .chain(folders)
        .find(|folder| holds(folder))
}

/// The terminal's program in a folder of its own, with a Windows of its own.
struct UnderWine {
    wine: &'static str,
    folder: PathBuf,
}

impl UnderWine {
    fn lay_out(wine: &'static str, linker: &str, built: &Path, folder: &Path) -> Result<Self> {
        // What an earlier run left, but for its Windows, which takes long to make.
        for old in [EXAMPLE, "恢复", "本机"] {
            let old = folder.join(old);
            if old.exists() {
                fs::remove_dir_all(old)?;
            }
        }
        fs::create_dir_all(folder)?;
        fs::copy(built.join("zhaoshen.exe"), folder.join("zhaoshen.exe"))?;
        let run = Self {
            wine,
            folder: folder.to_owned(),
        };
        if run.program(&["--version"]).done().is_err() {
            fs::write(folder.join("random.c"), RANDOM)?;
            Run::new(linker, folder)
                .args(["-shared", "-o", "bcryptprimitives.dll", "random.c"])
                .args(["-ladvapi32"])
                .done()?;
            run.program(&["--version"]).done()?;
        }
        Ok(run)
    }

    fn program(&self, arguments: &[&str]) -> Run {
        Run::new(self.wine, &self.folder)
            .args(["zhaoshen.exe"])
            .args(arguments)
            .env("WINEPREFIX", self.folder.join("prefix"))
            .env("WINEDEBUG", "-all")
            .env("WINEDLLOVERRIDES", "mscoree,mshtml=")
    }

    /// The example from roster to delivery, its log, a backup and what is restored of it.
    fn walk(&self, place: &Place) -> Result<()> {
        let workspace = format!("{EXAMPLE}/工作区");
        let inside = ["--workspace", workspace.as_str()];
        self.program(&["demo", EXAMPLE]).done()?;
        for words in [
            &["audit", "verify"][..],
            &["backup", "now"],
            &["backup", "verify"],
            &["backup", "restore", "恢复"],
        ] {
            self.program(&[&inside, words].concat()).done()?;
        }
        // This system's own program on the workspace that was made there.
        Run::cargo(place, &["build", "--package", "zhaoshen-cli"]).done()?;
        let own = |words: &[&str]| {
            Run::new(place.program("debug", "zhaoshen"), &self.folder)
                .args([&inside, words].concat())
        };
        own(&["audit", "verify"]).done()?;
        // It ends with 1, for the students of the example who are left without a photo; a failure ends with 2.
        let code = own(&["export", "本机", "--mode", "roster"]).code()?;
        ensure!(
            matches!(code, Some(0 | 1)),
            "the workspace is not delivered from: {code:?}"
        );
        let (there, here) = (
            self.folder.join(EXAMPLE).join("交付"),
            self.folder.join("本机"),
        );
        let photos = same_photos(&there, &here)?;
        println!("{photos} 张成品两边逐字节相同 / photos delivered alike, byte for byte");
        Ok(())
    }
}

/// How many photos both folders hold, all of them alike.
fn same_photos(one: &Path, other: &Path) -> Result<usize> {
    let photos = |folder: &Path| -> Result<Vec<(String, Vec<u8>)>> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            if path.extension().is_some_and(|ending| ending == "jpg") {
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                found.push((name.into_owned(), fs::read(&path)?));
            }
        }
        found.sort();
        Ok(found)
    };
    let (one, other) = (photos(one)?, photos(other)?);
    ensure!(!one.is_empty(), "nothing was delivered");
    let names = |photos: &[(String, Vec<u8>)]| -> Vec<String> {
        photos.iter().map(|(name, _)| name.clone()).collect()
    };
    ensure!(names(&one) == names(&other), "other photos were delivered");
    let differing = one.iter().zip(&other).find(|(one, other)| one != other);
    if let Some(((name, _), _)) = differing {
        bail!("{name} was delivered with other bytes");
    }
    Ok(one.len())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;

    /// A folder of its own below the build folder; this crate depends on next to nothing.
    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        folder
    }

    #[test]
    fn photos_that_differ_or_are_missing_are_noticed() {
        let base = folder("check-windows-photos");
        let (one, other) = (base.join("一"), base.join("二"));
        for folder in [&one, &other] {
            fs::create_dir_all(folder).unwrap();
        }
        assert!(same_photos(&one, &other).is_err());
        fs::write(one.join("甲.jpg"), b"a").unwrap();
        assert!(same_photos(&one, &other).is_err());
        fs::write(other.join("甲.jpg"), b"b").unwrap();
        assert!(same_photos(&one, &other).is_err());
        fs::write(other.join("甲.jpg"), b"a").unwrap();
        fs::write(other.join("清单.xlsx"), b"x").unwrap();
        assert_eq!(same_photos(&one, &other).unwrap(), 1);
        fs::remove_dir_all(base).unwrap();
    }

    #[test]
    fn libraries_of_an_unpacked_compiler_are_found_where_distributions_put_them() {
        let base = folder("check-windows-rustc");
        let rustc = base.join("usr/bin/rustc");
        let deep = base.join("usr/lib/x86_64-linux-gnu");
        fs::create_dir_all(&deep).unwrap();
        assert_eq!(libraries_of(&rustc), None);
        fs::write(deep.join("librustc_driver-1.so"), b"").unwrap();
        assert_eq!(libraries_of(&rustc), Some(deep));
        fs::remove_dir_all(base).unwrap();
    }
}
