//! How often names are told from words: words that stand in the names of students' photos without being names, and names
//! made up of surnames and of characters that many are called by. Neither table is made of what the rule has in its own.
#![allow(clippy::unwrap_used)]

use super::super::tests::matcher;

/// Words that are nobody's name: pictures, versions, courtesies, places, studies, days, devices, clothes.
const WORDS: &str = "\
    照片 相片 证件照 电子照 电子照片 证件照片 标准照 登记照 报名照 学籍照 学生证照 毕业照 学位照 学历照 采集照 图像 图像采集 头像 大头照 半身照 \
    生活照 一寸 一寸照 二寸 二寸照 两寸 小二寸 小一寸 大一寸 三寸 寸照 彩照 彩色 黑白 单人照 本人照 个人照 自拍 自拍照 合影 正面 正面照 侧面 \
    免冠 免冠照 近照 近期照 蓝底 蓝底照 白底 白底照 红底 红底照 灰底 浅蓝 浅蓝底 深蓝 天蓝 淡蓝 蓝色 白色 红色 灰色 蓝背景 白背景 蓝色背景 白色背景 \
    渐变 渐变蓝 纯色 纯白 纯蓝 底色 换底 换背景 背景 边框 白边 黑边 无边 留白 最终 最终版 终版 终稿 定稿 初稿 初版 新版 旧版 新的 旧的 最新 \
    最新版 更新 更新版 修改 修改版 修改后 修改前 改后 改过 已改 已修 精修 精修版 精修图 未修 未修图 原图 原片 原版 原件 原始 原照 原相机 美颜 无美颜 \
    修图 修过 压缩 压缩版 压缩后 未压缩 裁剪 裁剪后 裁切 缩小 放大 高清 高清版 高清图 高清照 高像素 高质量 超清 清晰 清晰版 标清 低清 大图 小图 \
    横版 竖版 方形 方版 正方形 长方形 排版 打印版 冲印 冲印版 扫描 扫描件 翻拍 截图 截屏 屏幕截图 副本 复制 复件 备份 备用 备选 第一张 第二张 第三张 \
    第一版 第二版 第一次 第二次 二次提交 重交 重传 重新提交 重新上传 重拍 补交 补传 补拍 迟交 已交 未交 提交 上传 下载 导出 保存 另存 图片 图像文件 \
    文件 附件 材料 资料 压缩包 文件夹 新建文件夹 未命名 无标题 未标题 测试 样例 样张 示例 模板 合格 不合格 合格版 通过 未通过 审核 审核通过 退回 \
    老师好 您好 你好 谢谢 谢谢老师 辛苦了 麻烦了 请查收 请审核 请老师查收 请用这张 用这张 这张 这个 以此为准 以这张为准 不要用 作废 可用 \
    本科 本科生 专科 专科生 硕士 硕士生 博士 博士生 博一 博二 博三 研一 研二 研三 大一 大二 大三 大四 高三 学硕 专硕 学博 专博 直博 硕博 硕博连读 \
    全日制 非全日制 非全 在职 定向 推免 保研 统考 全职 脱产 应届 应届生 往届 往届生 留学生 研究生 硕士研究生 博士研究生 新生 老生 毕业 毕业生 \
    结业 肄业 延期 延毕 春季 秋季 夏季 上半年 下半年 第一批 第二批 第三批 一班 二班 三班 四班 五班 一组 二组 甲班 乙班 英才班 强基 卓越 卓越班 \
    金融 金融学 金融专硕 金工 会计 会计学 会计专硕 审计 工商 工商管理 管理学 管科 管理 经管 经济 经济学 国贸 国际贸易 法学 法硕 文学 文史 史学 历史 \
    中文 英语 英专 日语 俄语 德语 翻译 翻硕 新闻 新传 教育 教育学 心理 应心 体育 音乐 美术 设计 艺术 舞蹈 数学 应数 统计 应统 物理 应物 化学 应化 \
    化工 生物 生科 生工 环境 环工 材料学 机械 机电 车辆 车辆工程 动力 能动 能源 电气 电子 电信 电院 通信 通信工程 信工 信管 信息 计科 计院 软工 \
    软件 网安 网络 人工智能 智能 大数据 自动化 控制 测控 仪器 土木 建筑 建学 城规 规划 水利 水电 水工 测绘 地质 地信 采矿 安全 安工 石油 油气 冶金 \
    纺织 服装 食品 轻工 农学 园艺 园林 林学 动科 动医 兽医 植保 医学 临床 口腔 护理 药学 药剂 中医 公卫 公管 行管 社工 马院 马理论 马克思 思政 党史 \
    哲学 外语 外院 文院 商院 法院 理院 工院 管院 经院 数院 物院 化院 农院 林院 医院 航院 航天 航海 航空 交通 交运 物流 旅游 酒店 海洋 海事 \
    北京 上海 天津 重庆 广州 深圳 武汉 南京 杭州 苏州 成都 西安 郑州 长沙 合肥 济南 青岛 大连 沈阳 长春 哈尔滨 太原 石家庄 兰州 西宁 银川 昆明 贵阳 \
    南宁 南昌 福州 厦门 海口 三亚 宁波 温州 徐州 常州 无锡 扬州 桂林 吉林 江苏 浙江 安徽 山东 河南 河北 湖北 湖南 江西 广东 广西 四川 云南 贵州 甘肃 \
    宁夏 内蒙古 张家口 秦皇岛 马鞍山 黄山 北大 清华 武大 华科 华师 华电 华农 南大 南航 南理工 吉大 兰大 郑大 川大 中大 厦大 同济 复旦 交大 \
    周一 周二 周三 周日 星期一 一月 二月 九月 十月 今天 昨天 明天 上午 下午 中午 晚上 早上 元旦 国庆 暑假 寒假 开学 期末 本周 上周 今年 去年 \
    微信 微信图片 微信截图 企业微信 扣扣 钉钉 邮箱 邮件 手机 手机拍摄 手机照 苹果 华为 小米 相机 单反 相机拍摄 摄像头 扫描全能王 美图 美图秀秀 醒图 \
    证照之星 智能证件照 最美证件照 海马体 照相馆 图文店 电脑 平板 安卓 党员 团员 群众 班长 班委 团支书 汉族 回族 满族 苗族 藏族 白族 男 女 男生 女生 \
    白衬衫 黑西装 西装 正装 毛衣 卫衣 短发 长发 刘海 齐刘海 无刘海 露耳 露眉 戴眼镜 不戴眼镜 无眼镜 眼镜 戴帽 淡妆 素颜 微笑 学号 姓名 专业 学院 \
    身份证 身份证号 考生号 手机号 电话 联系方式 户口 校区 东校区 南校区 北校区 本部 分校 校本部 宿舍 寝室 实验室 课题组 项目组 教务处 研究生院 研院 \
    学校 系统 平台 学信网 图像校对 学籍 学历 毕业证 学位证 注册 注册照 报名 报到 入学 录取 复试 调剂 入学照 录取照 高考照 高考 考研 考研照 四六级 教资";

