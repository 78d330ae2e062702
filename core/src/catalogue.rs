//! The field catalogue: what each record holds, as constant data.
//!
//! The `Record` derive writes it from the structs of [`crate::record`]. The JSON Schema, the reader, the names and types that
//! rules may use, the columns of a table, the form and the types of other languages all come from here; nothing else
//! lists fields. [`Layout`] flattens a record to tables: one for the record with the objects inside it, and one for each list of
//! objects or codes (Arrow's list-of-struct layout).

use crate::by_text::ByText;
use crate::finding::Segment;
use crate::identifier::{NotStored, Scheme};
use std::sync::OnceLock;

/// A purpose, as the derive writes it; none where the library is small and makes no schema.
#[doc(hidden)]
#[must_use]
pub const fn doc(text: &'static str) -> &'static str {
    if cfg!(all(feature = "small", not(feature = "schema"))) { "" } else { text }
}

/// A record or an object inside one.
#[derive(Debug)]
pub struct StructDef {
    /// Name in `snake_case`.
    pub name: &'static str,
    /// Purpose, in English; empty with the feature `small`.
    pub doc: &'static str,
    /// Paths of the fields that no two records of a set share; empty for an object inside a record.
    pub key: &'static [&'static str],
    /// Fields in the order of the struct.
    pub fields: &'static [FieldDef],
}

impl StructDef {
    /// Whether a record is complete without what it says about a person: it has required fields, and none of them is personal.
    #[must_use]
    pub fn stands_without_person(&self) -> bool {
        let mut required = self.required().peekable();
        required.peek().is_some() && required.all(|field| !field.marks.personal)
    }

    /// The required fields, those of the objects inside it among them.
    fn required(&self) -> Box<dyn Iterator<Item = &FieldDef> + '_> {
        Box::new(self.fields.iter().flat_map(|field| match field.kind {
            FieldType::Object(inner) => inner.required(),
            _ => Box::new(std::iter::once(field).filter(|field| field.required)),
        }))
    }
}

/// One field.
#[derive(Debug)]
pub struct FieldDef {
    /// Name in `snake_case`.
    pub name: &'static str,
    /// Purpose, in English; empty with the feature `small`.
    pub doc: &'static str,
    /// What it holds.
    pub kind: FieldType,
    /// Whether a record without it is incomplete.
    pub required: bool,
    /// Unit, where the value is a quantity.
    pub unit: Option<&'static str>,
    /// Smallest and largest value.
    pub range: (Option<i64>, Option<i64>),
    /// Code points of a text.
    pub max_length: Option<usize>,
    /// What a text is that is more than free text.
    pub form: Option<Form>,
    /// When the field applies; always, if not given.
    pub applicable: Option<Applicable>,
    /// Sibling, or field of the record, whose day decides whether the code or commune is in force.
    pub valid_at: Option<&'static str>,
    /// The list that the number counts, if it does.
    pub counts: Option<Counts>,
    /// Marks for data protection.
    pub marks: Marks,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum FieldType {
    /// True or false.
    Bool,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Cents of euro, whole.
    Money,
    /// Text.
    Text,
    /// A code of the named list.
    Code(&'static str),
    /// A civil day.
    Date,
    /// A time of day.
    Time,
    /// A commune.
    Territory,
    /// An object in the same row.
    Object(&'static StructDef),
    /// A list of objects.
    Objects(&'static StructDef),
    /// A list of codes of the named list.
    Codes(&'static str),
}

impl FieldType {
    /// The word in findings and documents.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::Money => "money",
            Self::Text => "text",
            Self::Code(_) => "code",
            Self::Date => "date",
            Self::Time => "time",
            Self::Territory => "territory",
            Self::Object(_) => "object",
            Self::Objects(_) | Self::Codes(_) => "list",
        }
    }
}

/// What a text is that is more than free text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A number of a scheme, in its normal form.
    Identifier(Scheme),
    /// A period, as SDMX writes it.
    Period,
    /// An area larger or smaller than a commune: a NUTS code (`FRE11`), or the country and a national code (`FR-59`).
    Area,
    /// A reference or a category: letters, digits and `_ - . : /`.
    Reference,
}

impl Form {
    /// The word in findings and documents.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Identifier(scheme) => scheme.as_str(),
            Self::Period => "period",
            Self::Area => "area",
            Self::Reference => "reference",
        }
    }

