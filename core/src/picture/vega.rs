//! A picture as a Vega-Lite 6 specification, its data inline. Numbers are written as the language does, by `config.locale`; labels of values are
//! written here, so that they are those of the report. No row of a cell without a value holds a number.

use super::svg::{Map, class_colour};
use super::{DASHES, Kind, Mark, OF_PLACES, Panel, Picture, placed, wrapped};
use crate::json::Json;
use crate::message::Lang;

/// Which language of specifications it is.
const SCHEMA: &str = "https://vega.github.io/schema/vega-lite/v6.json";
/// The shapes of places, in the order of their colours.
const SHAPES: [&str; 6] = ["circle", "square", "triangle-up", "diamond", "triangle-down", "cross"];
/// How many characters a line of a title or of what stands below it has.
const TITLE: usize = 72;
const NOTE: usize = 90;

/// A fragment that never changes, written as JSON.
fn fixed(text: &str) -> Json {
    Json::parse(text).unwrap_or(Json::Null)
}

fn texts<'t>(texts: impl IntoIterator<Item = &'t str>) -> Json {
    texts.into_iter().map(Json::from).collect()
}

fn lines(text: &str, most: usize) -> Json {
    wrapped(text, most).into_iter().map(Json::from).collect()
}

/// An object with more members.
fn with<const N: usize>(object: Json, more: [(&str, Json); N]) -> Json {
    let mut members = match object {
        Json::Object(members) => members,
        _ => Vec::new(),
    };
    members.extend(more.map(|(name, value)| (name.to_owned(), value)));
    Json::Object(members)
}

