//! The help on the rules, for the screen that lists it. The pages are put together by the `checks` crate.

use zhaoshen_checks::help;

use crate::Station;
use crate::wire::{Empty, Failure, HelpAllowance, HelpMachine, HelpPage, HelpPerson};

impl Station {
    /// Every page of help, in the order of the rule table.
    ///
    /// # Errors
    /// None.
    pub fn help_list(&self, _: Empty) -> Result<Vec<HelpPage>, Failure> {
        Ok(help::pages().into_iter().map(page).collect())
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