    /// Whether a text has the form.
    ///
    /// # Errors
    /// What is wrong, and for an identifier the normal form where only the writing is.
    pub fn stored(self, text: &str) -> Result<(), NotFit> {
        let (fits, reason) = match self {
            Self::Identifier(scheme) => return scheme.stored(text).map_err(NotFit::Identifier),
            Self::Period => (crate::period::Period::parse(text).is_some(), "form.period"),
            Self::Area => (is_area(text), "form.area"),
            Self::Reference => (is_reference(text), "form.reference"),
        };
        if fits { Ok(()) } else { Err(NotFit::Form(reason)) }
    }

    /// Whether a text of this form may still be anything, a national number among them.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Area | Self::Reference)
    }
}

/// Why a text does not have its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFit {
    /// It is no number of the scheme, or not written as one is stored.
    Identifier(NotStored),
    /// The id of the text that says how it is written.
    Form(&'static str),
}

fn is_reference(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-.:/".contains(&b))
}

/// `FR` or `BE` and up to three of `0-9`, `A-Z` (NUTS); or the country, a hyphen, and up to nine of `0-9`, `A-Z`, `-`.
fn is_area(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("FR").or_else(|| text.strip_prefix("BE")) else {
        return false;
    };
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
    match rest.strip_prefix('-') {
        Some(national) => (1..=9).contains(&national.len()) && plain(&national.replace('-', "")),
        None => rest.len() <= 3 && plain(rest),
    }
}

/// A field applies when its sibling holds this value.
#[derive(Clone, Copy, Debug)]
pub struct Applicable {
    /// Name of the sibling.
    pub field: &'static str,
    /// The value as text: a code, or `true`.
    pub is: &'static str,
}

/// To whom a value may leave the home centre. What may leave may be counted too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaves {
    /// To nobody.
    None,
    /// To the host.
    Host,
    /// To the partners of the project.
    Project,
    /// To nobody but as a count.
    Statistics,
}

impl Leaves {
    /// The word in documents.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Host => "host",
            Self::Project => "project",
            Self::Statistics => "statistics",
        }
    }
}

/// A number counts the codes of a list of the same record that the rulebook joins to a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Path of the list.
    pub list: &'static str,
    /// The concept.
    pub concept: &'static str,
}

/// Categories of data that the GDPR protects more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// Health, origin, belief, sexual orientation (article 9).
    Article9,
    /// Convictions and measures of justice (article 10).
    Article10,
    /// Some of the one, some of the other.
    Articles9And10,
}

impl Special {
    /// The word in documents.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Article9 => "GDPR 9",
            Self::Article10 => "GDPR 10",
            Self::Articles9And10 => "GDPR 9, 10",
        }
    }
}

/// Marks for data protection.
#[derive(Clone, Copy, Debug)]
pub struct Marks {
    /// About a person: masked in every rendering unless asked for.
    pub personal: bool,
    /// Whether it is, or lets guess, what the GDPR protects more: health, origin, belief (article 9), convictions (article 10).
    pub special: Option<Special>,
    /// How much the question intrudes, 0 to 3: less intrusive ones are asked first.
    pub intrusive: u8,
    /// Judged in memory and never stored: left out of the minimal record.
    pub transient: bool,
    /// Whether centre or host can arrange it; never a person's condition.
    pub adjustable: bool,
    /// To whom the value may leave.
    pub leaves: Leaves,
}

