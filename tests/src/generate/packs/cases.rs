//! Random cases: every field that packs read has a value, nothing, something that cannot be read, or a stated reason.

use super::fields::{
    BOOLS, CODE_LISTS, CODES, DATES, DAYS, LISTS, List, NEAR, NUMBERS, PLACES, SLOT_DAYS, SLOT_TIMES, Unit,
};
use super::{Drawer, object};
use sam_eurometropole::catalogue::Role;
use sam_eurometropole::json::Json;

impl Drawer {
    pub(super) fn case(&mut self) -> Json {
        let mut case = Tree::default();
        for path in BOOLS {
            let value = Json::Bool(self.rng.percent(60));
            self.give(&mut case, &rooted(path), value);
        }
        for (path, codes) in CODES.iter().chain(PLACES) {
            let value = Json::from(self.pick(codes));
            self.give(&mut case, &rooted(path), value);
        }
        for path in DATES {
            let near = matches!(*path, "start" | "end") && self.rng.percent(99);
            let value = Json::from(self.pick(if near { NEAR } else { DAYS }));
            self.give(&mut case, &rooted(path), value);
        }
        for (path, _) in NUMBERS {
            let value = Json::Int(i64::try_from(self.rng.below(3)).unwrap_or(0) * 9);
            self.give(&mut case, &rooted(path), value);
        }
        for (path, value) in [
            ("host.siret", "12345678200010"),
            ("host.enterprise_number", "0123456749"),
            ("employer.country", "FR"),
            ("participant.supported_by", "ccas_roubaix"),
            ("worksite", "A-1"),
        ] {
            self.give(&mut case, &rooted(path), Json::from(value));
        }
        let session = Json::from(self.pick(&["A-1", "A-2"]));
        self.give(&mut case, "placement.session", session);
        for list in LISTS {
            let value = self.list(list);
            self.give(&mut case, &rooted(list.path), value);
        }
        let slots = self.slots();
        self.give(&mut case, "placement.schedule", slots);
        for (path, codes) in CODE_LISTS {
            let len = self.rng.below(3);
            // A code that is none cannot be read.
            let code = |drawer: &mut Self| {
                if drawer.rng.percent(10) { Json::from("none") } else { Json::from(drawer.pick(codes)) }
            };
            let value = (0..len).map(|_| code(self)).collect();
            self.give(&mut case, path, value);
        }
        case.into_json()
    }

    fn slots(&mut self) -> Json {
        let len = self.rng.below(5);
        (0..len).map(|_| self.slot()).collect()
    }

    fn slot(&mut self) -> Json {
        let mut slot = Tree::default();
        for (name, values) in [("weekday", SLOT_DAYS), ("from", SLOT_TIMES), ("to", SLOT_TIMES)] {
            let value = Json::from(self.pick(values));
            // Few are open, so that some weeks are known as a whole.
            if self.rng.percent(60) { slot.put(name, value) } else { self.give(&mut slot, name, value) }
        }
        slot.into_json()
    }

    fn list(&mut self, list: &List) -> Json {
        let len = self.rng.below(4);
        (0..len).map(|_| if self.rng.percent(2) { Json::Int(7) } else { self.element(list) }).collect()
    }

    fn element(&mut self, list: &List) -> Json {
        let mut element = Tree::default();
        for (name, codes) in list.codes {
            let value = Json::from(self.pick(codes));
            self.give(&mut element, name, value);
        }
        for name in list.dates.iter().chain(list.guarded.as_ref().map(|(_, _, name)| name)) {
            let days = if self.rng.percent(80) { NEAR } else { DAYS };
            let value = Json::from(self.pick(days));
            self.give(&mut element, name, value);
        }
        for (name, unit) in list.numbers {
            let value = i64::try_from(self.rng.below(3)).unwrap_or(0) * if *unit == Unit::Cents { 1_000 } else { 9 };
            self.give(&mut element, name, Json::Int(value));
        }
        element.into_json()
    }

    fn give(&mut self, tree: &mut Tree, path: &str, value: Json) {
        match self.rng.below(100) {
            0..=81 => tree.put(path, value),
            82..=87 => {}
            88..=90 => tree.put(path, object(vec![("x", Json::Int(1))])),
            // Now and then both: the field is then invalid.
            _ => {
                if self.rng.percent(20) {
                    tree.put(path, value);
                }
                let absent =
                    path.rsplit_once('.').map_or_else(|| format!("absent.{path}"), |(o, n)| format!("{o}.absent.{n}"));
                let reason = self.pick(&["declined", "not_known", "not_collected", "not_collected_by_rule"]);
                tree.put(&absent, Json::from(reason));
            }
        }
    }
}

/// With its role: a path that does not begin with a part of the case is of the placement.
fn rooted(path: &str) -> String {
    let first = path.split_once('.').map_or(path, |(first, _)| first);
    let is_list = |role: Role| role.is_list() && path == first;
    let of_case = |role: Role| role.as_str() == first && (path != first || is_list(role));
    if Role::CASE.into_iter().any(of_case) { path.to_owned() } else { format!("placement.{path}") }
}

/// A tree of objects that is filled by paths.
#[derive(Default)]
struct Tree {
    members: Vec<(String, Node)>,
}

enum Node {
    Leaf(Json),
    Inner(Tree),
}

impl Tree {
    fn put(&mut self, path: &str, value: Json) {
        let Some((head, rest)) = path.split_once('.') else {
            self.members.push((path.to_owned(), Node::Leaf(value)));
            return;
        };
        if !self.members.iter().any(|(name, _)| name == head) {
            self.members.push((head.to_owned(), Node::Inner(Self::default())));
        }
        if let Some((_, Node::Inner(inner))) = self.members.iter_mut().find(|(name, _)| name == head) {
            inner.put(rest, value);
        }
    }

    fn into_json(self) -> Json {
        let node = |node| match node {
            Node::Leaf(value) => value,
            Node::Inner(tree) => tree.into_json(),
        };
        Json::Object(self.members.into_iter().map(|(name, value)| (name, node(value))).collect())
    }
}
