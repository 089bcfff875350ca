//! Texts of the doctor and of the package of diagnostics.

use zhaoshen_store::PhotoCheck;

/// What each finding is about, by its code.
pub(crate) fn doctor_title(code: &str) -> &'static str {
    match code {
        "fonts" => "中文字体",
        "disk" => "磁盘剩余空间",
        "workspace_folder" => "工作区文件夹",
        "temporary_folder" => "临时文件夹",
        "diary_folder" => "程序日志文件夹",
        "models" => "检测模型",
        "processor" => "处理器",
        "memory" => "内存",
        "web_view" => "界面组件（WebView）",
        "open" => "打开工作区",
        "format" => "工作区格式",
        "sealed" => "工作区加密",
        "database" => "数据库完整性",
        "log" => "操作日志的校验链",
        "photos" => "照片原件",
        "originals" => "原件内容",
        "unnamed" => "不属于任何批次的照片文件",
        "backups" => "备份",
        "unfinished" => "中断的写出",
        "permissions" => "文件夹权限",
        "drive" => "所在磁盘",
        _ => "其他",
    }
}

/// How each is mended, by its code.
pub(crate) fn doctor_remedy(code: &str) -> &'static str {
    match code {
        "format" => {
            "用窗口程序打开一次即可，升级前会自动备份；仍要用旧版程序的，请先另存一份工作区文件夹，升级后旧版打不开"
        }
        "fonts" => {
            "安装一种中文字体（如“思源黑体”“文泉驿”；Windows 自带），否则打印的照片说明会缺字"
        }
        "sealed" => {
            "磁盘已由系统加密（如 BitLocker）的可以不管；否则由保管员在批次页的“备份与加密”里加密工作区"
        }
        "disk" => "删除或移走不用的文件，腾出至少 5 GB；照片和备份都要占用空间",
        "workspace_folder" => {
            "在文件夹属性里给当前用户“修改”权限，或用 --workspace 换一个可以写入的文件夹"
        }
        "temporary_folder" => "清理系统临时文件夹，或请管理员恢复其写入权限",
        "diary_folder" => "没有它程序照常工作，但出错时缺少线索；请恢复该文件夹的写入权限",
        "models" => "程序文件已损坏，请重新安装",
        "processor" => "可以使用，但检测较慢；有条件时换用 2013 年以后的电脑（支持 AVX2）",
        "memory" => "关闭其他程序后再用；建议内存不小于 4 GB",
        "web_view" => {
            "Windows：安装“Microsoft Edge WebView2 运行时”；Linux：安装 libwebkit2gtk-4.1-0"
        }
        "database" => "停止使用，在“备份”里核对并恢复最近的备份",
        "log" => "在“日志”里查看哪一行有问题，查明是谁改动了数据库；需要时恢复备份",
        "photos" => "在“备份”里恢复最近的备份，或请学生重新提交；不要手工改动工作区里的文件",
        "originals" => {
            "这些照片文件损坏了，或被换成了别的：在“备份”里核对并恢复最近的备份，或请学生重新提交；用 zhaoshen doctor --all-photos 全部核对一遍"
        }
        "unfinished" => {
            "照每一项所写的处理，然后在“导出”页的“以往交付”或“批次”页的“备份与加密”里点“已处理”，或用 zhaoshen deliveries dismiss、zhaoshen backup dismiss"
        }
        "unnamed" => {
            "数据库可能不是最新的（例如放回了旧的副本），先在“备份”里恢复最新的备份；确认数据库就是最新的，再由保管员删除这些文件"
        }
        "backups" => "在“备份”里立即备份，并定期另存一份到 U 盘",
        "permissions" => {
            "把工作区放在只有本人能进入的文件夹，或去掉组和其他用户的权限（chmod -R go= 文件夹）"
        }
        "drive" => "把工作区移到本机磁盘：网络盘断线会损坏数据库，加锁也不可靠；备份可以放在网络盘",
        _ => "",
    }
}

/// Nothing was broken off.
pub(crate) const DOCTOR_NONE_UNFINISHED: &str = "没有";
/// A value that the system does not tell.
pub(crate) const DOCTOR_UNKNOWN: &str = "系统没有给出";
/// A folder takes files.
pub(crate) const DOCTOR_WRITABLE: &str = "可以写入";
/// A folder takes none.
pub(crate) const DOCTOR_NOT_WRITABLE: &str = "不能写入";
/// Fonts that write Chinese.
pub(crate) const DOCTOR_FONTS: &str = "有";
/// None.
pub(crate) const DOCTOR_NO_FONT: &str = "没有找到";
/// The networks can be read.
pub(crate) const DOCTOR_MODELS: &str = "完整（编译时逐个核对 SHA-256，现在重新读入成功）";
/// They cannot.
pub(crate) const DOCTOR_MODELS_BROKEN: &str = "读入失败";
/// Fast kernels.
pub(crate) const DOCTOR_FAST: &str = "支持 AVX2 和 FMA";
/// Portable kernels.
pub(crate) const DOCTOR_SLOW: &str = "不支持 AVX2 和 FMA，使用通用算法";
/// No workspace there.
pub(crate) const DOCTOR_NO_WORKSPACE: &str = "这个文件夹里还没有工作区，第一次打开程序时会建立";
/// Sealing was begun.
pub(crate) const DOCTOR_HALF_SEALED: &str =
    "正在加密，或上次加密没有做完就中断了；关闭其他照审台后重新打开程序，会接着做完或恢复原样";
