//! Names: fields of the record, of another record of the case, or of an element of a list; codes of a list.

use super::Loader;
use crate::catalogue::{FieldType, Role};
use crate::kernel::{FieldRef, LISTS};
use crate::pack::scope::At;

/// The unit of a number; none where it has none, or any would do.
pub(super) type Unit = Option<String>;

impl Loader<'_> {
    pub(super) fn field(&mut self, at: &At<'_>, types: &[&str]) -> Option<FieldRef> {
        let path = self.problems.text(at)?;
        self.field_named(at, &path, types)
    }

    pub(super) fn field_named(&mut self, at: &At<'_>, path: &str, types: &[&str]) -> Option<FieldRef> {
        let (role, table, inner) = self.resolve(path);
        let Some(id) = role.layout().find_in(table, inner) else {
            let columns = role.layout().table(table).map(|t| t.columns.as_slice()).unwrap_or_default();
            let known: Vec<&str> = columns.iter().map(|c| c.path.as_str()).collect();
            self.problems.unknown(at, "pack.unknown_field", inner, &known);
            return None;
        };
        let field = FieldRef { role, id };
        let kind = self.kind_of(field);
        if !types.is_empty() && !types.contains(&kind) {
            self.problems.add(at, "pack.field_type", &[("expected", &types.join(" | ")), ("got", kind)]);
            return None;
        }
        Some(field)
    }

    /// The kind of a field; that of an element of a list of codes is a code.
    pub(super) fn kind_of(&self, field: FieldRef) -> &'static str {
        match field.column().map(|column| (column.child, column.field.kind)) {
            Some((None, FieldType::Codes(_))) => "code",
            Some((_, kind)) => kind.as_str(),
            None => "",
        }
    }

    /// Role, table and path inside it: `.until` is of the element, `..until` of the one around it, `participant.…` of that record of
    /// the case, all else of `applies_to`.
    fn resolve<'p>(&self, path: &'p str) -> (Role, usize, &'p str) {
        let inner = path.trim_start_matches('.');
        let around = self.elements.len().checked_sub(path.len() - inner.len());
        if let (true, Some((role, table))) = (path != inner, around.and_then(|place| self.elements.get(place))) {
            return (*role, *table, inner);
        }
        for role in Role::CASE {
            if role.is_list() && path == role.as_str() && self.applies_to.layout().find(path).is_none() {
                return (role, 0, "");
            }
            if let Some(inner) = path.strip_prefix(role.as_str()).and_then(|rest| rest.strip_prefix('.')) {
                return (role, 0, inner);
            }
        }
        (self.applies_to, 0, path)
    }

    /// What is read inside a list: its elements are those of a leading dot.
    pub(super) fn inside<T>(
        &mut self,
        at: &At<'_>,
        list: FieldRef,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let table = list.column().and_then(|column| column.child)?;
        let element = (list.role, table);
        let wrong = [
            (self.elements.contains(&element), "pack.list_inside_itself"),
            (self.elements.len() >= LISTS, "pack.list_depth"),
        ];
        if let Some((_, code)) = wrong.into_iter().find(|(is_so, _)| *is_so) {
            self.problems.add(at, code, &[]);
            return None;
        }
        self.elements.push(element);
        let out = read(self);
        self.elements.pop();
        out
    }

    /// A list of elements.
    pub(super) fn wanted_items<'n>(&mut self, at: &At<'n>) -> Option<Vec<At<'n>>> {
        let items = at.items();
        if items.is_none() {
            self.problems.wrong_type(at, "list");
        }
        items
    }

    /// The same with at least one.
    pub(super) fn some_items<'n>(&mut self, at: &At<'n>) -> Option<Vec<At<'n>>> {
        let items = self.wanted_items(at)?;
        if items.is_empty() {
            self.problems.add(at, "pack.empty_list", &[]);
            return None;
        }
        Some(items)
    }

    /// Two things in a list.
    pub(super) fn two<'n>(&mut self, at: &At<'n>, expected: &str) -> Option<[At<'n>; 2]> {
        let two = at.items().and_then(|items| <[At<'n>; 2]>::try_from(items).ok());
        if two.is_none() {
            self.problems.wrong_type(at, expected);
        }
        two
    }

    /// The list of codes that a field, or an element of it, holds.
    pub(super) fn code_list(field: FieldRef) -> Option<&'static str> {
        match field.column()?.field.kind {
            FieldType::Code(list) | FieldType::Codes(list) => Some(list),
            _ => None,
        }
    }

    pub(super) fn code_of(&mut self, at: &At<'_>, list: &str) -> Option<String> {
        let text = self.problems.text(at)?;
        self.code(at, list, &text);
        Some(text)
    }

    pub(super) fn code(&mut self, at: &At<'_>, list: &str, text: &str) {
        let Some(codes) = self.codes.get(list) else {
            return self.problems.add(at, "pack.unknown_list", &[("name", list)]);
        };
        let Some(code) = codes.find(text) else {
            let known: Vec<&str> = codes.codes().iter().map(|code| code.code()).collect();
            return self.problems.unknown(at, "pack.unknown_code", text, &known);
        };
        let ended = code.to().zip(self.force.from).filter(|(to, from)| to < from).map(|(to, _)| ("to", to));
        let begins = code.from().zip(self.force.to).filter(|(from, to)| to < from).map(|(from, _)| ("from", from));
        if let Some((word, day)) = ended.or(begins) {
            self.problems.add(at, "pack.code_not_in_force", &[("name", text), (word, &day.to_string())]);
        }
    }
}
