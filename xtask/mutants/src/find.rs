//! Where the sources can be broken: text goes in, mutants and the edits that carry them come out.
//!
//! Every mutant is guarded by its number: `crate::mutant::on(7)` is false but in the run that judges it. An edit puts text around a piece of
//! the source, and keeps the source itself, so that mutants nest and lines stay where they were.

use proc_macro2::Span;
use std::collections::BTreeSet;
use std::ops::Range;
use syn::spanned::Spanned as _;
use syn::visit::{self, Visit};
use syn::{BinOp, Block, Expr, Lit, ReturnType, Stmt, UnOp};

/// One way in which the source is broken.
pub(crate) struct Mutant {
    pub(crate) id: usize,
    /// `file:line:column`, and what changes: what is told, and what a run remembers.
    pub(crate) name: String,
}

/// Text put in at a place, or in the place of an operator.
pub(crate) struct Edit {
    pub(crate) at: Range<usize>,
    pub(crate) text: String,
    /// Which piece it belongs to: outer pieces come first.
    pub(crate) piece: usize,
    pub(crate) closes: bool,
}

/// What is found in one file.
#[derive(Default)]
pub(crate) struct Found {
    pub(crate) mutants: Vec<Mutant>,
    pub(crate) edits: Vec<Edit>,
    /// The mutants of each piece.
    pub(crate) pieces: Vec<Vec<usize>>,
}

/// Looks through a file; `first` is the first free number, and what is in `dropped` gets a number but no edit.
pub(crate) fn find(file: &str, text: &str, first: usize, dropped: &BTreeSet<String>) -> syn::Result<Found> {
    let mut finder = Finder { file, text, next: first, dropped, found: Found::default() };
    finder.visit_file(&syn::parse_file(text)?);
    Ok(finder.found)
}

struct Finder<'a> {
    file: &'a str,
    text: &'a str,
    next: usize,
    dropped: &'a BTreeSet<String>,
    found: Found,
}

fn is_on(id: usize) -> String {
    format!("crate::mutant::on({id})")
}