macro_rules! roles {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The kinds of record, in their order, and after them the places of a case that hold records of a kind under another name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role {
            $($(#[$doc])* $name,)*
            /// The organisation that hosts the placement.
            HostOrganisation,
            /// The organisation that the person is sent by.
            HomeOrganisation,
            /// Placements before this one: of the same person, or at the same host.
            EarlierPlacements,
        }

        impl Role {
            /// All kinds, in catalogue order.
            pub const ALL: [Self; [$(stringify!($name)),*].len()] = [$(Self::$name),*];
            /// All kinds and places of a case, in their order.
            pub const EVERY: [Self; Self::ALL.len() + 3] =
                [$(Self::$name,)* Self::HostOrganisation, Self::HomeOrganisation, Self::EarlierPlacements];

            /// The definition of the record; of a list of records, that of the one field that is the list.
            #[must_use]
            pub fn def(self) -> &'static StructDef {
                match self {
                    $(Self::$name => <crate::record::$name as crate::rows::Record>::DEF,)*
                    Self::HostOrganisation | Self::HomeOrganisation => Self::Organisation.def(),
                    Self::EarlierPlacements => &EARLIER_PLACEMENTS,
                }
            }
        }
    };
}

crate::for_each_record!(roles);

impl Role {
    /// What a case is made of.
    pub const CASE: [Self; 7] = [
        Self::Participant,
        Self::Professional,
        Self::Worksite,
        Self::Placement,
        Self::HostOrganisation,
        Self::HomeOrganisation,
        Self::EarlierPlacements,
    ];
    /// The records of it that are always there, given or not: those that a table of cases has columns for.
    pub const MAIN: [Self; 2] = [Self::Participant, Self::Placement];

    /// The word in paths.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::HostOrganisation => "host_organisation",
            Self::HomeOrganisation => "home_organisation",
            kind => kind.def().name,
        }
    }

    /// Whether it is a list of records.
    #[must_use]
    pub fn is_list(self) -> bool {
        self == Self::EarlierPlacements
    }

    /// Whether all of it is personal, whatever its fields are marked: what somebody did before is about that person.
    #[must_use]
    pub fn is_personal(self) -> bool {
        self == Self::EarlierPlacements
    }

    /// The kind of the record, or of each record of the list.
    #[must_use]
    pub fn kind(self) -> Self {
        match self {
            Self::HostOrganisation | Self::HomeOrganisation => Self::Organisation,
            Self::EarlierPlacements => Self::Placement,
            kind => kind,
        }
    }

    /// Reads the word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// Position among all kinds.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }

    /// The record's tables.
    #[must_use]
    pub fn layout(self) -> &'static Layout {
        static LAYOUTS: [OnceLock<Layout>; Role::EVERY.len()] = [const { OnceLock::new() }; Role::EVERY.len()];
        match LAYOUTS.get(self.index()) {
            Some(cell) => cell.get_or_init(|| Layout::of(self)),
            // Every kind has its place by construction; an empty layout keeps this total.
            None => &EMPTY_LAYOUT,
        }
    }
}

static EMPTY_LAYOUT: Layout = Layout { role: Role::Participant, tables: Vec::new(), numbers: 0 };

/// The tables of a record.
#[derive(Debug)]
pub struct Layout {
    /// Whose tables these are.
    pub role: Role,
    /// The record's own table first, then its lists in catalogue order.
    pub tables: Vec<TableDef>,
    /// How many fields and ends all objects have together.
    pub(crate) numbers: usize,
}

/// One table: the record, or the elements of one list.
#[derive(Debug)]
pub struct TableDef {
    /// Path of the list; empty for the record itself.
    pub path: String,
    /// Steps from the record to the list, without the indices of lists around it.
    pub segments: Vec<Segment>,
    /// The list's column, for the elements of a list.
    pub parent: Option<ColumnId>,
    /// The object that a row is, with the columns of its fields.
    pub object: ObjectNode,
    /// Columns in catalogue order.
    pub columns: Vec<ColumnDef>,
    /// Which of them are required.
    pub(crate) required: Vec<usize>,
    /// Place of each path in `columns`.
    places: ByText<usize>,
}

impl TableDef {
    /// Path of a column from the record on, without the indices of lists.
    #[must_use]
    pub fn whole_path(&self, column: &ColumnDef) -> String {
        join(&self.path, &column.path)
    }
}

