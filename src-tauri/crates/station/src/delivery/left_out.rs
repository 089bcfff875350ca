//! Whom a delivery would not hold, told a page at a time: in a round of thousands nearly everybody is, at first.

use std::sync::{Arc, Mutex};

use super::draft::Draft;
use crate::Seat;
use crate::app::count;
use crate::job::lock;
use crate::wire::{DeliveryOptions, Failure, LeftOutAsk, LeftOutOf, LeftOutPage, NotDelivered};

/// Most rows in one page.
const PAGE_MAX: u32 = 1000;

/// What the delivery previewed last would not hold.
#[derive(Debug, Default)]
pub(crate) struct LeftOut(Mutex<Option<Arc<Kept>>>);

#[derive(Debug)]
pub(super) struct Kept {
    options: DeliveryOptions,
    /// [`zhaoshen_store::Store::writes`] when it was read.
    writes: u64,
    not_ready: Vec<NotDelivered>,
    before: Vec<NotDelivered>,
}

impl Seat {
    /// A page of those whom a delivery would not hold, with why.
    ///
    /// # Errors
    /// As the preview.
    pub fn delivery_left_out(&self, args: LeftOutAsk) -> Result<LeftOutPage, Failure> {
        let kept = self.left_out(args.options)?;
        let rows = match args.which {
            LeftOutOf::NotReady => &kept.not_ready,
            LeftOutOf::Before => &kept.before,
        };
        let page = rows
            .iter()
            .skip(args.offset as usize)
            .take(args.limit.min(PAGE_MAX) as usize);
        Ok(LeftOutPage {
            total: count(rows.len()),
            rows: page.cloned().collect(),
        })
    }

    /// Keeps what was found of a delivery, for the pages that are asked for next.
    pub(super) fn keep_left_out(
        &self,
        options: DeliveryOptions,
        writes: u64,
        draft: Draft,
    ) -> Arc<Kept> {
        let kept = Arc::new(Kept {
            options,
            writes,
            not_ready: draft.left_out,
            before: draft.before,
        });
        *lock(&self.inner.left_out.0) = Some(Arc::clone(&kept));
        kept
    }

    /// From memory where nothing was written since; else read anew.
    fn left_out(&self, options: DeliveryOptions) -> Result<Arc<Kept>, Failure> {
        let writes = self.store().writes();
        let known = lock(&self.inner.left_out.0).clone();
        if let Some(known) = known.filter(|of| of.writes == writes && of.options == options) {
            return Ok(known);
        }
        let draft = Draft::load(self.store(), &options)?;
        Ok(self.keep_left_out(options, writes, draft))
    }
}