impl Picture {
    /// The picture as a Vega-Lite specification.
    #[must_use]
    pub fn to_vega_lite(&self) -> Json {
        let (parts, columns) = match self.kind {
            Kind::Multiples => ("concat", 3),
            _ => ("concat", 1),
        };
        let panels = self.panels.iter().map(|panel| match self.kind {
            Kind::Bars => self.bars(panel),
            Kind::Trend => self.trend(panel, 480, 240),
            Kind::Multiples => self.trend(panel, 190, 100),
            Kind::Dots | Kind::Areas => self.map(panel),
        });
        let notes = self.notes.iter().flat_map(|note| wrapped(note, NOTE)).map(Json::from);
        let title = with(
            fixed(r##"{"anchor":"start","frame":"bounds","offset":12,"subtitleColor":"#444","subtitlePadding":4}"##),
            [("text", lines(&self.title, TITLE)), ("subtitle", notes.collect())],
        );
        Json::object([
            ("$schema", Json::from(SCHEMA)),
            ("description", Json::from(self.description.as_str())),
            ("title", title),
            ("config", config(self.lang)),
            ("columns", Json::Int(columns)),
            (parts, panels.collect()),
            (
                "resolve",
                fixed(
                    r#"{"scale":{"x":"independent","y":"independent","color":"independent","size":"independent","shape":"independent","strokeDash":"independent"}}"#,
                ),
            ),
            (
                "usermeta",
                Json::object([
                    ("id", Json::from(self.id.as_str())),
                    ("kind", Json::from(self.kind.as_str())),
                    ("indicator", Json::from(self.indicator.as_str())),
                    ("show", Json::from(self.show)),
                    ("language", Json::from(self.lang.as_str())),
                ]),
            ),
        ])
    }

    fn row(&self, mark: &Mark) -> Vec<(String, Json)> {
        let side = self.groups.get(mark.group).map_or("", |group| group.name.as_str());
        let mut row: Vec<(String, Json)> = [
            ("place", Json::from(mark.place.as_str())),
            ("name", Json::from(mark.name.as_str())),
            ("side", Json::from(side)),
            ("period", Json::from(mark.period.1.as_str())),
            ("state", Json::from(mark.state.as_str())),
            ("label", Json::from(mark.label.as_str())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        match mark.state.value() {
            Some(value) => row.push(("value".to_owned(), Json::number(value))),
            None => row.push(("sign".to_owned(), Json::from(mark.state.sign()))),
        }
        row
    }

    fn data(&self, panel: &Panel, more: impl Fn(&Mark) -> Vec<(&'static str, Json)>) -> Json {
        let row = |mark: &Mark| {
            let mut row = self.row(mark);
            row.extend(more(mark).into_iter().map(|(name, value)| (name.to_owned(), value)));
            Json::Object(row)
        };
        Json::object([("values", panel.marks.iter().map(row).collect())])
    }

    /// The names and the colours of the sides that marks lie on.
    fn of_sides(&self, panel: &Panel) -> Json {
        let groups = self.groups.iter().enumerate();
        let there: Vec<(usize, &str)> = groups
            .filter(|(at, _)| panel.marks.iter().any(|mark| mark.group == *at))
            .map(|(at, group)| (at, group.name.as_str()))
            .collect();
        Json::object([
            ("field", Json::from("side")),
            ("type", Json::from("nominal")),
            ("title", Json::Null),
            (
                "scale",
                Json::object([
                    ("domain", texts(there.iter().map(|(_, name)| *name))),
                    ("range", texts(there.iter().map(|(at, _)| self.colour(*at)))),
                ]),
            ),
        ])
    }

    fn tooltip(&self) -> Json {
        let entry = |field: &str, title: &str| {
            Json::object([("field", Json::from(field)), ("type", Json::from("nominal")), ("title", Json::from(title))])
        };
        [entry("name", " "), entry("period", "  "), entry("label", &self.unit)].into_iter().collect()
    }

    /// The field of values on an axis with our own ticks.
    fn values(&self, panel: &Panel, zero: bool) -> Json {
        let scale = &panel.scale;
        let ticks = || scale.ticks.iter().map(|tick| Json::number(*tick)).collect();
        Json::object([
            ("field", Json::from("value")),
            ("type", Json::from("quantitative")),
            ("title", if self.kind == Kind::Multiples { Json::Null } else { Json::from(self.unit.as_str()) }),
            (
                "scale",
                Json::object([
                    ("domain", [scale.low, scale.high].into_iter().map(Json::number).collect()),
                    ("zero", Json::Bool(zero)),
                    ("nice", Json::Bool(false)),
                ]),
            ),
            ("axis", with(fixed(r#"{"format":",.6~f","labelOverlap":true}"#), [("values", ticks())])),
        ])
    }

    fn heading(panel: &Panel) -> Json {
        if panel.heading.is_empty() { Json::from("") } else { Json::from(panel.heading.as_str()) }
    }

    fn bars(&self, panel: &Panel) -> Json {
        let layer = |transform: &str, mark: &str, encoding: Json| {
            Json::object([("transform", fixed(transform)), ("mark", fixed(mark)), ("encoding", encoding)])
        };
        let valued = r#"[{"filter":"datum.state === 'value'"}]"#;
        let x = || self.values(panel, true);
        let bars = layer(
            valued,
            r#"{"type":"bar","height":{"band":0.7}}"#,
            Json::object([("x", x()), ("color", self.of_sides(panel)), ("tooltip", self.tooltip())]),
        );
        let labels = layer(
            valued,
            r#"{"type":"text","align":{"expr":"datum.value < 0 ? 'right' : 'left'"},"dx":{"expr":"datum.value < 0 ? -4 : 4"}}"#,
            Json::object([("x", x()), ("text", fixed(r#"{"field":"label"}"#))]),
        );
        let absent = layer(
            r#"[{"filter":"datum.state !== 'value'"},{"calculate":"datum.sign + ' ' + datum.label","as":"told"}]"#,
            r##"{"type":"text","align":"left","dx":5,"color":"#444","fontStyle":"italic"}"##,
            Json::object([
                ("x", fixed(r#"{"datum":0,"type":"quantitative"}"#)),
                ("text", fixed(r#"{"field":"told"}"#)),
                ("tooltip", self.tooltip()),
            ]),
        );
        let names = texts(panel.names());
        Json::object([
            ("title", Self::heading(panel)),
            ("width", Json::Int(460)),
            ("height", fixed(r#"{"step":22}"#)),
            ("data", self.data(panel, |_| Vec::new())),
            (
                "encoding",
                Json::object([(
                    "y",
                    with(
                        fixed(
                            r#"{"field":"name","type":"nominal","title":null,"axis":{"labelLimit":420,"ticks":false,"domain":false,"grid":false}}"#,
                        ),
                        [("sort", names)],
                    ),
                )]),
            ),
            ("layer", [bars, labels, absent].into_iter().collect()),
        ])
    }

    fn trend(&self, panel: &Panel, width: i64, height: i64) -> Json {
        let layer = |mark: &str, encoding: Json| {
            let transform = fixed(r#"[{"filter":"datum.state === 'value'"}]"#);
            Json::object([("transform", transform), ("mark", fixed(mark)), ("encoding", encoding)])
        };
        let (is_small, y) = (self.kind == Kind::Multiples, || self.values(panel, false));
        let looks: Vec<(&str, Json)> = match is_small {
            true => vec![("color", fixed(r##"{"value":"#0072B2"}"##))],
            false => self.of_places(panel).into(),
        };
        let encoding = |wanted: &[&str], more: Vec<(&str, Json)>| {
            let looks = looks.iter().filter(|(name, _)| wanted.contains(name)).cloned();
            Json::Object(looks.chain(more).map(|(name, value)| (name.to_owned(), value)).collect())
        };
        let run = fixed(r#"[{"field":"place","type":"nominal"},{"field":"run","type":"nominal"}]"#);
        let line = layer(
            r#"{"type":"line","strokeWidth":2}"#,
            encoding(&["color", "strokeDash"], vec![("y", y()), ("detail", run)]),
        );
        let points = layer(
            r#"{"type":"point","filled":true,"size":50,"opacity":1}"#,
            encoding(&["color", "shape"], vec![("y", y()), ("tooltip", self.tooltip())]),
        );
        let absent = Json::object([
            ("transform", fixed(r#"[{"filter":"datum.state !== 'value'"}]"#)),
            ("mark", fixed(r#"{"type":"text","baseline":"bottom","fontSize":15,"dy":-1}"#)),
            (
                "encoding",
                Json::object([
                    ("y", Json::object([("value", Json::Int(height))])),
                    ("text", fixed(r#"{"field":"sign"}"#)),
                    ("tooltip", self.tooltip()),
                ]),
            ),
        ]);
        let mut layers = vec![line, points, absent];
        layers.extend(self.breaks(panel, height, is_small));
        let more = |mark: &Mark| {
            let run = Json::from(i64::try_from(mark.run).unwrap_or_default());
            vec![("month", Json::Int(mark.period.0)), ("run", run)]
        };
        Json::object([
            ("title", Self::heading(panel)),
            ("width", Json::Int(width)),
            ("height", Json::Int(height)),
            ("data", self.data(panel, more)),
            ("encoding", Json::object([("x", months(panel))])),
            ("layer", Json::List(layers)),
        ])
    }

    /// Colour, dash and shape of each place.
    fn of_places(&self, panel: &Panel) -> [(&'static str, Json); 3] {
        let names = panel.names();
        let count = names.len();
        let one = |legend: bool, range: Json| {
            let scale = Json::object([("domain", texts(names.iter().copied())), ("range", range)]);
            let encoding = with(fixed(r#"{"field":"name","type":"nominal","title":null}"#), [("scale", scale)]);
            if legend { encoding } else { with(encoding, [("legend", Json::Null)]) }
        };
        let dashes = DASHES.iter().take(count).map(|dash| dash.iter().map(|part| Json::Int(*part)).collect());
        [
            ("color", one(true, texts(OF_PLACES.into_iter().take(count)))),
            ("strokeDash", one(false, dashes.collect())),
            ("shape", one(true, texts(SHAPES.into_iter().take(count)))),
        ]
    }

    /// A rule for each break, with what it is.
    fn breaks(&self, panel: &Panel, height: i64, is_small: bool) -> Vec<Json> {
        if panel.breaks.is_empty() {
            return Vec::new();
        }
        let row = |(month, text): &(f64, String)| {
            Json::object([("month", Json::number(*month)), ("label", Json::from(text.as_str()))])
        };
        let data = || Json::object([("values", panel.breaks.iter().map(row).collect())]);
        let tooltip = || fixed(r#"{"field":"label","type":"nominal","title":" "}"#);
        let rule = Json::object([
            ("data", data()),
            ("mark", fixed(r##"{"type":"rule","strokeDash":[4,3],"color":"#111"}"##)),
            ("encoding", Json::object([("tooltip", tooltip())])),
        ]);
        let text = Json::object([
            ("data", data()),
            (
                "mark",
                fixed(
                    r##"{"type":"text","angle":270,"align":"left","baseline":"bottom","dx":4,"dy":-3,"color":"#444"}"##,
                ),
            ),
            (
                "encoding",
                Json::object([
                    ("y", Json::object([("value", Json::Int(height))])),
                    ("text", fixed(r#"{"field":"label"}"#)),
                ]),
            ),
        ]);
        if is_small { vec![rule] } else { vec![rule, text] }
    }

    /// Communes as dots at their centres, or as the shapes that the caller brought.
    fn map(&self, panel: &Panel) -> Json {
        let scale = Json::object([
            ("domain", texts(panel.classes.iter().map(String::as_str))),
            ("range", texts((0..panel.classes.len()).map(|class| class_colour(class, panel.classes.len())))),
        ]);
        let color = || {
            with(
                fixed(r#"{"field":"class","type":"ordinal"}"#),
                [("scale", scale.clone()), ("title", Json::from(self.unit.as_str()))],
            )
        };
        let layers = match self.kind {
            Kind::Areas => self.areas(panel, color()),
            _ => self.dots(panel, color()),
        };
        Json::object([
            ("title", Self::heading(panel)),
            ("width", Json::Int(560)),
            ("height", Json::Int(420)),
            ("projection", fixed(r#"{"type":"mercator"}"#)),
            ("layer", Json::List(layers)),
        ])
    }

    fn dots(&self, panel: &Panel, color: Json) -> Vec<Json> {
        let at = || {
            [
                ("longitude", fixed(r#"{"field":"lon","type":"quantitative"}"#)),
                ("latitude", fixed(r#"{"field":"lat","type":"quantitative"}"#)),
            ]
        };
        let with_place = |encoding: Json| with(encoding, at());
        let sizes = (0..panel.classes.len()).map(|class| Json::from(80 + 45 * class)).collect();
        let size = Json::object([
            ("field", Json::from("class")),
            ("type", Json::from("ordinal")),
            ("legend", Json::Null),
            ("scale", Json::object([("domain", texts(panel.classes.iter().map(String::as_str))), ("range", sizes)])),
        ]);
        let ground = panel.ground.iter().map(|([lon, lat], group)| {
            Json::object([
                ("lon", Json::number(*lon)),
                ("lat", Json::number(*lat)),
                ("shape", Json::from(if *group == 0 { "circle" } else { "cross" })),
            ])
        });
        let ground = Json::object([
            ("data", Json::object([("values", ground.collect())])),
            ("mark", fixed(r##"{"type":"point","filled":true,"size":10,"color":"#999","opacity":1}"##)),
            ("encoding", with_place(fixed(r#"{"shape":{"field":"shape","type":"nominal","scale":null}}"#))),
        ]);
        let data = self.data_of_dots(panel);
        let valued = Json::object([
            ("data", data.clone()),
            ("transform", fixed(r#"[{"filter":"datum.state === 'value'"}]"#)),
            ("mark", fixed(r##"{"type":"circle","stroke":"#111","strokeWidth":1,"opacity":1}"##)),
            ("encoding", with_place(Json::object([("color", color), ("size", size), ("tooltip", self.tooltip())]))),
        ]);
        let hollow = Json::object([
            ("data", data.clone()),
            ("transform", fixed(r#"[{"filter":"datum.state !== 'value'"}]"#)),
            (
                "mark",
                fixed(
                    r##"{"type":"point","shape":"circle","filled":true,"fill":"#fff","size":140,"stroke":"#111","strokeDash":[2,2],"opacity":1}"##,
                ),
            ),
            ("encoding", with_place(Json::object([("tooltip", self.tooltip())]))),
        ]);
        let signs = Json::object([
            ("data", data.clone()),
            ("transform", fixed(r#"[{"filter":"datum.state !== 'value'"}]"#)),
            ("mark", fixed(r#"{"type":"text","fontSize":15}"#)),
            ("encoding", with_place(fixed(r#"{"text":{"field":"sign"}}"#))),
        ]);
        let names = Json::object([
            ("data", data),
            ("transform", fixed(r#"[{"filter":"datum.align"}]"#)),
            (
                "mark",
                fixed(
                    r#"{"type":"text","fontSize":10,"align":{"expr":"datum.align"},"dx":{"expr":"datum.dx"},"dy":{"expr":"datum.dy"}}"#,
                ),
            ),
            ("encoding", with_place(fixed(r#"{"text":{"field":"name"}}"#))),
        ]);
        vec![ground, valued, hollow, signs, names]
    }

    /// Rows with their place, class and where their name stands.
    fn data_of_dots(&self, panel: &Panel) -> Json {
        let marks: Vec<(&Mark, [f64; 2])> = panel.marks.iter().filter_map(|mark| Some((mark, mark.at?))).collect();
        let around = marks.iter().map(|(_, at)| *at).chain(panel.ground.iter().map(|(at, _)| *at));
        let map = Map::over(around, 560.0, 420.0);
        let dots: Vec<([f64; 2], &str)> = marks.iter().map(|(mark, at)| (map.point(*at), mark.name.as_str())).collect();
        let names = if marks.len() <= 60 { placed(&dots, 10.0, 560.0) } else { Vec::new() };
        let mut names = names.into_iter();
        let row = |(mark, at): &(&Mark, [f64; 2])| {
            let mut row = self.row(mark);
            let mut put = |name: &str, value: Json| row.push((name.to_owned(), value));
            put("lon", Json::number(at[0]));
            put("lat", Json::number(at[1]));
            if let Some(class) = class_of(panel, mark) {
                put("class", Json::from(class));
            }
            if let Some((dx, dy, anchor)) = names.next().flatten().map(super::Place::offset) {
                let align = match anchor {
                    "start" => "left",
                    "end" => "right",
                    _ => "center",
                };
                put("align", Json::from(align));
                put("dx", Json::number(dx));
                // A text of Vega stands on its middle.
                put("dy", Json::number(dy - 4.0));
            }
            Json::Object(row)
        };
        Json::object([("values", marks.iter().map(row).collect())])
    }

    fn areas(&self, panel: &Panel, color: Json) -> Vec<Json> {
        let feature = |mark: &Mark| {
            let mut row = self.row(mark);
            row.extend(class_of(panel, mark).map(|class| ("class".to_owned(), Json::from(class))));
            row.push(("type".to_owned(), Json::from("Feature")));
            row.push(("geometry".to_owned(), mark.shape.clone().unwrap_or(Json::Null)));
            Json::Object(row)
        };
        let data = |wanted: bool| {
            let marks =
                panel.marks.iter().filter(|mark| mark.shape.is_some() && mark.state.value().is_some() == wanted);
            Json::object([("values", marks.map(feature).collect())])
        };
        let shapes = |data: Json, mark: &str, encoding: Json| {
            Json::object([("data", data), ("mark", fixed(mark)), ("encoding", encoding)])
        };
        let tooltip = || self.tooltip();
        let valued = shapes(
            data(true),
            r##"{"type":"geoshape","stroke":"#444","strokeWidth":0.6}"##,
            Json::object([("color", color), ("tooltip", tooltip())]),
        );
        let absent = shapes(
            data(false),
            r##"{"type":"geoshape","fill":"#fff","stroke":"#444","strokeDash":[3,2],"strokeWidth":1}"##,
            Json::object([("tooltip", tooltip())]),
        );
        let row = |mark: &Mark| {
            let mut row = self.row(mark);
            if let Some([lon, lat]) = mark.at {
                row.extend([("lon", lon), ("lat", lat)].map(|(name, value)| (name.to_owned(), Json::number(value))));
            }
            Json::Object(row)
        };
        let placed = |mark: &&Mark| mark.shape.is_some() && mark.state.value().is_none() && mark.at.is_some();
        let rows = panel.marks.iter().filter(placed).map(row).collect();
        let signs = shapes(
            Json::object([("values", rows)]),
            r#"{"type":"text","fontSize":14}"#,
            fixed(
                r#"{"longitude":{"field":"lon","type":"quantitative"},"latitude":{"field":"lat","type":"quantitative"},"text":{"field":"sign"}}"#,
            ),
        );
        vec![valued, absent, signs]
    }
}

fn class_of<'p>(panel: &'p Panel, mark: &Mark) -> Option<&'p str> {
    let class = panel.scale.class(mark.state.value()?);
    panel.classes.get(class).map(String::as_str)
}

/// Months on the axis of a trend, written as their periods are.
fn months(panel: &Panel) -> Json {
    let periods = panel.periods();
    let names = periods.iter().map(|(month, text)| (month.to_string(), Json::from(*text))).collect();
    let told = format!("{}[datum.value]", Json::Object(names).to_canonical());
    let (first, last) = (periods.first().map_or(0, |one| one.0), periods.last().map_or(0, |one| one.0));
    // A little room at both ends.
    let room = (last - first) / 24 + 1;
    let ends = [first - room, last + room].map(Json::Int).into_iter().collect();
    let values = periods.iter().map(|(month, _)| Json::Int(*month)).collect();
    Json::object([
        ("field", Json::from("month")),
        ("type", Json::from("quantitative")),
        ("title", Json::Null),
        ("scale", with(fixed(r#"{"zero":false,"nice":false}"#), [("domain", ends)])),
        (
            "axis",
            with(fixed(r#"{"grid":false,"labelOverlap":true}"#), [("values", values), ("labelExpr", Json::from(told))]),
        ),
    ])
}

/// How numbers are written, and a look without a frame.
fn config(lang: Lang) -> Json {
    let (decimal, thousands, currency) = match lang {
        Lang::Fr => (",", "\u{202f}", ["", "\u{a0}€"]),
        Lang::Nl => (",", ".", ["€\u{a0}", ""]),
        Lang::En => (".", ",", ["€", ""]),
    };
    let number = Json::object([
        ("decimal", Json::from(decimal)),
        ("thousands", Json::from(thousands)),
        ("grouping", fixed("[3]")),
        ("currency", texts(currency)),
        ("minus", Json::from("−")),
    ]);
    Json::object([
        ("locale", Json::object([("number", number)])),
        ("view", fixed(r#"{"stroke":null}"#)),
        (
            "axis",
            fixed(r##"{"gridColor":"#d8d8d8","labelColor":"#333","titleColor":"#333","titleFontWeight":"normal"}"##),
        ),
        (
            "legend",
            fixed(
                r#"{"orient":"top","titleFontWeight":"normal","labelLimit":240,"titleLimit":400,"columns":4,"symbolOpacity":1}"#,
            ),
        ),
    ])
}