/// One column: a field that is not an object.
#[derive(Debug)]
pub struct ColumnDef {
    /// Path inside the table, with dots.
    pub path: String,
    /// Steps inside the table.
    pub segments: Vec<Segment>,
    /// The field.
    pub field: &'static FieldDef,
    /// Table of the elements, for a list.
    pub child: Option<usize>,
    /// Column that decides whether this one applies, and the value it must hold.
    pub applicable: Option<(usize, &'static str)>,
    /// Column that gives the day on which a code must be in force.
    pub valid_at: Option<usize>,
}

/// An object and where its fields live.
#[derive(Debug)]
pub struct ObjectNode {
    /// The definition.
    pub def: &'static StructDef,
    /// One place for each field of the definition, in its order.
    pub places: Vec<Place>,
    /// Number of each field by its name.
    names: ByText<usize>,
    /// The first of its numbers among the fields and ends of all objects of the record, for what is kept of each.
    pub(crate) number: usize,
}

impl ObjectNode {
    fn new(def: &'static StructDef, places: Vec<Place>, number: usize) -> Self {
        let names = def.fields.iter().enumerate().map(|(index, field)| (field.name.into(), index)).collect();
        Self { def, places, names, number }
    }

    /// The place of a field in the definition.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<usize> {
        self.names.get(name).copied()
    }
}

/// Where a field of an object lives.
#[derive(Debug)]
pub enum Place {
    /// In this column of the table.
    Column(usize),
    /// It is an object in the same row.
    Object(ObjectNode),
}

/// Where a field lives: table and column of a record's layout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ColumnId {
    /// Index of the table.
    pub table: usize,
    /// Index of the column in it.
    pub column: usize,
}

impl Layout {
    fn of(role: Role) -> Self {
        let mut layout = Self { role, tables: Vec::new(), numbers: 0 };
        layout.add_table(String::new(), Vec::new(), None, role.def());
        layout
    }

    fn add_table(
        &mut self,
        path: String,
        segments: Vec<Segment>,
        parent: Option<ColumnId>,
        def: &'static StructDef,
    ) -> usize {
        let index = self.tables.len();
        let object = ObjectNode::new(def, Vec::new(), 0);
        self.tables.push(TableDef {
            path: path.clone(),
            segments: segments.clone(),
            parent,
            object,
            columns: Vec::new(),
            required: Vec::new(),
            places: ByText::default(),
        });
        let mut around = Around { table: index, table_path: path, table_segments: segments, columns: Vec::new() };
        let object = self.add_columns(&mut around, "", &[], def);
        if let Some(table) = self.tables.get_mut(index) {
            let paths = around.columns.iter().map(|column| column.path.as_str().into());
            table.places = paths.enumerate().map(|(place, path)| (path, place)).collect();
            let required = around.columns.iter().enumerate().filter(|(_, column)| column.field.required);
            table.required = required.map(|(place, _)| place).collect();
            table.columns = around.columns;
            table.object = object;
        }
        index
    }

    fn add_columns(
        &mut self,
        around: &mut Around,
        prefix: &str,
        steps: &[Segment],
        def: &'static StructDef,
    ) -> ObjectNode {
        let first = around.columns.len();
        let mut places = Vec::new();
        for (index, field) in def.fields.iter().enumerate() {
            let path = join(prefix, field.name);
            let mut segments = steps.to_vec();
            if !field.name.is_empty() {
                segments.push(Segment::Field(index, field.name));
            }
            if let FieldType::Object(inner) = field.kind {
                places.push(Place::Object(self.add_columns(around, &path, &segments, inner)));
                continue;
            }
            places.push(Place::Column(around.columns.len()));
            let child = self.add_child(around, &path, &segments, field);
            around.columns.push(ColumnDef { path, segments, field, child, applicable: None, valid_at: None });
        }
        Self::link_siblings(prefix, first, &mut around.columns);
        let number = self.numbers;
        self.numbers += def.fields.len() + 1;
        ObjectNode::new(def, places, number)
    }