/// What is written behind such a word.
const BEHIND_WORDS: [&str; 7] = ["照", "版", "图", "照片", "的", "用", "原图"];

/// Surnames of one character.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔\
    谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛阎段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文施洪";

/// Given names.
const GIVEN: &str = "\
    欣怡 宇轩 雨桐 子涵 浩然 梓萱 诗琪 思远 晓峰 志强 建国 丽娟 海燕 文静 国栋 嘉欣 俊杰 佳琪 明哲 春梅 天宇 雪莹 永康 玉兰 若曦 一鸣 泽宇 \
    安琪 金凤 立新";

/// Given names of one character.
const SHORT_GIVEN: &str = "伟 莉 娜 敏 静 强 磊 洋 艳 勇 杰 娟 涛 明 超 霞 刚 鑫 颖 琳";

/// Surnames of two characters.
const COMPOUND: &str = "欧阳 上官 司马 诸葛 皇甫 尉迟 慕容 令狐 司徒 夏侯 东方 南宫";

/// Names of other peoples.
const DOTTED: &str = "\
    阿依古丽·买买提 古丽·艾合买提 买买提·吐尔逊 热依汗·阿不都 艾力·艾山 迪丽·木合塔尔 木拉提·哈斯木 叶尔兰·努尔 巴合提·别克 古丽娜尔·赛买提 \
    扎西·多吉 阿卜杜拉·尤努斯 玛依拉·沙迪克 库尔班·依明 帕提古丽·阿布都 吾买尔·肉孜 赛里克·达吾提 麦麦提·图尔荪 祖丽菲娅·艾尼 阿迪力·玉素甫";

