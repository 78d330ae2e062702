//! Which column is which field: the columns of a batch as the tree of objects that a row is.
//!
//! A column that the catalogue does not know is a finding of the table and is not read; what the catalogue knows is read whatever its type,
//! and the reader judges the values.

use crate::catalogue::{FieldType, Role, StructDef};
use crate::finding::{Code, Finding, Path, Segment};
use crate::limits;
use crate::reader::{Shape, unknown_field};
use crate::rulebook::Rulebook;
use arrow_array::cast::AsArray;
use arrow_array::types::{Int16Type, Int32Type, Int64Type, RunEndIndexType};
use arrow_array::{Array, RecordBatch, RunArray, StructArray};
use arrow_schema::DataType;

/// The columns of one batch.
pub(super) struct Plan<'t> {
    pub(super) rows: usize,
    pub(super) root: Node<'t>,
}

/// Where the values of a place come from.
pub(super) enum Node<'t> {
    /// An array of plain values.
    Leaf(&'t dyn Array),
    /// An object: a struct array, or columns with dots.
    Object(Object<'t>),
    /// A list array and its elements.
    List(&'t dyn Array, Box<Node<'t>>),
    /// A dictionary or runs, and the values that it points to.
    Pointers(&'t dyn Array, Box<Node<'t>>),
    /// Lists or objects nested too deep.
    TooDeep(&'t dyn Array),
}

/// The members of an object.
pub(super) struct Object<'t> {
    /// Says which objects are null, where a struct array holds them.
    pub(super) array: Option<&'t dyn Array>,
    pub(super) members: Vec<(&'t str, Node<'t>)>,
}

/// What the catalogue expects at a place.
#[derive(Clone, Copy)]
enum Wanted {
    /// A record for each role.
    Case,
    /// An object, or a list of them.
    Struct(&'static StructDef),
    /// The reasons of absence of an object.
    Reasons(&'static StructDef),
    /// A value that has no names of ours.
    Value,
}

impl Wanted {
    fn names(self) -> Vec<&'static str> {
        match self {
            Self::Case => Role::MAIN.map(Role::as_str).to_vec(),
            Self::Struct(def) | Self::Reasons(def) => def.fields.iter().map(|field| field.name).collect(),
            Self::Value => Vec::new(),
        }
    }

    /// What stands under a name, and the step of a path that it is.
    fn member(self, name: &str) -> Option<(Self, Segment)> {
        match self {
            Self::Case => None,
            Self::Struct(_) | Self::Reasons(_) if name.is_empty() => None,
            Self::Struct(def) => match def.fields.iter().position(|field| field.name == name) {
                Some(index) => {
                    let field = def.fields.get(index)?;
                    let inner = match field.kind {
                        FieldType::Object(inner) | FieldType::Objects(inner) => Self::Struct(inner),
                        _ => Self::Value,
                    };
                    Some((inner, Segment::Field(index, field.name)))
                }
                None => (name == "absent").then(|| (Self::Reasons(def), Segment::Unknown("absent".to_owned()))),
            },
            Self::Reasons(def) => {
                let field = def.fields.iter().find(|field| field.name == name)?;
                Some((Self::Value, Segment::Unknown(field.name.to_owned())))
            }
            Self::Value => None,
        }
    }

    fn has_names(self) -> bool {
        !matches!(self, Self::Value)
    }
}

/// A place in the tree: what is wanted there, and the path to it.
#[derive(Clone)]
struct Place {
    wanted: Wanted,
    role: Option<Role>,
    path: Vec<Segment>,
    depth: usize,
}

impl Place {
    fn root(shape: Shape) -> Self {
        let wanted = shape.role().map_or(Wanted::Case, |role| Wanted::Struct(role.def()));
        Self { wanted, role: shape.role(), path: Vec::new(), depth: 1 }
    }

    fn member(&self, name: &str) -> Option<Self> {
        let depth = self.depth + 1;
        if let Wanted::Case = self.wanted {
            let role = Role::MAIN.into_iter().find(|role| role.as_str() == name)?;
            return Some(Self { wanted: Wanted::Struct(role.def()), role: Some(role), path: Vec::new(), depth });
        }
        let (wanted, segment) = self.wanted.member(name)?;
        let mut path = self.path.clone();
        path.push(segment);
        Some(Self { wanted, role: self.role, path, depth })
    }

    fn value(&self) -> Self {
        Self { wanted: Wanted::Value, depth: self.depth + 1, ..self.clone() }
    }

    fn element(&self) -> Self {
        Self { depth: self.depth + 1, ..self.clone() }
    }

    /// The path of a name here.
    fn at(&self, name: &str) -> Path {
        let mut path = self.path.clone();
        let segment =
            self.wanted.member(name).map_or_else(|| Segment::Unknown(name.to_owned()), |(_, segment)| segment);
        path.push(segment);
        Path::new(self.role, path, false)
    }
}

impl<'t> Plan<'t> {
    /// Matches the columns of a batch with the catalogue; what does not match is added to the findings.
    pub(super) fn of(batch: &'t RecordBatch, shape: Shape, book: &Rulebook, findings: &mut Vec<Finding>) -> Self {
        let mut builder = Builder { book, findings };
        let mut root = Object { array: None, members: Vec::new() };
        let place = Place::root(shape);
        for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
            builder.column(&mut root, &place, field.name(), array);
        }
        Self { rows: batch.num_rows(), root: Node::Object(root) }
    }

    /// Whether no column is left in it.
    pub(super) fn is_used_up(&self) -> bool {
        matches!(&self.root, Node::Object(root) if root.members.is_empty())
    }
}

struct Builder<'f, 'b> {
    book: &'b Rulebook,
    findings: &'f mut Vec<Finding>,
}

impl Builder<'_, '_> {
    /// One column of the table: its name is a path with dots.
    fn column<'t>(&mut self, object: &mut Object<'t>, place: &Place, name: &'t str, array: &'t dyn Array) {
        if let Some(inner) = place.member(name) {
            return self.put(object, place, name, |builder| builder.node(array, &inner, false));
        }
        let Some((head, rest)) = name.split_once('.') else { return self.unknown(place, name) };
        let Some(inner) = place.member(head) else { return self.unknown(place, head) };
        let is_struct = matches!(array.data_type(), DataType::Struct(_));
        if rest == "absent" && !is_struct && matches!(place.wanted, Wanted::Struct(_)) {
            // `end.absent` is `absent.end`.
            let Some(reasons) = place.member("absent") else { return };
            let Some(object) = self.inside(object, place, "absent") else { return };
            return self.put(object, &reasons, head, |builder| builder.node(array, &reasons.value(), false));
        }
        let open = match inner.wanted {
            Wanted::Struct(_) => !self.is_list(place, head),
            Wanted::Reasons(_) => true,
            _ => false,
        };
        if !open {
            return self.unknown(&inner, rest);
        }
        if let Some(object) = self.inside(object, place, head) {
            self.column(object, &inner, rest, array);
        }
        // Of a column that nobody knows nothing stays.
        object.members.retain(
            |(_, node)| !matches!(node, Node::Object(inner) if inner.array.is_none() && inner.members.is_empty()),
        );
    }

    fn is_list(&self, place: &Place, name: &str) -> bool {
        let Wanted::Struct(def) = place.wanted else { return false };
        def.fields.iter().any(|field| field.name == name && matches!(field.kind, FieldType::Objects(_)))
    }

    /// The object under a name, made of columns with dots.
    fn inside<'o, 't>(
        &mut self,
        object: &'o mut Object<'t>,
        place: &Place,
        name: &'t str,
    ) -> Option<&'o mut Object<'t>> {
        let at = object.members.iter().position(|(other, _)| *other == name).unwrap_or_else(|| {
            object.members.push((name, Node::Object(Object { array: None, members: Vec::new() })));
            object.members.len() - 1
        });
        match object.members.get_mut(at) {
            Some((_, Node::Object(inner))) if inner.array.is_none() => Some(inner),
            _ => {
                self.twice(place, name);
                None
            }
        }
    }

    /// Adds a member; the first of a name wins.
    fn put<'t>(
        &mut self,
        object: &mut Object<'t>,
        place: &Place,
        name: &'t str,
        node: impl FnOnce(&mut Self) -> Node<'t>,
    ) {
        if object.members.iter().any(|(other, _)| *other == name) {
            return self.twice(place, name);
        }
        let node = node(self);
        object.members.push((name, node));
    }

    fn node<'t>(&mut self, array: &'t dyn Array, place: &Place, pointed: bool) -> Node<'t> {
        let nested = array.data_type().is_nested() && !matches!(array.data_type(), DataType::Map(..));
        match array.data_type() {
            DataType::Dictionary(..) if !pointed => match array.as_any_dictionary_opt() {
                Some(dictionary) => Node::Pointers(array, Box::new(self.node(dictionary.values(), place, true))),
                None => Node::Leaf(array),
            },
            DataType::RunEndEncoded(..) if !pointed => match run_values(array) {
                Some(values) => Node::Pointers(array, Box::new(self.node(values, place, true))),
                None => Node::Leaf(array),
            },
            _ if nested && place.depth > limits::DEPTH => Node::TooDeep(array),
            DataType::Struct(_) => match array.as_struct_opt() {
                Some(given) => Node::Object(self.object(given, array, place)),
                None => Node::Leaf(array),
            },
            _ => match elements(array) {
                Some(values) => Node::List(array, Box::new(self.node(values, &place.element(), false))),
                None => Node::Leaf(array),
            },
        }
    }

    fn object<'t>(&mut self, given: &'t StructArray, array: &'t dyn Array, place: &Place) -> Object<'t> {
        let mut object = Object { array: Some(array), members: Vec::new() };
        for (field, child) in given.fields().iter().zip(given.columns()) {
            let name = field.name();
            match place.member(name) {
                Some(inner) => self.put(&mut object, place, name, |builder| builder.node(child, &inner, false)),
                None if place.wanted.has_names() => self.unknown(place, name),
                None => {
                    let node = self.node(child, &place.value(), false);
                    object.members.push((name, node));
                }
            }
        }
        object
    }

    fn unknown(&mut self, place: &Place, name: &str) {
        let names = place.wanted.names();
        self.findings.push(unknown_field(self.book, place.at(name), name, names.into_iter()));
    }

    fn twice(&mut self, place: &Place, name: &str) {
        self.findings.push(Finding::new(Code::KeyDuplicate, place.at(name)).with("name", name));
    }
}

/// The values of a list array.
fn elements(array: &dyn Array) -> Option<&dyn Array> {
    Some(match array.data_type() {
        DataType::List(_) => array.as_list_opt::<i32>()?.values(),
        DataType::LargeList(_) => array.as_list_opt::<i64>()?.values(),
        DataType::FixedSizeList(..) => array.as_fixed_size_list_opt()?.values(),
        DataType::ListView(_) => array.as_list_view_opt::<i32>()?.values(),
        DataType::LargeListView(_) => array.as_list_view_opt::<i64>()?.values(),
        _ => return None,
    })
}

/// The values of an array of runs.
fn run_values(array: &dyn Array) -> Option<&dyn Array> {
    fn of<T: RunEndIndexType>(array: &dyn Array) -> Option<&dyn Array> {
        array.as_any().downcast_ref::<RunArray<T>>().map(|runs| &**runs.values())
    }
    of::<Int16Type>(array).or_else(|| of::<Int32Type>(array)).or_else(|| of::<Int64Type>(array))
}
