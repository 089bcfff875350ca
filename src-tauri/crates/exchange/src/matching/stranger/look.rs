//! Whether a text looks like the name of a person: by its surname, by what is behind it, and by not being one of the words
//! that only look so. How often that is wrong is counted in `measured.rs`.

use std::collections::HashSet;
use std::sync::LazyLock;

use zhaoshen_model::name;

/// The surnames of one character that more than nine of ten people have (公安部《二〇二〇年全国姓名报告》 and the places behind
/// its hundred), without 计, 英 and others that rather begin a word; by how many characters a name has at the least whose
/// second one is not of [`GIVEN`]. Behind most of them one more makes a word as often (高三, 国学, 武大), and a question for
/// every photo of a set is worse than a name that is not asked about.
const SURNAMES: [(usize, &str); 2] = [
    (
        2,
        "王李张刘陈杨赵吴徐孙朱郭罗梁谢宋邓冯曹彭肖董袁潘蒋蔡余杜魏吕丁沈姚卢姜崔谭廖贾邹薛阎侯孟秦邱",
    ),
    (
        3,
        "黄周马胡何林高郑唐许韩曾田于叶程苏任钟陆汪范金石夏韦付方白熊江尹闫段雷龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常\
        温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛\
        曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏\
        宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀郁胥南班储原栗燕\
        楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平洪赖邸郗逯亓阙隗揭",
    ),
];

/// Surnames of two characters.
const COMPOUND: [&str; 24] = [
    "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "长孙", "宇文",
    "夏侯", "东方", "端木", "南宫", "西门", "独孤", "轩辕", "澹台", "淳于", "申屠", "呼延", "万俟",
];

/// Characters that many are called by and that hardly end a word.
const GIVEN: &str = "\
    伟芳娜婷娟婧妍媛嫣婕妮姝娅佳嘉琪琳琦瑶璇璐瑾瑜玲珊莹莉萍蓉蕾薇芸茜菲萱艳霞雯颖倩怡慧淑鹏磊鑫淼垚森杰俊佑豪浩涛泽涵淇瀚\
    宇轩宸昊晖辉旭昕晗曦煜烨炜焱睿翔翰勇刚凯坤帆彤彬斌栋梓楠桐欣歆钰铭锋鸣馨骏麟祺祎军敏洋雨燕";

