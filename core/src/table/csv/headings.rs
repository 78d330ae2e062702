//! Which heading is which field: by the mapping of the caller, the path of the catalogue, or a label in any language.

use super::CsvOptions;
use crate::catalogue::{FieldDef, FieldType, Role, StructDef};
use crate::finding::{Code, Finding, Path, Segment};
use crate::hint::fold;
use crate::json::Json;
use crate::limits;
use crate::message::Lang;
use crate::reader::{Shape, unknown_field};
use crate::rulebook::Rulebook;
use crate::table::companion::{CODE, List};
use std::collections::{BTreeMap, BTreeSet};

/// Bytes of the longest heading that is looked for among the labels.
const LABEL: usize = 256;

/// One step into a record.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Name(&'static str),
    Index(usize),
}

/// Where the cells of a column go.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Position in the text.
    pub(super) index: usize,
    /// The heading.
    pub(super) heading: String,
    /// The way from the record, or from the case, to the value.
    pub(super) steps: Vec<Step>,
    /// The field; none where the cell is the reason of its absence.
    pub(super) field: Option<&'static FieldDef>,
    /// The path that findings name.
    pub(super) path: Path,
}

/// What the headings are of: a record, a case, or the elements of a list of a record.
#[derive(Clone, Copy)]
pub(super) struct Scope {
    pub(super) shape: Shape,
    pub(super) list: Option<List>,
}

impl Scope {
    /// The path of a heading of a list in its record: `since` is `benefits.since`, `participant.id` is `id`.
    fn path(&self, heading: &str) -> String {
        match self.list {
            None => heading.to_owned(),
            Some(list) if heading == list.key_column() => list.key().unwrap_or_default().to_owned(),
            Some(list) if list.is_of_codes() && heading == CODE => list.path().to_owned(),
            Some(list) => format!("{}.{heading}", list.path()),
        }
    }

    /// The heading of a path of the record, the reverse of [`Self::path`].
    fn heading(&self, written: &str) -> String {
        let Some(list) = self.list else { return written.to_owned() };
        let bare = written.replacen("[0]", "", 1);
        match bare.strip_prefix(list.path()).map(|rest| rest.strip_prefix('.')) {
            Some(Some(inside)) => inside.to_owned(),
            Some(None) => CODE.to_owned(),
            None => list.key_column(),
        }
    }

    /// Whether a path of a record belongs to it.
    fn holds(&self, bare: &str) -> bool {
        let inside =
            |list: List| bare.strip_prefix(list.path()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.list.is_none_or(inside)
    }

    /// The names that a misspelt heading may have meant.
    fn names(&self) -> Vec<&'static str> {
        let columns = |role: &Role| role.layout().table(0).map(|table| table.columns.as_slice()).unwrap_or_default();
        match self.list {
            Some(list) => list.elements().columns.iter().map(|column| column.path.as_str()).collect(),
            None => self
                .shape
                .roles()
                .iter()
                .flat_map(|role| columns(role).iter().map(|column| column.path.as_str()))
                .collect(),
        }
    }
}

/// Matches the headings with the catalogue; what does not match is a finding, and its column is not read.
pub(super) fn matched(
    headings: &[String],
    is_blank: impl Fn(usize) -> bool,
    options: &CsvOptions,
    scope: &Scope,
    book: &Rulebook,
    findings: &mut Vec<Finding>,
) -> Vec<Column> {
    let (shape, labels) = (scope.shape, labels(scope, book));
    let mut columns: Vec<Column> = Vec::new();
    let mut taken = BTreeSet::new();
    for (index, heading) in headings.iter().enumerate() {
        let heading = heading.trim();
        if options.columns.get(heading).is_some_and(Option::is_none) || (heading.is_empty() && is_blank(index)) {
            continue;
        }
        match target(heading, options, scope, &labels) {
            Err(finding) => findings.push(finding),
            Ok(None) => {
                let at = Path::new(shape.role(), vec![Segment::Unknown(heading.to_owned())], false);
                let name = options.columns.get(heading).and_then(Option::as_deref).unwrap_or(heading);
                findings.push(unknown_field(book, at, name, scope.names().into_iter()));
            }
            Ok(Some(target)) if !taken.insert(target.steps.clone()) => {
                findings.push(Finding::new(Code::KeyDuplicate, target.path).with("name", heading));
            }
            Ok(Some(target)) => {
                let written = scope.heading(&target.written);
                if written != heading {
                    let mapped = Finding::new(Code::TableHeaderMapped, target.path.clone());
                    findings.push(mapped.with("column", heading).with("field", written));
                }
                let Target { steps, field, path, .. } = target;
                columns.push(Column { index, heading: heading.to_owned(), steps, field, path });
            }
        }
    }
    let unused = options.columns.keys().filter(|name| !headings.iter().any(|heading| heading.trim() == *name));
    let whole = || Path::new(shape.role(), Vec::new(), false);
    findings.extend(unused.map(|name| Finding::new(Code::TableMapUnused, whole()).with("column", name.as_str())));
    columns
}

