//! How a round is printed: as it was last, with as many prints as its notice asks for.

use serde_json::json;
use zhaoshen_model::RoundId;

use super::prints::MOST_EACH;
use crate::app::now;
use crate::failure::{refused, store};
use crate::wire::{
    DeliveryMode, Failure, PrintsAsked, PrintsKey, PrintsKind, PrintsOptions, PrintsPaper,
    PrintsSplit, PrintsTwoInch, RoundRef,
};
use crate::{Seat, zh};

impl Seat {
    /// How the round was printed last, else as most notices ask; with as many prints as the round's notice asks, where
    /// that was said.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn prints_settings(&self, args: RoundRef) -> Result<PrintsOptions, Failure> {
        let round = self.round(args.round)?;
        let kept = self
            .store()
            .setting(&setting_of(round.id))
            .map_err(|error| store(&error))?;
        let kept: Option<PrintsOptions> = kept.and_then(|value| serde_json::from_value(value).ok());
        let options = PrintsOptions {
            round: args.round,
            ..kept.unwrap_or_else(|| first_options(args.round))
        };
        let asked = self.store().setting(&asked_of(round.id));
        let asked = asked.map_err(|error| store(&error))?;
        let asked: Option<PrintsAsked> = asked.and_then(|value| serde_json::from_value(value).ok());
        Ok(match asked {
            None => options,
            Some(asked) => PrintsOptions {
                two_inch: asked.two_inch,
                one_inch: asked.one_inch,
                ..options
            },
        })
    }

    /// Says how many prints of each student the round's notice asks for; the settings that follow.
    ///
    /// # Errors
    /// Refused for none at all or too many, and for a closed round.
    pub fn prints_asked(&self, args: PrintsAsked) -> Result<PrintsOptions, Failure> {
        let round = self.open_round(args.round)?.id;
        if !can_be(args.two_inch, args.one_inch) {
            return Err(refused(zh::prints_counts(MOST_EACH)));
        }
        let setting = (&*asked_of(round), &json!(args));
        self.store()
            .set_round_setting(round, setting, &self.clerk()?, now())
            .map_err(|error| store(&error))?;
        self.prints_settings(RoundRef { round: args.round })
    }

    /// Keeps how the round is printed, where that changed.
    pub(super) fn keep(&self, options: &PrintsOptions, reviewer: &str) -> Result<(), Failure> {
        let before = self.prints_settings(RoundRef {
            round: options.round,
        })?;
        if before == *options {
            return Ok(());
        }
        let round = RoundId(options.round);
        let name = setting_of(round);
        self.store()
            .set_round_setting(round, (&name, &json!(options)), reviewer, now())
            .map_err(|error| store(&error))
    }
}

/// Whether so many prints of a student can be made.
pub(super) fn can_be(two_inch: u32, one_inch: u32) -> bool {
    (1..=MOST_EACH).contains(&two_inch.max(one_inch))
}

fn asked_of(round: RoundId) -> String {
    format!("prints_asked.{}", round.0)
}

fn setting_of(round: RoundId) -> String {
    format!("prints.{}", round.0)
}

/// 8 prints of 2寸 in 采集码模式, as the notices read most often ask.
const fn first_options(round: i64) -> PrintsOptions {
    PrintsOptions {
        round,
        kind: PrintsKind::Layout,
        mode: DeliveryMode::CollectionCode,
        key: PrintsKey::StudentNo,
        names: false,
        paper: PrintsPaper::A4,
        two_inch: 8,
        two_inch_size: PrintsTwoInch::Standard,
        one_inch: 0,
        split: PrintsSplit::Whole,
    }
}
