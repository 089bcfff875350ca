//! System packages: found by asking the package manager, installed where that is allowed.
//!
//! Only Debian and its relatives are installed for; elsewhere what is missing is named in one line.
//! Windows and macOS bring their web view along and need nothing here.

use anyhow::{Result, bail};

use crate::process::{answers, output};

/// Packages for one purpose, and how to see without a package manager that they are there.
pub(crate) struct Need {
    /// Debian's names.
    packages: &'static [&'static str],
    /// Programs that must answer.
    programs: &'static [(&'static str, &'static [&'static str])],
}

/// What compiling and running the window needs.
pub(crate) const BUILD: &Need = &Need {
    packages: &[
        "build-essential",
        "pkg-config",
        "libwebkit2gtk-4.1-dev",
        "librsvg2-dev",
        "fonts-noto-cjk",
    ],
    programs: &[
        ("cc", &["--version"]),
        ("pkg-config", &["--exists", "webkit2gtk-4.1", "librsvg-2.0"]),
    ],
};

/// What compiling without a window needs.
pub(crate) const HEADLESS: &Need = &Need {
    packages: &["build-essential"],
    programs: &[("cc", &["--version"])],
};

/// What driving the window and a browser in tests needs.
pub(crate) const WINDOW_TESTS: &Need = &Need {
    packages: &[
        "xvfb",
        "xauth",
        "webkit2gtk-driver",
        "chromium",
        "chromium-driver",
    ],
    programs: &[
        ("xvfb-run", &["--help"]),
        ("WebKitWebDriver", &["--version"]),
        ("chromium", &["--version"]),
        ("chromedriver", &["--version"]),
    ],
};

/// Sees to it that every need is met.
///
/// Fails with one line that names the packages when they cannot be installed.
pub(crate) fn install(needs: &[&Need]) -> Result<()> {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    if !answers("dpkg-query", &["--version"]) {
        return named(needs);
    }
    let missing: Vec<&str> = needs
        .iter()
        .flat_map(|need| need.packages)
        .copied()
        .filter(|package| !installed(package))
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    println!("正在安装系统软件包 / installing: {}", missing.join(" "));
    let Some(prefix) = administrator() else {
        bail!("{}", sorry(&missing));
    };
    let script = format!(
        "apt-get update -q && apt-get install -y -q --no-install-recommends {}",
        missing.join(" ")
    );
    let arguments: Vec<&str> = prefix
        .iter()
        .copied()
        .chain(["env", "DEBIAN_FRONTEND=noninteractive", "sh", "-c", &script])
        .collect();
    let Some((program, arguments)) = arguments.split_first() else {
        bail!("{}", sorry(&missing));
    };
    let status = std::process::Command::new(program)
        .args(arguments)
        .status()?;
    if !status.success() {
        bail!("{}", sorry(&missing));
    }
    Ok(())
}

/// Whether dpkg counts the package as installed.
fn installed(package: &str) -> bool {
    output("dpkg-query", &["-W", "-f=${Status}", package])
        .is_some_and(|status| status.ends_with("ok installed"))
}

/// How to become root without being asked: nothing to add, `sudo -n`, or not at all.
fn administrator() -> Option<&'static [&'static str]> {
    if output("id", &["-u"]).is_some_and(|id| id.trim() == "0") {
        return Some(&[]);
    }
    answers("sudo", &["-n", "true"]).then_some(&["sudo", "-n"])
}

/// Another distribution: what does not answer is named.
fn named(needs: &[&Need]) -> Result<()> {
    let missing: Vec<&str> = needs
        .iter()
        .filter(|need| {
            !need
                .programs
                .iter()
                .all(|(program, args)| answers(program, args))
        })
        .flat_map(|need| need.packages)
        .copied()
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        bail!("{}", sorry(&missing))
    }
}

fn sorry(missing: &[&str]) -> String {
    format!(
        "缺少系统软件包，请用管理员身份安装后重试（Debian 名称）/ please install as root and try again (Debian names): {}",
        missing.join(" ")
    )
}
