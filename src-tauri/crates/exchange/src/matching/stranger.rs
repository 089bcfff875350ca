//! Names of persons who are on no roster: 2023300002-孙欣怡 where nobody is called 孙欣怡.
//!
//! The number says one thing and the name another, and which of them is wrong a person says. There is no list of all names,
//! so a piece that stands by itself is held for one by its look: a surname and one or two characters, or parts joined by the
//! dot of names. What only looks so is told apart by the words that stand in file names, and by the roster's own colleges,
//! majors and classes, whole or shortened (金工 for 金融工程).

use zhaoshen_model::name;

use super::text::Words;

/// The surnames of one character that more than nine of ten people have (公安部《二〇二〇年全国姓名报告》 and the places behind
/// its hundred), without 计, 英 and others that rather begin a word.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭\
    陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易\
    乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴\
    蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边\
    卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘\
    满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平";

/// Those behind which one character alone makes a name: behind the others it makes a word as often (高三, 国学, 武大), and
/// a question for every photo of a set is worse than a name of two characters that is not asked about.
const SURNAMES_OF_SHORT_NAMES: &str = "王李张刘陈杨赵吴徐孙朱郭罗梁谢宋邓冯曹彭肖董袁潘蒋蔡余杜魏吕丁沈姚卢姜崔谭廖贾邹薛阎\
    侯孟秦邱";

/// Surnames of two characters.
const COMPOUND: [&str; 24] = [
    "欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "长孙", "宇文",
    "夏侯", "东方", "端木", "南宫", "西门", "独孤", "轩辕", "澹台", "淳于", "申屠", "呼延", "万俟",
];

/// Words that begin like a name and are none; what goes on behind them is none either (应届生).
const NO_NAMES: &str = "\
    高清 高分 高校 高等 高级 高中 高职 高压 高考 白色 白底 白边 白背景 黄色 蓝色 蓝底 蓝背景 金色 金融 金工 \
    金专 金属 金相 方形 方案 方向 方正 石油 石化 石材 马院 马列 马理论 马克思 程序 程控 安全 安装 安徽 安卓 \
    安检 江苏 江西 江南 江北 海南 海报 海外 海洋 海关 平面 平台 平板 平时 国际 国家 国贸 国防 国企 国外 \
    国内 应届 应用 应化 应数 应统 车辆 车间 单人 单独 单张 单位 单反 边框 边缘 常规 常用 常温 左侧 左右 \
    左边 时间 时装 时光 时代 申请 申报 古代 古典 古建 明天 明日 明年 明显 焦点 党员 党建 党史 党校 全部 \
    全身 全国 全文 全彩 全景 全脸 全套 原始 原版 原图 原文 原照 原件 原色 原来 成教 成人 成绩 成品 成片 \
    成功 成套 成像 管理 管科 管工 文学 文件 文科 文档 文本 文化 文字 文传 文法 文史 史学 史地 武术 武汉 \
    温控 温馨 关于 关闭 顾问 毛坯 毛概 米白 支付 支持 支部 支行 和平 和谐 向上 向左 向右 包装 包含 包头 \
    纪检 纪念 章程 任务 任课 任意 任教 余额 余下 田径 夏季 夏令营 夏天 季度 季节 章节 宁夏 宁波 南京 南方 \
    南昌 南宁 南校 南区 班长 班级 班委 班主任 班会 班群 权限 权益 强化 强度 项目 连续 连接 简历 简化 简约 \
    简体 简单 简介 商务 商学 商科 商管 商标 花名册 花卉 农学 农林 农业 农村 农院 农艺 农经 司法 司机 师范 \
    师傅 师生 师兄 师姐 师弟 师妹 解压 解剖 解决 解析 游戏 游泳 连云港 路径 路桥 封面 封底 谈话 封装 查重 \
    查看 查收 查询 位置 区域 区块链 满意 满分 盘点 盛装 祖国 景观 景区 麻醉 麻烦 储存 储能 储运 席位 费用 \
    冷暖 冷色 全栈 宗教 宗旨 皮肤 皮革 巴士 巴西 练习 房产 房建 华东 华北 华南 华中 华为 华侨 童装 毕设 \
    毕业 艾滋 易班 曲目 曲线 万能 万一 万达 万方 郑州 温州 苏州 常州 柳州 兰州 贺州 郑重 钟表 段落 雷达 \
    龙湖 石家庄 齐全 齐整 尚未 尚可 何时 何人 许可 严格 严重 严肃 曾用名 施工 汤圆 游客 丰富 井下 井冈山 乐器 \
    乐队 冀州 燕山 楚雄 劳动 劳务 劳保 麦克风 蒙古 蒙语 牛津 林学 林业 林院 林科 孔径 黎语 苗族 满族 白族 白衬 白衣 \
    白裙 蓝衬 蓝衣 蓝白 戴眼镜 戴帽 戴口罩 戴耳 毛衣 卫衣 全白 全蓝 全黑 全新 全非 高像 高画 高质量 高糊 \
    原相机 原大小 原尺寸 原本 单面 单色 迟交 迟到 付款 付费 盖章 班主 班干 海马体 古文 农科 康复 成考 毕结业 秦皇岛 \
    平顶山";