/// Names that begin like a word that stands in file names.
const LIKE_WORDS: &str = "\
    许可佳 许可欣 许可馨 夏天宇 夏天琪 夏天佑 高清源 高清华 高等富 高原 高原红 方正伟 方正阳 方向明 方向东 党建国 党建军 党建华 文学军 文学斌 \
    史学军 史学东 林学斌 林学军 武汉杰 武汉生 江南雨 江南燕 江海涛 班长青 宁波涛 宁夏雨 万达明 万方圆 丰富强 汤圆圆 和平安 和平 路桥生 简单明 \
    成功伟 成人杰 成功 时光宇 明天昊 明日辉 安全福 郑重阳 郑州杰 苏州雨 石化军 金融辉 金相玉 向上飞 顾问天 雷达明 白色洁 项目辉 刘海涛 刘海洋 刘海燕 \
    周一帆 周一鸣 周日新 马列军 全国华 满意欣 常用杰 平时佳 白云飞 任意佳 任意涵 毕业成 楚雄飞 国防军 南方莹 华东升 华为民 文科峰 文化强 温馨怡 温馨雨 \
    强化民 盛装 马克思 单位民 司机 程序明 程控 海洋洋 海南星 农学勤";

/// What stands around a name.
const AROUND_NAMES: [(&str, &str); 13] = [
    ("", "的照片"),
    ("", "照片"),
    ("", "的证件照"),
    ("", "照"),
    ("", "蓝底"),
    ("", "高清"),
    ("", "电子版"),
    ("", "同学"),
    ("", "本人"),
    ("照片", ""),
    ("我是", ""),
    ("姓名", ""),
    ("这是", "的电子照片"),
];

/// Those of `texts` of which somebody else is told, or nobody, than should be.
fn wrong(texts: impl IntoIterator<Item = (String, Option<String>)>) -> Vec<String> {
    let matcher = matcher();
    let is_wrong = |(text, name): &(String, Option<String>)| {
        matcher.stranger_told(&format!("2021001001-{text}.jpg")) != *name
    };
    let wrong = texts.into_iter().filter(is_wrong);
    wrong.map(|(text, _)| text).collect()
}

/// Holds the words and the names of a table to what was counted of it: as they are, and each with one of `around` around it.
fn hold(names: &[String], is_name: bool, around: &[(&str, &str)], counted: [usize; 2]) {
    let name = |name: &String| is_name.then(|| name.clone());
    let plain = wrong(names.iter().map(|text| (text.clone(), name(text))));
    let within = names.iter().zip(around.iter().cycle());
    let within = wrong(
        within.map(|(text, (before, behind))| (format!("{before}{text}{behind}"), name(text))),
    );
    assert!(plain.len() <= counted[0], "{} {plain:?}", plain.len());
    assert!(within.len() <= counted[1], "{} {within:?}", within.len());
}

/// `each` of the given names behind every surname, going through them in turn.
fn made(surnames: &str, given: &str, each: usize) -> Vec<String> {
    let mut given = given.split_whitespace().cycle();
    let surnames = surnames.split_whitespace();
    surnames
        .flat_map(|surname| std::iter::repeat_n(surname, each))
        .map(|surname| format!("{surname}{}", given.next().unwrap()))
        .collect()
}

fn listed(words: &str) -> Vec<String> {
    words.split_whitespace().map(str::to_owned).collect()
}

/// Counted: none of 694 words is taken for a name, neither alone nor with something behind it.
#[test]
fn words_are_hardly_taken_for_names() {
    let words = listed(WORDS);
    assert!(words.len() >= 300, "{}", words.len());
    let around = BEHIND_WORDS.map(|behind| ("", behind));
    hold(&words, false, &around, [0, 0]);
}

/// Counted, alone and with words around them: of 432 names of three characters, of 60 and 24 with a surname of two, and of 20
/// with dots, none is missed. Of 324 of two characters 36 are, behind surnames that make words as often, with a character
/// that ends words (高超, 林明). Of 92 that begin like a word of file names 45 are, chosen to be hard (党建国, 万方圆).
#[test]
fn names_are_hardly_taken_for_words() {
    let surnames: String = SURNAMES
        .chars()
        .flat_map(|surname| [surname, ' '])
        .collect();
    let around = &AROUND_NAMES[..];
    let three = made(&surnames, GIVEN, 4);
    assert!(three.len() >= 300, "{}", three.len());
    hold(&three, true, around, [0, 0]);
    hold(&made(&surnames, SHORT_GIVEN, 3), true, around, [36, 36]);
    hold(&made(COMPOUND, GIVEN, 5), true, around, [0, 0]);
    hold(&made(COMPOUND, SHORT_GIVEN, 2), true, around, [0, 0]);
    hold(&listed(DOTTED), true, around, [0, 0]);
    hold(&listed(LIKE_WORDS), true, around, [45, 45]);
}
