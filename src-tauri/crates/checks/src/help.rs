//! The pages staff read about a rule: what is checked, what each profile allows, how, and when not to trust it.
//!
//! A page is put together from the catalogue of texts and the built-in profiles, so that it says what the program
//! does. [`markdown`] writes it for `assets/help`; the window shows the same page from its fields. Not a manual: how
//! to work with the station is told elsewhere.

use std::fmt::Write as _;

use zhaoshen_model::profile::{Outside, RuleSettings};
use zhaoshen_model::{Profile, Unit};

use crate::human::{HUMAN_RULES, HumanRule};
use crate::profile_file;
use crate::reasons::HUMAN_REASONS;
use crate::registry::{RULES, Rule, rule};
use crate::zh;
use crate::zh::help::{HelpText, Limit, PersonHelp};

mod allowed;

/// A page of help on one code of the rule table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpPage {
    /// Stable code, e.g. `GEO-02`.
    pub code: &'static str,
    /// What staff call it.
    pub title: &'static str,
    /// The word for its family; 人工检查 where the machine does not judge it.
    pub family: &'static str,
    /// What the machine does; `None` where only a person can tell.
    pub machine: Option<MachineHelp>,
    /// What a person looks at; `None` where the machine's finding is enough.
    pub person: Option<PersonLook>,
    /// What the student reads and should do when the photo is sent back for it.
    pub advice: Vec<&'static str>,
}

/// How the machine judges it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MachineHelp {
    /// 检查什么.
    pub checks: &'static str,
    /// 怎样测量.
    pub measured: &'static str,
    /// 何时无法判断.
    pub cannot_tell: &'static str,
    /// 容易误报的情形.
    pub false_alarms: &'static str,
    /// What each profile allows: the round's own where there is one, then the built-in ones, the default first.
    pub allowances: Vec<Allowance>,
}

/// What one profile allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// Title of the profile.
    pub profile: String,
    /// The limits in words, one line each; empty where the rule has none.
    pub limits: Vec<String>,
    /// What lies outside amounts to: 不合格 or 提示; 不检查 where the rule is off.
    pub outside: &'static str,
    /// The clause it rests on.
    pub clause: String,
}

/// What a person looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonLook {
    /// The item of the tick list.
    pub confirms: &'static str,
    /// 怎样看.
    pub look: &'static str,
    /// 例外与备注.
    pub exception: &'static str,
}

/// A number that a standard sets for a rule, as staff know it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedNumber {
    /// Key among the rule's further numbers; empty for its own `min` and `max`.
    pub key: &'static str,
    /// What it limits.
    pub title: &'static str,
    /// What it is counted in.
    pub unit: Unit,
}

impl NamedNumber {
    /// A value of it as staff read one, with its unit: "331 px", "4.5%".
    pub fn told(&self, value: f64) -> String {
        match self.unit {
            Unit::Bytes => zh::number::kilobytes(value),
            unit => zh::number::number(value, unit),
        }
    }
}

/// The numbers that a standard sets for the rule of `code`, in the order of its help; what the rendition or the
/// background's colours set is not among them.
pub fn numbers(code: &str) -> Vec<NamedNumber> {
    let limits = zh::help::help(code).map_or(&[][..], |text| text.limits);
    let number = |limit: &Limit| match *limit {
        Limit::Band(title, unit) => Some(NamedNumber {
            key: "",
            title,
            unit,
        }),
        Limit::Also(key, title, unit) => Some(NamedNumber { key, title, unit }),
        _ => None,
    };
    limits.iter().filter_map(number).collect()
}

/// Every page: the rules in the order of the rule table, then what only a person can tell.
pub fn pages() -> Vec<HelpPage> {
    pages_over(&profiles())
}

/// As [`pages`], with what `own` allows before what the built-in profiles do: a round may have limits of its own.
pub fn pages_under(own: Profile) -> Vec<HelpPage> {
    let mut all = vec![own];
    all.extend(profiles());
    pages_over(&all)
}

fn pages_over(profiles: &[Profile]) -> Vec<HelpPage> {
    let machine = RULES.iter().map(|rule| machine_page(rule, profiles));
    let only_person = HUMAN_RULES.iter().filter(|item| rule(item.code).is_none());
    machine.chain(only_person.map(person_page)).collect()
}

/// The page on `code`; `None` for a code that the rule table does not have.
pub fn page(code: &str) -> Option<HelpPage> {
    if let Some(rule) = rule(code) {
        return Some(machine_page(rule, &profiles()));
    }
    HUMAN_RULES
        .iter()
        .find(|item| item.code == code)
        .map(person_page)
}