impl Finder<'_> {
    /// The number of a new mutant; none where rustc refused it before.
    fn mutant(&mut self, span: Span, what: &str) -> Option<usize> {
        let (start, id) = (span.start(), self.next);
        self.next += 1;
        let name = format!("{}:{}:{}: {what}", self.file, start.line, start.column + 1);
        (!self.dropped.contains(&name)).then(|| {
            self.found.mutants.push(Mutant { id, name });
            id
        })
    }

    fn piece(&mut self, mutants: &[usize]) -> usize {
        self.found.pieces.push(mutants.to_vec());
        self.found.pieces.len() - 1
    }

    fn edit(&mut self, at: Range<usize>, text: String, piece: usize, closes: bool) {
        self.found.edits.push(Edit { at, text, piece, closes });
    }

    fn around(&mut self, span: Span, mutants: &[usize], before: String, after: &str) -> usize {
        let (piece, range) = (self.piece(mutants), span.byte_range());
        self.edit(range.start..range.start, before, piece, false);
        self.edit(range.end..range.end, after.to_owned(), piece, true);
        piece
    }

    /// A truth turned round.
    fn turned(&mut self, span: Span, what: &str) {
        if let Some(id) = self.mutant(span, what) {
            self.around(span, &[id], format!("({} ^ (", is_on(id)), "))");
        }
    }

    /// `a && b` is `!(!a || !b)`: turning all three round makes one of the other.
    fn junction(&mut self, whole: Span, left: Span, right: Span, what: &str) {
        if let Some(id) = self.mutant(whole, what) {
            for span in [whole, left, right] {
                self.around(span, &[id], format!("({} ^ (", is_on(id)), "))");
            }
        }
    }

    /// A function in the place of an operator; `by` is `&` where operands are looked at.
    fn called(&mut self, whole: Span, op: Span, name: &str, by: &str, mutants: &[usize]) {
        let ids: String = mutants.iter().map(|id| format!("{id}, ")).collect();
        let piece = self.around(whole, mutants, format!("crate::mutant::{name}({ids}{by}("), "))");
        let second = if by == "&" { "&" } else { "" };
        self.edit(op.byte_range(), format!("), {second}("), piece, false);
    }

    fn comparison(&mut self, whole: Span, op: Span, name: &str, texts: [&str; 2]) {
        let ids: Vec<usize> = texts.iter().filter_map(|what| self.mutant(whole, what)).collect();
        if ids.len() == texts.len() {
            self.called(whole, op, name, "&", &ids);
        }
    }

    fn arithmetic(&mut self, whole: Span, op: Span, name: &str, by: &str, what: &str) {
        if let Some(id) = self.mutant(whole, what) {
            self.called(whole, op, name, by, &[id]);
        }
    }

    /// A condition that always or never holds.
    fn condition(&mut self, condition: &Expr, never_alone: bool) {
        let span = condition.span();
        if has_let(condition) || self.is_seeded(span) {
            return;
        }
        if !never_alone && let Some(id) = self.mutant(span, "condition → true") {
            self.around(span, &[id], format!("({} || (", is_on(id)), "))");
        }
        if let Some(id) = self.mutant(span, "condition → false") {
            self.around(span, &[id], format!("(!{} && (", is_on(id)), "))");
        }
    }

    /// The engines that are broken on purpose are there for the laws alone.
    fn is_seeded(&self, span: Span) -> bool {
        let text = self.text.get(span.byte_range()).unwrap_or_default();
        text.contains("breakage::") || text == "broken"
    }

    fn body(&mut self, output: &ReturnType, block: &Block) {
        let open = block.brace_token.span.open();
        for value in values(output, block) {
            let value = if value.is_empty() { "return".to_owned() } else { format!("return {value}") };
            if let Some(id) = self.mutant(open, &format!("body → {value}")) {
                let (piece, at) = (self.piece(&[id]), open.byte_range().end);
                self.edit(at..at, format!(" if {} {{ {value}; }}", is_on(id)), piece, false);
            }
        }
    }

    fn function(&mut self, attrs: &[syn::Attribute], sig: &syn::Signature, block: &Block) {
        let seeded = sig.ident.to_string().starts_with("broken_");
        if sig.constness.is_none() && !seeded && !is_test(attrs) {
            self.body(&sig.output, block);
            self.visit_block(block);
        }
    }

    fn binary(&mut self, node: &syn::ExprBinary) {
        let (whole, op) = (node.span(), node.op.span());
        let (left, right) = (node.left.span(), node.right.span());
        let lets = has_let(&node.left) || has_let(&node.right);
        let literals = matches!((&*node.left, &*node.right), (Expr::Lit(_), Expr::Lit(_)));
        match node.op {
            BinOp::And(_) if !lets => self.junction(whole, left, right, "&& → ||"),
            BinOp::Or(_) if !lets => self.junction(whole, left, right, "|| → &&"),
            BinOp::Eq(_) => self.turned(whole, "== → !="),
            BinOp::Ne(_) => self.turned(whole, "!= → =="),
            BinOp::Lt(_) => self.comparison(whole, op, "lt", ["< → <=", "< → >"]),
            BinOp::Le(_) => self.comparison(whole, op, "le", ["<= → <", "<= → >"]),
            BinOp::Gt(_) => self.comparison(whole, op, "gt", ["> → >=", "> → <"]),
            BinOp::Ge(_) => self.comparison(whole, op, "ge", [">= → >", ">= → <"]),
            BinOp::Add(_) if !literals => self.arithmetic(whole, op, "add", "", "+ → -"),
            BinOp::Sub(_) if !literals => self.arithmetic(whole, op, "sub", "", "- → +"),
            BinOp::Mul(_) if !literals => self.arithmetic(whole, op, "mul", "", "* → /"),
            BinOp::Div(_) if !literals => self.arithmetic(whole, op, "div", "", "/ → *"),
            BinOp::AddAssign(_) => self.arithmetic(whole, op, "add_assign", "&mut ", "+= → -="),
            BinOp::SubAssign(_) => self.arithmetic(whole, op, "sub_assign", "&mut ", "-= → +="),
            _ => {}
        }
    }

    fn literal(&mut self, lit: &Lit) {
        let span = lit.span();
        let is_zero = match lit {
            Lit::Bool(value) => return self.turned(span, &format!("{} → {}", value.value, !value.value)),
            Lit::Int(value) => value.base10_digits() == "0",
            Lit::Float(_) => false,
            _ => return,
        };
        let text = self.text.get(span.byte_range()).unwrap_or_default().to_owned();
        for (name, sign) in [("up", "+"), ("down", "-")] {
            // One less than nothing is no number of most types.
            if (name == "up" || !is_zero)
                && let Some(id) = self.mutant(span, &format!("{text} → {text} {sign} 1"))
            {
                self.around(span, &[id], format!("crate::mutant::{name}({id}, "), ")");
            }
        }
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.function(&node.attrs, &node.sig, &node.block);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.function(&node.attrs, &node.sig, &node.block);
    }

    fn visit_trait_item_fn(&mut self, node: &'ast syn::TraitItemFn) {
        if let Some(block) = &node.default {
            self.function(&node.attrs, &node.sig, block);
        }
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        if !is_test(&node.attrs) {
            visit::visit_item_mod(self, node);
        }
    }

    fn visit_stmt(&mut self, node: &'ast Stmt) {
        if self.is_seeded(node.span()) || matches!(node, Stmt::Expr(expr, _) if is_room(expr)) {
            return;
        }
        if let Stmt::Expr(Expr::MethodCall(call), Some(_)) = node
            && let Some(id) = self.mutant(node.span(), &format!("`.{}(…);` is left out", call.method))
        {
            self.around(node.span(), &[id], format!("if !{} {{ ", is_on(id)), " }");
        }
        visit::visit_stmt(self, node);
    }

    fn visit_expr(&mut self, node: &'ast Expr) {
        if is_room(node) {
            return;
        }
        match node {
            Expr::Binary(binary) => self.binary(binary),
            Expr::Unary(unary) if matches!(unary.op, UnOp::Not(_)) => self.turned(node.span(), "! is left out"),
            Expr::Lit(lit) => self.literal(&lit.lit),
            Expr::Macro(call) if call.mac.path.is_ident("matches") => self.turned(node.span(), "matches! → !matches!"),
            Expr::If(branch) => self.condition(&branch.cond, false),
            // A loop that never ends is no question of tests.
            Expr::While(turn) => self.condition(&turn.cond, true),
            _ => {}
        }
        visit::visit_expr(self, node);
    }

    fn visit_arm(&mut self, node: &'ast syn::Arm) {
        if let Some((_, guard)) = &node.guard {
            self.condition(guard, false);
        }
        visit::visit_arm(self, node);
    }

    // What is worked out when the program is compiled, or is no expression.
    fn visit_expr_repeat(&mut self, node: &'ast syn::ExprRepeat) {
        self.visit_expr(&node.expr);
    }
    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}
    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}
    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}
    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}
    fn visit_item_enum(&mut self, _: &'ast syn::ItemEnum) {}
    fn visit_pat(&mut self, _: &'ast syn::Pat) {}
    fn visit_type(&mut self, _: &'ast syn::Type) {}
    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}
    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}
}

