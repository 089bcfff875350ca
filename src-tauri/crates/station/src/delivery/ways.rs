//! Delivery profiles (交付方案): the two that ship, and those that the office made. One is a proposal for the next delivery:
//! what is delivered is what the wizard says then, which is kept with the delivery.

use serde_json::json;
use zhaoshen_exchange::delivery::{self, Template};

use super::columns;
use crate::app::now;
use crate::failure::{exchange, internal, refused, store};
use crate::wire::{
    DeliveryMode, DeliveryShape, DeliveryWay, DeliveryWayRef, DeliveryWaySave, Empty, Failure,
};
use crate::{Seat, zh};

/// Name of the setting that holds what the office made.
const WAYS: &str = "delivery_ways";
/// Most that an office makes.
const MOST: usize = 50;
/// Longest name and longest purpose, characters.
const LONGEST_NAME: usize = 30;
const LONGEST_PURPOSE: usize = 100;

impl Seat {
    /// Those that ship first, then those of the office in the order made.
    ///
    /// # Errors
    /// When the workspace cannot be read.
    pub fn delivery_ways(&self, _: Empty) -> Result<Vec<DeliveryWay>, Failure> {
        Ok(shipped().into_iter().chain(self.own_ways()?).collect())
    }

    /// Makes a profile, changes one or gives it another name.
    ///
    /// # Errors
    /// Refused for a name that is empty, too long or taken, for a template or columns that the mode does not allow, and
    /// for a profile that is not there; a shipped one is not changed.
    pub fn delivery_way_save(&self, args: DeliveryWaySave) -> Result<Vec<DeliveryWay>, Failure> {
        let mut way = args.way;
        way.name = way.name.trim().to_owned();
        way.purpose = way.purpose.trim().to_owned();
        way.shipped = false;
        let was = args.was.trim();
        let mut own = self.own_ways()?;
        let at = match was {
            "" => None,
            was => Some(place(&own, was)?),
        };
        let renamed = at.is_none() || was != way.name;
        let mut others = shipped().into_iter().chain(own.iter().cloned());
        if renamed && others.any(|other| other.name == way.name) {
            return Err(refused(zh::way_taken(&way.name)));
        }
        check(&way)?;
        if way.mode == DeliveryMode::CollectionCode {
            way.columns.clear();
        }
        if at.is_none() && own.len() >= MOST {
            return Err(refused(zh::TOO_MANY_WAYS));
        }
        match at.and_then(|at| own.get_mut(at)) {
            Some(changed) => *changed = way,
            None => own.push(way),
        }
        self.keep_ways(&own)
    }

    /// Removes a profile of the office's own; deliveries made by it stay as they are.
    ///
    /// # Errors
    /// Refused for one that ships or is not there.
    pub fn delivery_way_remove(&self, args: DeliveryWayRef) -> Result<Vec<DeliveryWay>, Failure> {
        let mut own = self.own_ways()?;
        let at = place(&own, args.name.trim())?;
        own.remove(at);
        self.keep_ways(&own)
    }

    fn own_ways(&self) -> Result<Vec<DeliveryWay>, Failure> {
        let kept = self.store().setting(WAYS).map_err(|error| store(&error))?;
        match kept {
            Some(kept) => serde_json::from_value(kept).map_err(|error| internal(&error)),
            None => Ok(Vec::new()),
        }
    }

    fn keep_ways(&self, own: &[DeliveryWay]) -> Result<Vec<DeliveryWay>, Failure> {
        self.store()
            .set_setting(WAYS, &json!(own), &self.clerk()?, now())
            .map_err(|error| store(&error))?;
        self.delivery_ways(Empty {})
    }
}

fn place(own: &[DeliveryWay], name: &str) -> Result<usize, Failure> {
    if shipped().iter().any(|way| way.name == name) {
        return Err(refused(zh::WAY_SHIPPED));
    }
    let at = own.iter().position(|way| way.name == name);
    at.ok_or_else(|| refused(zh::way_unknown(name)))
}

fn check(way: &DeliveryWay) -> Result<(), Failure> {
    let single = |text: &str| !text.contains(char::is_control);
    let name = way.name.chars().count();
    if name == 0 || name > LONGEST_NAME || !single(&way.name) {
        return Err(refused(zh::way_name(LONGEST_NAME)));
    }
    if way.purpose.chars().count() > LONGEST_PURPOSE || !single(&way.purpose) {
        return Err(refused(zh::way_purpose(LONGEST_PURPOSE)));
    }
    let mode = match way.mode {
        DeliveryMode::CollectionCode => delivery::DeliveryMode::CodeOnly,
        DeliveryMode::Roster => delivery::DeliveryMode::Roster,
    };
    Template::parse(&way.template, mode).map_err(|error| exchange(&error))?;
    columns::fields(&way.columns)?;
    columns::unencrypted(way.mode, &way.columns, way.shape.pack)
        .map_or(Ok(()), |problem| Err(refused(problem)))
}

fn shipped() -> [DeliveryWay; 2] {
    let way = |(name, purpose): (&str, &str), mode, template: &str| DeliveryWay {
        name: name.to_owned(),
        purpose: purpose.to_owned(),
        mode,
        template: template.to_owned(),
        shape: DeliveryShape::default(),
        columns: Vec::new(),
        shipped: true,
    };
    let code = way(zh::WAY_CODE, DeliveryMode::CollectionCode, "{学号}.jpg");
    let roster = DeliveryWay {
        columns: vec![zh::NAME.to_owned()],
        ..way(zh::WAY_ROSTER, DeliveryMode::Roster, "{学号}-{姓名}.jpg")
    };
    [code, roster]
}