fn profiles() -> Vec<Profile> {
    let names = profile_file::list();
    let read = |(name, _): &(String, String)| profile_file::builtin(name).ok();
    names.iter().filter_map(read).collect()
}

fn machine_page(rule: &Rule, profiles: &[Profile]) -> HelpPage {
    let text = zh::help::help(rule.code);
    HelpPage {
        code: rule.code,
        title: rule.title_zh(),
        family: rule.family.title_zh(),
        machine: text.map(|text| machine_help(text, profiles)),
        person: HUMAN_RULES
            .iter()
            .find(|item| item.code == rule.code)
            .map(person_look),
        advice: vec![rule.reason_zh()],
    }
}

fn machine_help(text: &HelpText, profiles: &[Profile]) -> MachineHelp {
    MachineHelp {
        checks: text.checks,
        measured: text.measured,
        cannot_tell: text.cannot_tell,
        false_alarms: text.false_alarms,
        allowances: profiles
            .iter()
            .map(|profile| allowance(text, profile))
            .collect(),
    }
}

fn allowance(text: &HelpText, profile: &Profile) -> Allowance {
    let settings = profile.rules.get(text.code);
    let on = settings.filter(|settings| settings.enabled);
    Allowance {
        profile: profile.title.clone(),
        limits: on.map_or_else(Vec::new, |settings| allowed::lines(text, profile, settings)),
        outside: on.map_or(zh::help::OFF, outside),
        clause: settings.map_or_else(String::new, |settings| settings.clause.clone()),
    }
}

const fn outside(settings: &RuleSettings) -> &'static str {
    match settings.outside {
        Outside::Fail => zh::help::OUTSIDE_FAILS,
        Outside::Warn => zh::help::OUTSIDE_HINTS,
    }
}

fn person_page(item: &HumanRule) -> HelpPage {
    let reasons = HUMAN_REASONS
        .iter()
        .filter(|reason| reason.code == item.code);
    HelpPage {
        code: item.code,
        title: item.title,
        family: zh::help::BY_PERSON,
        machine: None,
        person: Some(person_look(item)),
        advice: reasons.map(|reason| reason.text).collect(),
    }
}

fn person_look(item: &HumanRule) -> PersonLook {
    let help = zh::help::PERSON_HELP
        .iter()
        .find(|help| help.code == item.code);
    let (look, exception) = help.map_or(
        ("", ""),
        |PersonHelp {
             look, exception, ..
         }| (*look, *exception),
    );
    PersonLook {
        confirms: item.title,
        look,
        exception,
    }
}

/// The page as Markdown, with a line that says it is generated.
pub fn markdown(page: &HelpPage) -> String {
    let mut text = format!(
        "# {} {}\n\n{}\n",
        page.code,
        page.title,
        zh::help::GENERATED
    );
    let mut part = |heading: &str, body: &str| {
        if !body.is_empty() {
            let _ = write!(text, "\n## {heading}\n\n{body}\n");
        }
    };
    if let Some(machine) = &page.machine {
        part(zh::help::CHECKS, machine.checks);
        part(zh::help::ALLOWED, &table(&machine.allowances));
        part(zh::help::MEASURED, machine.measured);
        part(zh::help::CANNOT_TELL, machine.cannot_tell);
        part(zh::help::FALSE_ALARMS, machine.false_alarms);
    }
    if let Some(person) = &page.person {
        part(zh::help::LOOK, person.look);
        part(zh::help::EXCEPTION, person.exception);
    }
    part(zh::help::ADVICE, &page.advice.join("\n\n"));
    text
}

fn table(allowances: &[Allowance]) -> String {
    let mut text = zh::help::ALLOWED_COLUMNS.to_owned();
    for allowance in allowances {
        let limits = match allowance.limits.as_slice() {
            [] => zh::help::NO_LIMITS.to_owned(),
            lines => lines.join("<br>"),
        };
        let _ = write!(
            text,
            "\n| {} | {limits} | {} | {} |",
            allowance.profile, allowance.outside, allowance.clause
        );
    }
    text
}

/// The list of all pages as Markdown, for the folder they stand in.
pub fn index(pages: &[HelpPage]) -> String {
    let mut text = format!("# {}\n\n{}\n", zh::help::TITLE, zh::help::GENERATED);
    let mut family = "";
    for page in pages {
        if page.family != family {
            family = page.family;
            let _ = write!(text, "\n## {family}\n\n");
        }
        let _ = writeln!(text, "- [{} {}]({}.md)", page.code, page.title, page.code);
    }
    text
}

#[cfg(test)]
#[path = "help_tests.rs"]
mod tests;
