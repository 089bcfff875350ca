//! What is said of a delivery afterwards: what was let out, in lists and in the log. It names nobody.

use serde::{Deserialize, Serialize};

use crate::wire::{DeliveryMode, DeliveryOptions, DeliveryPack};
use crate::zh;

/// How a delivery was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct How {
    mode: DeliveryMode,
    template: String,
    /// Columns of the roster that went along.
    columns: Vec<String>,
    pack: DeliveryPack,
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
            part: options.part.text(),
            in_house: options.shape.in_house,
        }
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