/// Words that begin like a name and are none; what goes on behind them is none either (应届生), unless it goes on with a
/// character of [`GIVEN`] (夏天 and 夏天宇).
const NO_NAMES: &str = "\
    高清 高分 高校 高等 高级 高中 高职 高压 高考 白色 白底 白边 白背景 黄色 蓝色 蓝底 蓝背景 金色 金融 金工 金专 金属 \
    金相 方形 方案 方向 方正 石油 石化 石材 马院 马列 马理论 马克思 程序 程控 安全 安装 安徽 安卓 安检 江苏 江西 江南 \
    江北 海南 海报 海外 海洋 海关 平面 平台 平板 平时 国际 国家 国贸 国防 国企 国外 国内 应届 应用 应化 应数 应统 车辆 \
    车间 单人 单独 单张 单位 单反 边框 边缘 常规 常用 常温 左侧 左右 左边 时间 时装 时光 时代 申请 申报 古代 古典 古建 \
    明天 明日 明年 明显 焦点 党员 党建 党史 党校 全部 全身 全国 全文 全彩 全景 全脸 全套 原始 原版 原图 原文 原照 原件 \
    原色 原来 成教 成人 成绩 成品 成片 成功 成套 成像 管理 管科 管工 文学 文件 文科 文档 文本 文化 文字 文传 文法 文史 \
    史学 史地 武术 武汉 温控 温馨 关于 关闭 顾问 毛坯 毛概 米白 支付 支持 支部 支行 和平 和谐 向上 向左 向右 包装 包含 \
    包头 纪检 纪念 章程 任务 任课 任意 任教 余额 余下 田径 夏季 夏令营 夏天 季度 季节 章节 宁夏 宁波 南京 南方 南昌 \
    南宁 南校 南区 班长 班级 班委 班会 班群 权限 权益 强化 强度 项目 连续 连接 简历 简化 简约 简体 简单 简介 商务 商学 \
    商科 商管 商标 花名册 花卉 农学 农林 农业 农村 农院 农艺 农经 司法 司机 师范 师傅 师生 师兄 师姐 师弟 师妹 解压 \
    解剖 解决 解析 游戏 游泳 连云港 路径 路桥 封面 封底 谈话 封装 查重 查看 查收 查询 位置 区域 区块链 满意 满分 盘点 \
    盛装 祖国 景观 景区 麻醉 麻烦 储存 储能 储运 席位 费用 冷暖 冷色 全栈 宗教 宗旨 皮肤 皮革 巴士 巴西 练习 房产 房建 \
    华东 华北 华南 华中 华为 华侨 童装 毕设 毕业 艾滋 易班 曲目 曲线 万能 万一 万达 万方 郑州 温州 苏州 常州 柳州 兰州 \
    贺州 郑重 钟表 段落 雷达 龙湖 石家庄 齐全 齐整 尚未 尚可 何时 何人 许可 严格 严重 严肃 曾用名 施工 汤圆 游客 丰富 \
    井下 井冈山 乐器 乐队 冀州 燕山 楚雄 劳动 劳务 劳保 麦克风 蒙古 蒙语 牛津 林学 林业 林院 林科 孔径 黎语 苗族 满族 \
    白族 白衬 白衣 白裙 蓝衬 蓝衣 蓝白 戴眼镜 戴帽 戴口罩 戴耳 毛衣 卫衣 全白 全蓝 全黑 全新 全非 高像 高画 高质量 高糊 \
    原相机 原大小 原本 单面 单色 迟交 迟到 付款 付费 盖章 班主 班干 海马体 古文 农科 康复 成考 毕结业 秦皇岛 平顶山 \
    海军";

/// Words that are none only where they stand alone: behind them a name may go on with any character (刘海 and 刘海洋).
const NO_NAMES_ALONE: &str = "\
    刘海 齐刘海 沈阳 宋体 余姚 余杭 张掖 张家口 张家界 徐州 罗马 朱红 梁山 吕梁 彭州 邓州 蔡甸 杜绝 丁克 黄种人 连衣裙 \
    燕尾服 马尾辫 党支部 景德镇 麦当劳 马鞍山 南理工 陆军";

/// Characters that end what is no name: kinds of pictures, of places and of groups.
const ENDS_NO_NAME: [char; 23] = [
    '照', '片', '图', '版', '底', '院', '系', '班', '级', '届', '省', '市', '县', '区', '校', '组',
    '号', '码', '件', '像', '寸', '稿', '色',
];

static LISTED: LazyLock<HashSet<&str>> = LazyLock::new(|| NO_NAMES.split(' ').collect());
static LISTED_ALONE: LazyLock<HashSet<&str>> =
    LazyLock::new(|| NO_NAMES_ALONE.split(' ').collect());

/// Longest part of a name with dots, and fewest characters of all its parts.
const DOTTED: (usize, usize) = (8, 3);

/// Whether a text in the form of [`name::fold`] looks like the name of a person.
pub(super) fn looks_like_a_name(folded: &str) -> bool {
    match folded.contains(name::NAME_DOT) {
        true => is_dotted_name(folded),
        false => has_the_look(folded) && !is_word(folded),
    }
}

/// Parts joined by the dot of names; they may end like a word (巴图), and what follows them is split off before.
fn is_dotted_name(folded: &str) -> bool {
    let lengths = || {
        let parts = folded.split(name::NAME_DOT);
        parts.map(|part| part.chars().count())
    };
    !folded.ends_with('照')
        && folded
            .chars()
            .all(|c| name::is_han(c) || c == name::NAME_DOT)
        && lengths().all(|length| (1..=DOTTED.0).contains(&length))
        && lengths().sum::<usize>() >= DOTTED.1
}