    fn add_child(&mut self, around: &Around, path: &str, steps: &[Segment], field: &'static FieldDef) -> Option<usize> {
        let def = match field.kind {
            FieldType::Objects(inner) => inner,
            FieldType::Codes(_) => &CODE_ELEMENT,
            _ => return None,
        };
        let parent = ColumnId { table: around.table, column: around.columns.len() };
        let segments = [around.table_segments.as_slice(), steps].concat();
        let table = self.add_table(join(&around.table_path, path), segments, Some(parent), def);
        if let (FieldType::Codes(_), Some(element)) =
            (field.kind, self.tables.get_mut(table).and_then(|t| t.columns.first_mut()))
        {
            element.field = field;
        }
        Some(table)
    }

    /// Resolves the names of siblings that `applicable` and `valid_at` mention, once all of them have a column.
    fn link_siblings(prefix: &str, first: usize, columns: &mut [ColumnDef]) {
        let find = |columns: &[ColumnDef], name: &str| {
            let sibling = join(prefix, name);
            columns.iter().position(|c| c.path == sibling).or_else(|| columns.iter().position(|c| c.path == name))
        };
        for index in first..columns.len() {
            let Some(field) = columns.get(index).map(|c| c.field) else {
                continue;
            };
            let applicable = field.applicable.and_then(|a| find(columns, a.field).map(|i| (i, a.is)));
            let valid_at = field.valid_at.and_then(|name| find(columns, name));
            if let Some(column) = columns.get_mut(index) {
                column.applicable = column.applicable.or(applicable);
                column.valid_at = column.valid_at.or(valid_at);
            }
        }
    }

    /// The table at an index.
    #[must_use]
    pub fn table(&self, index: usize) -> Option<&TableDef> {
        self.tables.get(index)
    }

    /// The column at an id.
    #[must_use]
    pub fn column(&self, id: ColumnId) -> Option<&ColumnDef> {
        self.tables.get(id.table).and_then(|table| table.columns.get(id.column))
    }

    /// The column of the record's own table at a path.
    #[must_use]
    pub fn find(&self, path: &str) -> Option<ColumnId> {
        self.find_in(0, path)
    }

    /// The column of a table at a path inside it.
    #[must_use]
    pub fn find_in(&self, table: usize, path: &str) -> Option<ColumnId> {
        let places = &self.tables.get(table)?.places;
        places.get(path).map(|column| ColumnId { table, column: *column })
    }
}

/// The table that columns are being added to.
struct Around {
    table: usize,
    table_path: String,
    table_segments: Vec<Segment>,
    columns: Vec<ColumnDef>,
}

/// The records of a case before this one: one list without a name of its own, so that its path is that of the place in the case.
static EARLIER_PLACEMENTS: StructDef = StructDef {
    name: "earlier_placements",
    doc: "Placements before this one: of the same person, or at the same host.",
    key: &[],
    fields: &[FieldDef {
        name: "",
        doc: "The placements.",
        kind: FieldType::Objects(<crate::record::Placement as crate::rows::Record>::DEF),
        required: false,
        unit: None,
        range: (None, None),
        max_length: None,
        form: None,
        applicable: None,
        valid_at: None,
        counts: None,
        marks: Marks {
            personal: true,
            special: None,
            intrusive: 1,
            transient: false,
            adjustable: false,
            leaves: Leaves::None,
        },
    }],
};

/// The one column of a list of codes; its field is then that of the list.
static CODE_ELEMENT: StructDef = StructDef {
    name: "code",
    doc: "A code of the list.",
    key: &[],
    fields: &[FieldDef {
        name: "",
        doc: "The code.",
        kind: FieldType::Code(""),
        required: true,
        unit: None,
        range: (None, None),
        max_length: None,
        form: None,
        applicable: None,
        valid_at: None,
        counts: None,
        marks: Marks {
            personal: false,
            special: None,
            intrusive: 0,
            transient: false,
            adjustable: false,
            leaves: Leaves::None,
        },
    }],
};

fn join(prefix: &str, name: &str) -> String {
    if prefix.is_empty() { name.to_owned() } else { format!("{prefix}.{name}") }
}
