//! The `Record` derive: from a struct to its field catalogue and to the way to and from rows.
//!
//! Types are told apart by their spelling: `Field<bool | i64 | f64 | Money | String | Code | Date | Time | TerritoryCode>` is one
//! cell, `Field<Vec<Code>>` a list of codes, `Field<Vec<T>>` a list of objects, and a bare `T` an object in the same row. A doc comment on
//! every field becomes its purpose in the catalogue. `#[record(name = "…", key = "id")]` names the record and the fields that no two records of
//! a set share. Attributes of `#[field(…)]`:
//!
//! - `required`, `personal`, `adjustable`, `transient`: marks without a value;
//! - `code = "list"`: code list of a `Code` or of a list of codes;
//! - `unit = "…"`, `min = n`, `max = n`, `max_length = n`;
//! - `form = "siret"`: the number that a text is, by the word of its scheme, in its normal form; or `period`, `area`, `reference`;
//! - `intrusive = n`, `leaves = "none|host|project|statistics"`, `special = "9"`, `"10"` or `"9, 10"` (articles of the GDPR);
//! - `applicable(sibling = "value")`: the field applies when its sibling holds the value;
//! - `counts(list = "field", concept = "concept")`: the number of codes of that list that the rulebook joins to the concept;
//! - `valid_at = "field"`: the day on which the code or commune must be in force.

use proc_macro::TokenStream;
use proc_macro2::{Ident, Span, TokenStream as Tokens};
use quote::quote;
use syn::{Data, DeriveInput, Error, Expr, Fields, GenericArgument, Lit, LitInt, LitStr, PathArguments, Result, Type};

/// Derives `sam_eurometropole::rows::Record` for a struct with named fields.
#[proc_macro_derive(Record, attributes(record, field))]
pub fn derive_record(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as DeriveInput);
    expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}