/// The field that a heading stands for.
#[derive(Clone, Debug)]
struct Target {
    steps: Vec<Step>,
    field: Option<&'static FieldDef>,
    path: Path,
    /// The path as the catalogue writes it.
    written: String,
}

/// Paths by folded name.
type Paths = BTreeMap<String, BTreeSet<String>>;

/// What else than its path a field may be called: by its label or whole name, or, if that finds nothing, by the last part of its path.
struct Labels {
    whole: Paths,
    last: Paths,
}

fn target(heading: &str, options: &CsvOptions, scope: &Scope, labels: &Labels) -> Result<Option<Target>, Finding> {
    let shape = scope.shape;
    let wanted = options.columns.get(heading).and_then(Option::as_deref).unwrap_or(heading);
    if let Some(found) = by_path(&scope.path(wanted), shape) {
        return Ok(Some(found));
    }
    if wanted.len() > LABEL {
        return Ok(None);
    }
    let (name, number) = numbered(wanted);
    let whole = fold(wanted);
    let lookups = [(&labels.whole, &whole, None), (&labels.whole, &name, number), (&labels.last, &whole, None)];
    let candidates = lookups.into_iter().find_map(|(paths, name, number)| paths.get(name).map(|paths| (paths, number)));
    let Some((paths, number)) = candidates else { return Ok(None) };
    if paths.len() > 1 {
        let at = Path::new(shape.role(), vec![Segment::Unknown(heading.to_owned())], false);
        let paths: Json = paths.iter().map(|path| Json::from(path.as_str())).collect();
        return Err(Finding::new(Code::TableHeaderAmbiguous, at).with("column", heading).with("fields", paths));
    }
    Ok(paths.first().and_then(|path| by_path(&path.replacen("[0]", &format!("[{}]", number.unwrap_or(0)), 1), shape)))
}

/// `Langue 2`: the second of a list; the name is folded.
fn numbered(heading: &str) -> (String, Option<usize>) {
    let bare = heading.trim_end_matches(')');
    let name = bare.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = bare.strip_prefix(name).and_then(|digits| digits.parse::<usize>().ok());
    let name = fold(name.trim_end_matches([' ', '(', '_', '-', '#']));
    (name, number.and_then(|number| number.checked_sub(1)).filter(|index| *index < limits::LIST))
}

/// Walks a path like `home.partner`, `benefits[0].since`, `end.absent`; of a list without index, the first element.
fn by_path(path: &str, shape: Shape) -> Option<Target> {
    let (role, inner, mut steps) = match shape {
        Shape::Record(role) => (role, path, Vec::new()),
        Shape::Case => {
            let (first, inner) = path.split_once('.')?;
            let role = Role::MAIN.into_iter().find(|role| role.as_str() == first)?;
            (role, inner, vec![Step::Name(role.as_str())])
        }
    };
    let mut def = Some(role.def());
    let (mut found, mut segments, mut written) = (None, Vec::new(), String::new());
    let mut parts = inner.split('.').peekable();
    while let Some(part) = parts.next() {
        let owner = def.take()?;
        let (name, index) = indexed(part)?;
        let position = owner.fields.iter().position(|field| field.name == name)?;
        let field = owner.fields.get(position)?;
        if parts.peek() == Some(&"absent") {
            steps.extend([Step::Name("absent"), Step::Name(field.name)]);
            segments.extend([Segment::Unknown("absent".to_owned()), Segment::Unknown(field.name.to_owned())]);
            parts.next();
            let last = parts.next().is_none() && index.is_none();
            let path = Path::new(Some(role), segments, false);
            return last.then(|| Target {
                steps,
                field: None,
                path,
                written: inner_written(&written, name, ".absent"),
            });
        }
        steps.push(Step::Name(field.name));
        segments.push(Segment::Field(position, field.name));
        written = inner_written(&written, name, "");
        match field.kind {
            FieldType::Object(inner) if index.is_none() => def = Some(inner),
            FieldType::Objects(inner) => {
                let index = index.unwrap_or(0);
                steps.push(Step::Index(index));
                segments.push(Segment::Index(index));
                written.push_str(&format!("[{index}]"));
                def = Some(inner);
            }
            _ if index.is_some() => return None,
            FieldType::Object(_) => return None,
            _ => found = Some(field),
        }
    }
    let field = found.filter(|_| def.is_none())?;
    let written = if shape == Shape::Case { format!("{}.{written}", role.as_str()) } else { written };
    Some(Target { steps, field: Some(field), path: Path::new(Some(role), segments, false), written })
}