/// Whether a text without dots has a surname, and behind it as much as a name has.
fn has_the_look(folded: &str) -> bool {
    if !folded.chars().all(name::is_han) || folded.ends_with(ENDS_NO_NAME) {
        return false;
    }
    let length = folded.chars().count();
    if COMPOUND.iter().any(|surname| folded.starts_with(surname)) {
        return (3..=4).contains(&length);
    }
    let of_surname = SURNAMES
        .iter()
        .find(|(_, surnames)| folded.starts_with(|c| surnames.contains(c)));
    of_surname.is_some_and(|(least, _)| match length {
        2 => *least == 2 || folded.ends_with(is_given),
        length => length == 3,
    })
}

/// Whether a text that has the look is one of the words that stand in file names, or goes on from one.
fn is_word(folded: &str) -> bool {
    let begun = folded.char_indices().map(|(at, _)| folded.split_at(at));
    let goes_on = |(word, rest): (&str, &str)| LISTED.contains(word) && !rest.chars().all(is_given);
    is_listed(folded) || begun.skip(1).any(goes_on)
}

/// Whether a text is one of those words.
pub(super) fn is_listed(folded: &str) -> bool {
    LISTED.contains(folded) || LISTED_ALONE.contains(folded)
}

fn is_given(c: char) -> bool {
    GIVEN.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_the_words_of_file_names() {
        let names = "孙欣怡 王伟 卫宇轩 欧阳娜 欧阳娜娜 司马懿 阿依努尔·买买提 孙欣 路人甲 刘海涛 刘海洋 周一帆 郑大伟 \
            许可佳 夏天宇 高清辉 党建军 周杰 黄磊 洪宇轩 阎宇轩";
        for name in names.split(' ') {
            assert!(looks_like_a_name(name), "{name}");
        }
        let words = "蓝底 蓝底照 高清 高清版 高清大 白底版 金融 金融学 应届生 马院 石油系 江苏省 文学 成教院 单人照 方形版 \
            成功 王 欧阳 王小明同学 张san 一 · 甲· 党员 原图 车辆 项目 白衬衫 戴眼镜 刘海 齐刘海 高像素 原相机 迟交 周一 \
            海马体 武大 全非 成考 高三 卓越 强基 国学 黄山 沈阳 张家口 夏天照";
        for word in words.split(' ').chain([""]) {
            assert!(!looks_like_a_name(word), "{word}");
        }
    }

    #[test]
    fn every_listed_word_would_be_held_for_a_name() {
        for word in NO_NAMES_ALONE.split(' ') {
            assert!(has_the_look(word), "{word} is no name anyway");
        }
        for word in NO_NAMES.split(' ') {
            let goes_on = has_the_look(&format!("{word}之"));
            assert!(has_the_look(word) || goes_on, "{word} is no name anyway");
        }
        let all = || NO_NAMES.split(' ').chain(NO_NAMES_ALONE.split(' '));
        for word in all() {
            let shorter = |other: &&str| {
                let rest = word.strip_prefix(other);
                rest.is_some_and(|rest| !rest.is_empty() && !rest.chars().all(is_given))
            };
            assert_eq!(
                NO_NAMES.split(' ').find(shorter),
                None,
                "{word} is told by it"
            );
            assert_eq!(all().filter(|other| *other == word).count(), 1, "{word}");
        }
    }

    #[test]
    fn every_surname_and_every_character_stands_once() {
        for table in [
            SURNAMES.map(|(_, surnames)| surnames).concat(),
            GIVEN.to_owned(),
        ] {
            for c in table.chars() {
                assert_eq!(table.matches(c).count(), 1, "{c}");
            }
        }
    }
}