fn expand(input: &DeriveInput) -> Result<Tokens> {
    let Data::Struct(data) = &input.data else {
        return Err(Error::new_spanned(input, "a record is a struct"));
    };
    let Fields::Named(fields) = &data.fields else {
        return Err(Error::new_spanned(input, "a record has named fields"));
    };
    let ident = &input.ident;
    let (name, key) = record_attrs(input)?;
    let doc = doc_of(&input.attrs);
    let (mut defs, mut writes, mut reads) = (Vec::new(), Vec::new(), Vec::new());
    for field in &fields.named {
        let parts = expand_field(field)?;
        defs.push(parts.def);
        writes.push(parts.write);
        reads.push(parts.read);
    }
    Ok(quote! {
        impl ::sam_eurometropole::rows::Record for #ident {
            const DEF: &'static ::sam_eurometropole::catalogue::StructDef = &::sam_eurometropole::catalogue::StructDef {
                name: #name,
                doc: ::sam_eurometropole::catalogue::doc(#doc),
                key: &[#(#key),*],
                fields: &[#(#defs),*],
            };
            fn write(&self, out: &mut ::sam_eurometropole::rows::RowWriter<'_>) {
                #(#writes)*
            }
            fn read<R: ::sam_eurometropole::rows::Rows>(from: &mut ::sam_eurometropole::rows::RowReader<'_, R>) -> Self {
                Self { #(#reads),* }
            }
        }
    })
}

/// The name of the record, and the paths of its key.
fn record_attrs(input: &DeriveInput) -> Result<(String, Vec<String>)> {
    let (mut name, mut key) = (None, Vec::new());
    for attr in input.attrs.iter().filter(|a| a.path().is_ident("record")) {
        attr.parse_nested_meta(|meta| {
            let text = || Ok::<_, Error>(meta.value()?.parse::<LitStr>()?.value());
            match meta.path.get_ident().map(ToString::to_string).as_deref() {
                Some("name") => name = Some(text()?),
                Some("key") => key = text()?.split_whitespace().map(str::to_owned).collect(),
                _ => return Err(meta.error("only `name` and `key` are known")),
            }
            Ok(())
        })?;
    }
    let name = name.ok_or_else(|| Error::new_spanned(input, "#[record(name = \"…\")] is wanted"))?;
    Ok((name, key))
}

/// The three pieces that one field contributes.
struct Parts {
    def: Tokens,
    write: Tokens,
    read: Tokens,
}

/// How a field is stored.
enum Shape {
    Leaf(String),
    Codes,
    Objects(Type),
    Object(Type),
}

fn expand_field(field: &syn::Field) -> Result<Parts> {
    let Some(ident) = &field.ident else {
        return Err(Error::new_spanned(field, "a field has a name"));
    };
    let attrs = FieldAttrs::parse(field)?;
    let shape = shape_of(&field.ty)?;
    let kind = kind_of(&shape, &attrs, field)?;
    let (write, read) = match &shape {
        Shape::Leaf(_) => (quote!(out.put(&self.#ident);), quote!(#ident: from.take())),
        Shape::Codes => (quote!(out.codes(&self.#ident);), quote!(#ident: from.codes())),
        Shape::Objects(_) => (quote!(out.list(&self.#ident);), quote!(#ident: from.list())),
        Shape::Object(ty) => (
            quote!(::sam_eurometropole::rows::Record::write(&self.#ident, out);),
            quote!(#ident: <#ty as ::sam_eurometropole::rows::Record>::read(from)),
        ),
    };
    Ok(Parts { def: attrs.def(&ident.to_string(), &doc_of(&field.attrs), &kind), write, read })
}

fn shape_of(ty: &Type) -> Result<Shape> {
    let (name, argument) = last_segment(ty)?;
    if name != "Field" {
        return Ok(Shape::Object(ty.clone()));
    }
    let inner = argument.ok_or_else(|| Error::new_spanned(ty, "`Field` has one argument"))?;
    let (name, argument) = last_segment(&inner)?;
    match (name.as_str(), argument) {
        ("Vec", Some(element)) if last_segment(&element)?.0 == "Code" => Ok(Shape::Codes),
        ("Vec", Some(element)) => Ok(Shape::Objects(element)),
        _ => Ok(Shape::Leaf(name)),
    }
}

fn last_segment(ty: &Type) -> Result<(String, Option<Type>)> {
    let Type::Path(path) = ty else {
        return Err(Error::new_spanned(ty, "a plain type is wanted"));
    };
    let segment = path.path.segments.last().ok_or_else(|| Error::new_spanned(ty, "a plain type is wanted"))?;
    let argument = match &segment.arguments {
        PathArguments::AngleBracketed(list) => list.args.first().and_then(|a| match a {
            GenericArgument::Type(ty) => Some(ty.clone()),
            _ => None,
        }),
        _ => None,
    };
    Ok((segment.ident.to_string(), argument))
}

fn kind_of(shape: &Shape, attrs: &FieldAttrs, field: &syn::Field) -> Result<Tokens> {
    let list =
        || attrs.code.clone().ok_or_else(|| Error::new_spanned(field, "a code names its list: #[field(code = \"…\")]"));
    let variant = match shape {
        Shape::Object(ty) => quote!(Object(<#ty as ::sam_eurometropole::rows::Record>::DEF)),
        Shape::Objects(ty) => quote!(Objects(<#ty as ::sam_eurometropole::rows::Record>::DEF)),
        Shape::Codes => {
            let list = list()?;
            quote!(Codes(#list))
        }
        Shape::Leaf(name) => match name.as_str() {
            "bool" => quote!(Bool),
            "i64" => quote!(Integer),
            "f64" => quote!(Number),
            "Money" => quote!(Money),
            "String" => quote!(Text),
            "Date" => quote!(Date),
            "Time" => quote!(Time),
            "TerritoryCode" => quote!(Territory),
            "Code" => {
                let list = list()?;
                quote!(Code(#list))
            }
            _ => return Err(Error::new_spanned(field, "no field type of the catalogue")),
        },
    };
    Ok(quote!(::sam_eurometropole::catalogue::FieldType::#variant))
}

#[derive(Default)]
struct FieldAttrs {
    required: bool,
    personal: bool,
    adjustable: bool,
    transient: bool,
    special: Option<String>,
    code: Option<String>,
    unit: Option<String>,
    min: Option<i64>,
    max: Option<i64>,
    max_length: Option<usize>,
    form: Option<String>,
    intrusive: u8,
    leaves: Option<String>,
    applicable: Option<(String, String)>,
    valid_at: Option<String>,
    counts: Option<(String, String)>,
}

impl FieldAttrs {
    fn parse(field: &syn::Field) -> Result<Self> {
        let mut attrs = Self::default();
        for attr in field.attrs.iter().filter(|a| a.path().is_ident("field")) {
            attr.parse_nested_meta(|meta| attrs.take(&meta))?;
        }
        Ok(attrs)
    }

    fn take(&mut self, meta: &syn::meta::ParseNestedMeta<'_>) -> Result<()> {
        let name = meta.path.get_ident().map(ToString::to_string).unwrap_or_default();
        let text = || -> Result<Option<String>> { Ok(Some(meta.value()?.parse::<LitStr>()?.value())) };
        match name.as_str() {
            "required" => self.required = true,
            "personal" => self.personal = true,
            "adjustable" => self.adjustable = true,
            "transient" => self.transient = true,
            "special" => self.special = text()?,
            "code" => self.code = text()?,
            "unit" => self.unit = text()?,
            "form" => self.form = text()?,
            "leaves" => self.leaves = text()?,
            "valid_at" => self.valid_at = text()?,
            "min" => self.min = Some(integer(meta)?),
            "max" => self.max = Some(integer(meta)?),
            "max_length" => self.max_length = Some(meta.value()?.parse::<LitInt>()?.base10_parse()?),
            "intrusive" => self.intrusive = meta.value()?.parse::<LitInt>()?.base10_parse()?,
            "applicable" => meta.parse_nested_meta(|inner| {
                let field = inner.path.get_ident().map(ToString::to_string).unwrap_or_default();
                self.applicable = Some((field, inner.value()?.parse::<LitStr>()?.value()));
                Ok(())
            })?,
            "counts" => {
                let (mut list, mut concept) = (String::new(), String::new());
                meta.parse_nested_meta(|inner| {
                    let text = inner.value()?.parse::<LitStr>()?.value();
                    match inner.path.get_ident().map(ToString::to_string).as_deref() {
                        Some("list") => list = text,
                        Some("concept") => concept = text,
                        _ => return Err(inner.error("only `list` and `concept` are known")),
                    }
                    Ok(())
                })?;
                self.counts = Some((list, concept));
            }
            _ => return Err(meta.error("not an attribute of a field")),
        }
        Ok(())
    }

    fn def(&self, name: &str, doc: &str, kind: &Tokens) -> Tokens {
        let Self { required, personal, adjustable, transient, intrusive, .. } = self;
        let (unit, valid_at) = (option(self.unit.as_ref()), option(self.valid_at.as_ref()));
        let (min, max, max_length) = (option(self.min), option(self.max), option(self.max_length));
        let form = match self.form.as_deref() {
            Some("nir" | "niss") => quote!(compile_error!("no record holds a national number")),
            Some(word @ ("period" | "area" | "reference")) => {
                let form = variant(word);
                quote!(Some(::sam_eurometropole::catalogue::Form::#form))
            }
            Some(word) => {
                let scheme = variant(word);
                quote!(Some(::sam_eurometropole::catalogue::Form::Identifier(::sam_eurometropole::identifier::Scheme::#scheme)))
            }
            None => quote!(None),
        };
        let applicable = match &self.applicable {
            Some((field, is)) => {
                quote!(Some(::sam_eurometropole::catalogue::Applicable { field: #field, is: #is }))
            }
            None => quote!(None),
        };
        let counts = match &self.counts {
            Some((list, concept)) => {
                quote!(Some(::sam_eurometropole::catalogue::Counts { list: #list, concept: #concept }))
            }
            None => quote!(None),
        };
        let special = match self.special.as_deref() {
            Some("9") => quote!(Some(::sam_eurometropole::catalogue::Special::Article9)),
            Some("10") => quote!(Some(::sam_eurometropole::catalogue::Special::Article10)),
            Some("9, 10") => quote!(Some(::sam_eurometropole::catalogue::Special::Articles9And10)),
            Some(_) => quote!(compile_error!("special is 9, 10 or both")),
            None => quote!(None),
        };
        let leaves = match self.leaves.as_deref() {
            Some("host") => quote!(Host),
            Some("project") => quote!(Project),
            Some("statistics") => quote!(Statistics),
            Some("none") | None => quote!(None),
            Some(_) => quote!(compile_error!("leaves is none, host, project or statistics")),
        };
        quote! {
            ::sam_eurometropole::catalogue::FieldDef {
                name: #name,
                doc: ::sam_eurometropole::catalogue::doc(#doc),
                kind: #kind,
                required: #required,
                unit: #unit,
                range: (#min, #max),
                max_length: #max_length,
                form: #form,
                applicable: #applicable,
                valid_at: #valid_at,
                counts: #counts,
                marks: ::sam_eurometropole::catalogue::Marks {
                    personal: #personal,
                    special: #special,
                    intrusive: #intrusive,
                    transient: #transient,
                    adjustable: #adjustable,
                    leaves: ::sam_eurometropole::catalogue::Leaves::#leaves,
                },
            }
        }
    }
}

/// `be_enterprise` is `BeEnterprise`.
fn variant(word: &str) -> Ident {
    let mut name = String::new();
    for part in word.split('_') {
        let mut letters = part.chars();
        name.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        name.extend(letters);
    }
    Ident::new(&name, Span::call_site())
}

fn integer(meta: &syn::meta::ParseNestedMeta<'_>) -> Result<i64> {
    meta.value()?.parse::<LitInt>()?.base10_parse()
}

fn option<T: quote::ToTokens>(value: Option<T>) -> Tokens {
    match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    }
}

fn doc_of(attrs: &[syn::Attribute]) -> String {
    let lines: Vec<String> = attrs.iter().filter(|a| a.path().is_ident("doc")).filter_map(doc_line).collect();
    lines.join(" ").trim().to_owned()
}

fn doc_line(attr: &syn::Attribute) -> Option<String> {
    let Expr::Lit(expr) = &attr.meta.require_name_value().ok()?.value else {
        return None;
    };
    let Lit::Str(text) = &expr.lit else {
        return None;
    };
    Some(text.value().trim().to_owned())
}