/// The key of a sealed workspace, and no database.
pub(crate) const DOCTOR_DATABASE_MISSING: &str = "这是加密的工作区（有钥匙文件“钥匙”），但数据库 zhaoshen.db 不见了；不要在这里新建工作区，请用 zhaoshen backup restore 从备份恢复";
/// Sound.
pub(crate) const DOCTOR_SOUND: &str = "检查通过";
/// No backup at all.
pub(crate) const DOCTOR_NO_BACKUP: &str = "还没有备份";
/// Private.
pub(crate) const DOCTOR_PRIVATE: &str = "只有本人可以进入";
/// Not private.
pub(crate) const DOCTOR_OPEN: &str = "本机其他用户也可以读取";
/// On a disk of this computer.
pub(crate) const DOCTOR_LOCAL: &str = "本机磁盘";
/// On another's.
pub(crate) const DOCTOR_NETWORK: &str = "网络盘";

/// Free space.
pub(crate) fn doctor_free(gibibytes: f64) -> String {
    format!("剩余 {gibibytes:.1} GB")
}

/// Memory.
pub(crate) fn doctor_memory(total: f64, free: f64) -> String {
    format!("共 {total:.1} GB，可用 {free:.1} GB")
}

/// A workspace that was opened.
pub(crate) fn doctor_opened(format: u32, students: u64, photos: u64) -> String {
    format!("正常（格式 {format}，名单 {students} 人，照片 {photos} 张）")
}

/// A workspace of an earlier version.
pub(crate) fn doctor_older(found: u32, known: u32) -> String {
    format!(
        "由旧版程序建立（格式 {found}，本程序用格式 {known}），没有打开检查；下次打开程序时先备份、再自动升级"
    )
}

/// Faults of the log.
pub(crate) fn doctor_log(faults: u64) -> String {
    format!("有 {faults} 处不一致")
}

/// Originals there are.
pub(crate) fn doctor_photos(photos: u64) -> String {
    format!("{photos} 个原件都在")
}

/// Originals that were held to their SHA-256.
pub(crate) fn doctor_originals(check: PhotoCheck) -> String {
    let PhotoCheck {
        read,
        there,
        differing,
    } = check;
    let which = match read == there {
        true => format!("{read} 个原件全部核对"),
        false => format!("{there} 个原件中抽查 {read} 个"),
    };
    match differing {
        0 => format!("{which}，与收到时一致（SHA-256）"),
        _ => format!("{which}，其中 {differing} 个与收到时不一致"),
    }
}

/// Originals that are gone.
pub(crate) fn doctor_missing(missing: u64, photos: u64) -> String {
    format!("{photos} 个原件中缺少 {missing} 个")
}

/// Originals that the database does not name, and where the first of them lie.
pub(crate) fn doctor_unnamed(unnamed: u64, first: &[String]) -> String {
    let first = first.join("、");
    format!("照片库中有 {unnamed} 个照片文件不属于任何批次，销毁批次时也不会删除它们（如 {first}）")
}

/// The newest backup.
pub(crate) fn doctor_backup(at: &str, days: i64) -> String {
    match days {
        0 => format!("最近一次在 {at}"),
        _ => format!("最近一次在 {at}，{days} 天前"),
    }
}

/// Backups that cannot be looked into.
pub(crate) fn doctor_backups_unreadable(names: &[String]) -> String {
    format!(
        "有 {} 份备份已损坏、读不出来（“备份”文件夹里的 {}），不能用来恢复；其他备份和工作区不受影响。它们还在时，备份里不再需要的照片不会清理。请把这些文件夹移到别处或删除",
        names.len(),
        names.join("、")
    )
}

/// Backups of a time that is still to come.
pub(crate) fn doctor_backups_ahead(count: usize) -> String {
    format!(
        "有 {count} 份备份的时间在将来：电脑的时钟曾经调快过，或现在慢了。请核对电脑的日期；恢复时看清每份备份的日志条数"
    )
}

/// File name of the package.
pub(crate) fn diagnostics_file(date: &str, n: u32) -> String {
    match n {
        1 => format!("照审台诊断包_{date}.zip"),
        _ => format!("照审台诊断包_{date}_{n}.zip"),
    }
}