/// Words that are none only where they stand alone: behind them a name may go on (刘海 and 刘海涛, 周一 and 周一帆).
const NO_NAMES_ALONE: &str = "\
    刘海 齐刘海 周一 周二 周三 周四 周五 周六 周日 武大 武理 武科 华电 华科 华师 华农 华理 南航 南理 南大 南农 \
    南师 南林 南邮 石大 吉大 郑大 兰大 贵大 海大 文秘 石雕 商英 应电 应物 应心 沈阳 桂林 吉林 甘肃 宋体 余姚 余杭 张掖 \
    张家口 张家界 徐州 罗马 朱红 肖像 梁山 吕梁 彭州 邓州 蔡甸 杜绝 丁克 黄种人 连衣裙 燕尾服 马尾辫 党支部 景德镇 麦当劳";

/// Characters that end what is no name: kinds of pictures, of places and of groups.
const ENDS_NO_NAME: [char; 23] = [
    '照', '片', '图', '版', '底', '院', '系', '班', '级', '届', '省', '市', '县', '区', '校', '组',
    '号', '码', '件', '像', '寸', '稿', '色',
];

/// Words of whoever is named beside the student without being on the photo.
const OF_OTHERS: [&str; 11] = [
    "导师",
    "老师",
    "教师",
    "辅导员",
    "班主任",
    "班长",
    "教授",
    "收集",
    "采集员",
    "摄影",
    "拍摄",
];

/// Whether the file's name says that somebody else is named there on purpose.
pub(super) fn names_others(stem: &str) -> bool {
    OF_OTHERS.iter().any(|word| stem.contains(word))
}

/// What may stand behind a name.
const SEXES: [char; 2] = ['男', '女'];

/// Whether a text in the form of [`name::fold`] looks like the name of a person.
fn looks_like_a_name(folded: &str) -> bool {
    let is_of_name = |c: char| name::is_han(c) || c == '\u{b7}';
    let is_word = NO_NAMES.split(' ').any(|word| folded.starts_with(word))
        || NO_NAMES_ALONE.split(' ').any(|word| folded == word);
    if is_word || !folded.chars().all(is_of_name) {
        return false;
    }
    let parts: Vec<usize> = folded
        .split('\u{b7}')
        .map(|part| part.chars().count())
        .collect();
    if parts.len() > 1 {
        return parts.iter().all(|part| (1..=8).contains(part)) && parts.iter().sum::<usize>() >= 3;
    }
    if folded.ends_with(ENDS_NO_NAME) {
        return false;
    }
    let surname_of = |length: usize| match COMPOUND.iter().any(|name| folded.starts_with(name)) {
        true => (3..=4).contains(&length),
        false if length == 2 => folded.starts_with(|c| SURNAMES_OF_SHORT_NAMES.contains(c)),
        false => length == 3 && folded.starts_with(|c| SURNAMES.contains(c)),
    };
    surname_of(folded.chars().count())
}

/// Longest text that is looked through, characters.
const LONGEST: usize = 40;

/// The name of a person in a run of han characters that is no name of the roster: the run itself, or what is left between
/// words at its ends (孙欣怡证件照).
pub(super) fn name_in(folded: &str, words: &Words) -> Option<String> {
    let characters: Vec<char> = folded.chars().collect();
    let length = characters.len();
    if length > LONGEST {
        return None;
    }
    let slice = |from: usize, to: usize| characters.iter().take(to).skip(from).collect::<String>();
    let is_word = |from: usize, to: usize| to - from > 1 && words.knows(&slice(from, to));
    let mut starts = vec![0];
    for end in 2..length {
        if starts
            .iter()
            .any(|start| *start < end && is_word(*start, end))
        {
            starts.push(end);
        }
    }
    let mut ends = vec![length];
    if characters.last().is_some_and(|last| SEXES.contains(last)) {
        ends.push(length - 1);
    }
    for start in (1..length.saturating_sub(1)).rev() {
        if ends.iter().any(|end| start < *end && is_word(start, *end)) {
            ends.push(start);
        }
    }
    let pairs = (starts.iter()).flat_map(|start| ends.iter().map(move |end| (*start, *end)));
    let holds_word = |from: usize, to: usize| {
        (from..to).any(|start| (start + 2..=to).any(|end| is_word(start, end)))
    };
    pairs
        .filter(|(start, end)| start + 2 <= *end && !holds_word(*start, *end))
        .map(|(start, end)| slice(start, end))
        .find(|text| looks_like_a_name(text) && !words.shorten(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_the_words_of_file_names() {
        for name in [
            "孙欣怡",
            "王伟",
            "卫宇轩",
            "欧阳娜",
            "欧阳娜娜",
            "司马懿",
            "阿依努尔·买买提",
            "孙欣",
            "路人甲",
            "刘海涛",
            "周一帆",
            "郑大伟",
        ] {
            assert!(looks_like_a_name(name), "{name}");
        }
        for word in [
            "蓝底",
            "蓝底照",
            "高清",
            "高清版",
            "白底版",
            "金融",
            "金融学",
            "应届生",
            "马院",
            "石油系",
            "江苏省",
            "文学",
            "成教院",
            "单人照",
            "方形版",
            "成功",
            "王",
            "欧阳",
            "王小明同学",
            "张san",
            "一",
            "",
            "·",
            "甲·",
            "党员",
            "原图",
            "车辆",
            "项目",
            "白衬衫",
            "戴眼镜",
            "刘海",
            "齐刘海",
            "高像素",
            "原相机",
            "迟交",
            "周一",
            "海马体",
            "武大",
            "全非",
            "成考",
            "高三",
            "卓越",
            "强基",
            "国学",
            "黄山",
            "沈阳",
            "张家口",
        ] {
            assert!(!looks_like_a_name(word), "{word}");
        }
    }
}
