//! System packages: found by asking the package manager, installed where that is allowed.
//!
//! Only Debian and its relatives are installed for; elsewhere, and where this user may not install,
//! what is missing is named in one line. Windows and macOS bring their web view along and need
//! nothing here.

use anyhow::{Result, bail};

use crate::process::{answers, output};

/// A program and arguments with which it answers with status 0.
type Question = (&'static str, &'static [&'static str]);

/// A package, and what shows that it is not needed because its program came some other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Package {
    /// Debian's name.
    name: &'static str,
    /// Any of these that answers stands in for the package.
    programs: &'static [Question],
}

const fn package(name: &'static str, programs: &'static [Question]) -> Package {
    Package { name, programs }
}

/// What compiling and running the window needs.
pub(crate) const BUILD: &[Package] = &[
    HEADLESS[0],
    HEADLESS[1],
    package("pkg-config", &[("pkg-config", &["--version"])]),
    package(
        "libwebkit2gtk-4.1-dev",
        &[("pkg-config", &["--exists", "webkit2gtk-4.1"])],
    ),
    package(
        "librsvg2-dev",
        &[("pkg-config", &["--exists", "librsvg-2.0"])],
    ),
    package(
        "fonts-noto-cjk",
        &[("sh", &["-c", "fc-list :lang=zh-cn | grep -q ."])],
    ),
];

/// What compiling without a window needs.
pub(crate) const HEADLESS: &[Package] = &[
    package("build-essential", &[("cc", &["--version"])]),
    // OpenSSL, for the ciphers of SQLCipher, is configured by it; `perl-base` alone has not all of it.
    package("perl", &[("perl", &["-MIPC::Cmd", "-MFindBin", "-e", "1"])]),
];

/// What driving the window and a browser in tests needs.
pub(crate) const WINDOW_TESTS: &[Package] = &[
    package("xvfb", &[("Xvfb", &["-help"])]),
    package("xauth", &[("xauth", &["-V"])]),
    package("webkit2gtk-driver", &[("WebKitWebDriver", &["--version"])]),
    package("chromium", &[("chromium", &["--version"])]),
    // Ubuntu has no such package: its driver is part of the chromium snap.
    package(
        "chromium-driver",
        &[
            ("chromedriver", &["--version"]),
            ("chromium.chromedriver", &["--version"]),
        ],
    ),
    // A keychain of its own for the test of what the system's keychain keeps.
    package("dbus", &[("dbus-daemon", &["--version"])]),
    package("gnome-keyring", &[("gnome-keyring-daemon", &["--version"])]),
];

/// The programs of others that open what was written, in tests.
pub(crate) const READERS: &[Package] = &[
    package("libreoffice-calc-nogui", &[("soffice", &["--version"])]),
    package("p7zip-full", &[("7z", &["i"])]),
    package("libimage-exiftool-perl", &[("exiftool", &["-ver"])]),
    package("poppler-utils", &[("pdftoppm", &["-v"])]),
];

/// Sees to it that every need is met.
///
/// Fails with one line that names the packages when they cannot be installed.
pub(crate) fn install(needs: &[&[Package]]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing = missing(needs);
    if missing.is_empty() {
        return Ok(());
    }
    let prefix = administrator().filter(|_| answers("apt-get", &["--version"]));
    let Some(prefix) = prefix else {
        bail!("{}", sorry(&missing));
    };
    println!("正在安装系统软件包 / installing: {}", missing.join(" "));
    if !as_root(prefix, "apt-get update -q") {
        bail!("{}", sorry(&missing));
    }
    let unknown: Vec<&str> = missing
        .iter()
        .copied()
        .filter(|name| !answers("apt-cache", &["show", name]))
        .collect();
    if !unknown.is_empty() {
        bail!("{}", unavailable(&unknown));
    }
    let script = format!(
        "apt-get install -y -q --no-install-recommends {}",
        missing.join(" ")
    );
    if !as_root(prefix, &script) {
        bail!("{}", sorry(&missing));
    }
    Ok(())
}

/// Names of the packages that are neither installed nor stood in for.
fn missing(needs: &[&[Package]]) -> Vec<&'static str> {
    let mut missing: Vec<&str> = Vec::new();
    for package in needs.iter().copied().flatten() {
        let there = installed(package.name)
            || package
                .programs
                .iter()
                .any(|(program, args)| answers(program, args));
        if !there && !missing.contains(&package.name) {
            missing.push(package.name);
        }
    }
    missing
}

/// Whether dpkg, where there is one, counts the package as installed.
fn installed(name: &str) -> bool {
    output("dpkg-query", &["-W", "-f=${Status}", name])
        .is_some_and(|status| status.ends_with("ok installed"))
}

/// How to become root without being asked: nothing to add, `sudo -n`, or not at all.
fn administrator() -> Option<&'static [&'static str]> {
    if output("id", &["-u"]).is_some_and(|id| id.trim() == "0") {
        return Some(&[]);
    }
    answers("sudo", &["-n", "true"]).then_some(&["sudo", "-n"])
}

/// Runs a line of shell as root, showing what it prints; whether it ended well.
fn as_root(prefix: &[&str], script: &str) -> bool {
    let words: Vec<&str> = prefix
        .iter()
        .copied()
        .chain(["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", script])
        .collect();
    let Some((program, arguments)) = words.split_first() else {
        return false;
    };
    let status = std::process::Command::new(program).args(arguments).status();
    status.is_ok_and(|status| status.success())
}

fn sorry(missing: &[&str]) -> String {
    format!(
        "缺少系统软件包，请用管理员身份安装后重试（Debian 名称）/ please install as root and try again (Debian names): {}",
        missing.join(" ")
    )
}

/// The package lists do not know some of the packages.
fn unavailable(unknown: &[&str]) -> String {
    format!(
        "此系统的软件源里没有这些软件包，请另行安装后重试（Ubuntu 上浏览器用 snap install chromium）/ not in this system's package lists, please install them another way and try again (browser on Ubuntu: snap install chromium): {}",
        unknown.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::{HEADLESS, Package, missing, package, sorry, unavailable};

    const NONE: Package = package("no-such-package-anywhere", &[("no-such-program", &[])]);
    const STOOD_IN: Package = package(
        "neither-this-one",
        &[("no-such-program", &[]), ("cargo", &["--version"])],
    );

    #[test]
    fn a_program_that_answers_stands_in_for_its_package() {
        assert_eq!(missing(&[&[STOOD_IN]]), Vec::<&str>::new());
        assert_eq!(
            missing(&[&[NONE, STOOD_IN], &[NONE]]),
            ["no-such-package-anywhere"]
        );
        assert!(missing(&[HEADLESS]).is_empty(), "this test was compiled");
    }

    #[test]
    fn what_is_missing_is_named_in_one_line() {
        for line in [sorry(&["xvfb", "xauth"]), unavailable(&["xvfb", "xauth"])] {
            assert!(
                line.ends_with("xvfb xauth") && !line.contains('\n'),
                "{line}"
            );
        }
    }
}
