//! Whom a command takes: said once beside each command in [`crate::command`].

use zhaoshen_model::{Role, Roles};

use crate::wire::JobKind;
use crate::zh;

/// Whom a command takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Anybody: it works before somebody signs in.
    Open,
    /// Whoever is signed in.
    Anyone,
    /// 审核员 or 负责人: it shows students and their photos.
    Desk,
    /// 审核员.
    Reviewer,
    /// 负责人, and what it is called.
    Lead(&'static str),
    /// 保管员, and what it is called.
    Keeper(&'static str),
    /// 负责人 or 保管员, and what it is called.
    Head(&'static str),
}

impl JobKind {
    /// Whom the commands take that start it.
    pub(crate) const fn need(self) -> Need {
        match self {
            Self::Example | Self::Intake | Self::Checks | Self::Prints => Need::Reviewer,
            Self::Delivery => Need::Lead(zh::DELIVERING),
            Self::Archive | Self::Erase | Self::Backup => Need::Keeper("备份"),
        }
    }
}

impl Need {
    /// The roles of which one is enough; all of them where none is asked for.
    pub(crate) const fn roles(self) -> &'static [Role] {
        match self {
            Self::Open | Self::Anyone => &Role::ALL,
            Self::Desk => &[Role::Reviewer, Role::Lead],
            Self::Reviewer => &[Role::Reviewer],
            Self::Lead(_) => &[Role::Lead],
            Self::Keeper(_) => &[Role::Keeper],
            Self::Head(_) => &[Role::Lead, Role::Keeper],
        }
    }

    /// Whether somebody with these roles may.
    pub(crate) fn allows(self, roles: Roles) -> bool {
        self.roles().iter().any(|role| roles.has(*role))
    }

    /// What it is called, where the command has a name of its own.
    pub(crate) const fn what(self) -> &'static str {
        match self {
            Self::Lead(what) | Self::Keeper(what) | Self::Head(what) => what,
            Self::Desk => "查看学生和照片",
            Self::Open | Self::Anyone | Self::Reviewer => "这项操作",
        }
    }
}