fn is_test(attrs: &[syn::Attribute]) -> bool {
    attrs.iter().any(|attr| match &attr.meta {
        syn::Meta::Path(path) => path.is_ident("test"),
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        syn::Meta::NameValue(_) => false,
    })
}

/// Whether it only asks for room in advance, which no result shows.
fn is_room(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => {
            matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "with_capacity"))
        }
        Expr::MethodCall(call) => call.method == "reserve_exact",
        _ => false,
    }
}

/// Whether a condition binds names, as `if let` does.
fn has_let(expr: &Expr) -> bool {
    match expr {
        Expr::Let(_) => true,
        Expr::Binary(both) => has_let(&both.left) || has_let(&both.right),
        _ => false,
    }
}

/// The answers that a function could give without doing anything.
fn values(output: &ReturnType, block: &Block) -> Vec<&'static str> {
    let ReturnType::Type(_, of) = output else {
        return if block.stmts.is_empty() { Vec::new() } else { vec![""] };
    };
    match &**of {
        syn::Type::Path(path) => path.path.segments.last().map(of_type).unwrap_or_default(),
        syn::Type::Reference(to) => match &*to.elem {
            syn::Type::Path(path) if path.path.is_ident("str") => vec!["\"\""],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn of_type(segment: &syn::PathSegment) -> Vec<&'static str> {
    match segment.ident.to_string().as_str() {
        "bool" => vec!["true", "false"],
        "Truth" => {
            vec!["crate::truth::Truth::True", "crate::truth::Truth::False", "crate::truth::Truth::Unknown"]
        }
        "Operand" => vec!["crate::kernel::Operand::Open", "crate::kernel::Operand::NotApplicable"],
        "Range" => vec!["crate::kernel::Range::ANY"],
        "Option" => vec!["None"],
        "Result" => vec!["Ok(())"],
        "Vec" => vec!["Vec::new()"],
        "BTreeSet" => vec!["BTreeSet::new()"],
        "String" => vec!["String::new()"],
        "f64" => vec!["0.0", "1.0"],
        "u8" | "u16" | "u32" | "u64" | "usize" | "i32" | "i64" => vec!["0", "1"],
        _ => Vec::new(),
    }
}