fn inner_written(before: &str, name: &str, after: &str) -> String {
    if before.is_empty() { format!("{name}{after}") } else { format!("{before}.{name}{after}") }
}

/// `benefits[2]` is the name and the index.
fn indexed(part: &str) -> Option<(&str, Option<usize>)> {
    let Some((name, rest)) = part.split_once('[') else { return Some((part, None)) };
    let index = rest.strip_suffix(']')?.parse().ok().filter(|index| *index < limits::LIST)?;
    Some((name, Some(index)))
}

/// The paths of the fields by their folded labels and names.
fn labels(scope: &Scope, book: &Rulebook) -> Labels {
    let shape = scope.shape;
    let mut labels = Labels { whole: Paths::new(), last: Paths::new() };
    for role in shape.roles() {
        let front = if shape == Shape::Case { format!("{}.", role.as_str()) } else { String::new() };
        for (path, bare) in paths(role.def()).into_iter().filter(|(_, bare)| scope.holds(bare)) {
            let path = format!("{front}{path}");
            let add = |paths: &mut Paths, name: &str| {
                paths.entry(fold(name)).or_default().insert(path.clone());
            };
            add(&mut labels.whole, &path);
            add(&mut labels.whole, &bare);
            Lang::ALL.iter().for_each(|lang| add(&mut labels.whole, &book.label(*role, &bare, *lang)));
            add(&mut labels.last, bare.rsplit('.').next().unwrap_or_default());
        }
    }
    labels
}

/// The path of each value in a record, with the first element of lists, and the same without indices.
fn paths(def: &StructDef) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for field in def.fields {
        let mut inside = |inner: &StructDef, index: &str| {
            let joined = |(path, bare): (String, String)| {
                (format!("{}{index}.{path}", field.name), format!("{}.{bare}", field.name))
            };
            out.extend(paths(inner).into_iter().map(joined));
        };
        match field.kind {
            FieldType::Object(inner) => inside(inner, ""),
            FieldType::Objects(inner) => inside(inner, "[0]"),
            _ => out.push((field.name.to_owned(), field.name.to_owned())),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_paths_with_and_without_indices() {
        let written = |path: &str| by_path(path, Shape::Record(Role::Participant)).map(|target| target.written);
        assert_eq!(written("jobseeker.since").as_deref(), Some("jobseeker.since"));
        assert_eq!(written("benefits[2].since").as_deref(), Some("benefits[2].since"));
        assert_eq!(written("benefits.since").as_deref(), Some("benefits[0].since"));
        assert_eq!(written("birth_date.absent").as_deref(), Some("birth_date.absent"));
        for wrong in [
            "",
            "jobseeker",
            "benefits",
            "benefits[x].since",
            "birth_date[0]",
            "birth_date.x",
            "jobseeker[0].since",
            "absent",
        ] {
            assert_eq!(written(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_number_at_the_end_counts_from_one() {
        assert_eq!(numbered("Langue 2"), ("langue".to_owned(), Some(1)));
        assert_eq!(numbered("Langue (2)"), ("langue".to_owned(), Some(1)));
        assert_eq!(numbered("Langue 0"), ("langue".to_owned(), None));
        assert_eq!(numbered("Langue"), ("langue".to_owned(), None));
    }
}
