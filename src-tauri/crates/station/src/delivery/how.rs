//! What is said of a delivery afterwards: what was let out, in lists and in the log. It names nobody.

use serde::{Deserialize, Serialize};
use zhaoshen_exchange::delivery::{self, Placeholder, Template};

use crate::wire::{DeliveryMode, DeliveryOptions, DeliveryPack, DeliverySplit};
use crate::zh;

/// How a delivery was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct How {
    mode: DeliveryMode,
    template: String,
    /// Columns of the roster that went along.
    columns: Vec<String>,
    pack: DeliveryPack,
    /// Into which parts it was divided; one where that was not kept yet.
    #[serde(default)]
    split: DeliverySplit,
    /// Whether it held only what was new.
    #[serde(default)]
    only_new: bool,
    /// The part of the roster it was about; empty for all of it.
    #[serde(default)]
    part: String,
    /// Whether it stayed in the office.
    #[serde(default)]
    in_house: bool,
}

impl How {
    pub(super) fn of(options: &DeliveryOptions) -> Self {
        Self {
            mode: options.mode,
            template: options.template.clone(),
            columns: match options.mode {
                DeliveryMode::CollectionCode => Vec::new(),
                DeliveryMode::Roster => options.columns.clone(),
            },
            pack: options.shape.pack,
            split: options.shape.split,
            only_new: options.shape.only_new,
            part: options.part.text(),
            in_house: options.shape.in_house,
        }
    }

    /// How its files were named; `None` where that is no template by now.
    pub(super) fn naming(&self) -> Option<Template> {
        let mode = match self.mode {
            DeliveryMode::CollectionCode => delivery::DeliveryMode::CodeOnly,
            DeliveryMode::Roster => delivery::DeliveryMode::Roster,
        };
        Template::parse(&self.template, mode).ok()
    }

    /// Whether serial numbers stand in the names of its files.
    pub(super) fn names_by_serial(&self) -> bool {
        Placeholder::all_in(&self.template).contains(&Placeholder::Serial)
    }

    /// The line staff read.
    pub(crate) fn text(&self) -> String {
        let text = zh::delivered_how(
            self.mode == DeliveryMode::Roster,
            &self.columns.join("、"),
            &self.template,
            match self.pack {
                DeliveryPack::Folder => zh::PACKED_FOLDER,
                DeliveryPack::Zip => zh::PACKED_ZIP,
                DeliveryPack::Encrypted => zh::PACKED_ENCRYPTED,
            },
        );
        let text = match self.split {
            DeliverySplit::Whole => text,
            DeliverySplit::College => zh::divided(&text, zh::BY_COLLEGE),
            DeliverySplit::Class => zh::divided(&text, zh::BY_CLASS),
            DeliverySplit::Level => zh::divided(&text, zh::BY_LEVEL),
            DeliverySplit::Every(photos) => zh::divided(&text, &zh::by_count(photos)),
        };
        let text = match self.only_new {
            true => zh::only_new(&text),
            false => text,
        };
        let text = match self.part.as_str() {
            "" => text,
            part => zh::of_part(&text, part),
        };
        match self.in_house {
            true => zh::in_house(&text),
            false => text,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

    use super::*;
    use crate::wire::{DeliveryPart, DeliveryShape};

    fn options(split: DeliverySplit, only_new: bool) -> DeliveryOptions {
        DeliveryOptions {
            round: 1,
            mode: DeliveryMode::CollectionCode,
            template: "{学号}.jpg".to_owned(),
            shape: DeliveryShape {
                split,
                pack: DeliveryPack::Zip,
                only_new,
                in_house: false,
            },
            columns: Vec::new(),
            purpose: String::new(),
            part: DeliveryPart::default(),
        }
    }

    #[test]
    fn how_a_delivery_was_divided_and_whether_it_held_only_what_was_new_is_said() {
        let text = |split, only_new| How::of(&options(split, only_new)).text();
        let plain = "采集码模式；命名 {学号}.jpg；压缩包";
        assert_eq!(text(DeliverySplit::Whole, false), plain);
        assert_eq!(
            text(DeliverySplit::College, true),
            format!("{plain}；按学院分包；只含新增的")
        );
        assert_eq!(
            text(DeliverySplit::Every(500), false),
            format!("{plain}；每 500 张一份")
        );
    }

    #[test]
    fn what_an_earlier_version_kept_is_read_still() {
        let kept = serde_json::json!({
            "mode": "roster", "template": "{序号}.jpg", "columns": ["姓名"], "pack": "folder",
        });
        let how: How = serde_json::from_value(kept).unwrap();
        assert_eq!(how.text(), "名单模式，清单含姓名；命名 {序号}.jpg；文件夹");
    }
}
