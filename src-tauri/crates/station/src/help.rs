//! The help on the rules, for the screen that lists it. The pages are put together by the `checks` crate.

use zhaoshen_checks::help;
use zhaoshen_model::{Profile, RoundId};

use crate::failure::store;
use crate::wire::{Failure, HelpAllowance, HelpAsk, HelpMachine, HelpPage, HelpPerson};
use crate::{Seat, zh};

impl Seat {
    /// Every page of help, in the order of the rule table; with a round, what that round allows stands first.
    ///
    /// # Errors
    /// Not found.
    pub fn help_list(&self, args: HelpAsk) -> Result<Vec<HelpPage>, Failure> {
        let pages = match args.round {
            None => help::pages(),
            Some(round) => {
                let row = self.store().profile_version(RoundId(round), None);
                let row = row.map_err(|error| store(&error))?;
                let title = zh::round_standard(&row.profile.title, row.version);
                help::pages_under(Profile {
                    title,
                    ..row.profile
                })
            }
        };
        Ok(pages.into_iter().map(page).collect())
    }
}

fn page(page: help::HelpPage) -> HelpPage {
    HelpPage {
        code: page.code.to_owned(),
        title: page.title.to_owned(),
        family: page.family.to_owned(),
        machine: page.machine.map(machine),
        person: page.person.map(person),
        advice: page.advice.into_iter().map(str::to_owned).collect(),
    }
}

fn machine(machine: help::MachineHelp) -> HelpMachine {
    HelpMachine {
        checks: machine.checks.to_owned(),
        measured: machine.measured.to_owned(),
        cannot_tell: machine.cannot_tell.to_owned(),
        false_alarms: machine.false_alarms.to_owned(),
        allowances: machine.allowances.into_iter().map(allowance).collect(),
    }
}

fn allowance(allowance: help::Allowance) -> HelpAllowance {
    HelpAllowance {
        profile: allowance.profile,
        limits: allowance.limits,
        outside: allowance.outside.to_owned(),
        clause: allowance.clause,
    }
}

fn person(person: help::PersonLook) -> HelpPerson {
    HelpPerson {
        confirms: person.confirms.to_owned(),
        look: person.look.to_owned(),
        exception: person.exception.to_owned(),
    }
}
