//! A picture as SVG that stands in a page by itself: no script, no style sheet, nothing loaded. What is told by colour is told in words, too.

use super::{Kind, Mark, OF_CLASSES, OF_PLACES, Panel, Picture, Scale, State, placed, text_width};
use crate::message::show_number;
use std::fmt::Write as _;

/// The size of letters.
const SIZE: f64 = 11.0;
/// The height of the row of a bar.
const ROW: f64 = 20.0;
/// Signs instead of values, and the size of theirs.
const SIGN: f64 = 14.0;
/// How much narrower a degree of longitude is than one of latitude at the border (50.7° north).
const LONGITUDE: f64 = 0.633;
/// Names are written on a map of so many dots at most.
const NAMED: usize = 40;

/// Text that stands in HTML and SVG as it is. Control characters have no place there.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for one in text.chars() {
        match one {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            one if one.is_control() => out.push(' '),
            one => out.push(one),
        }
    }
    out
}

impl Picture {
    /// The picture as an `svg` element, so many units wide. Its title and description are for those who do not see it; what has to be said beside it
    /// is in [`Picture::notes`]. `None` for shapes: only a specification draws them.
    #[must_use]
    pub fn to_svg(&self, width: u32) -> Option<String> {
        let mut sheet = Sheet { picture: self, width: f64::from(width), at: 0.0, out: String::new() };
        match self.kind {
            Kind::Bars => self.panels.iter().for_each(|panel| sheet.bars(panel)),
            Kind::Trend => self.panels.iter().for_each(|panel| sheet.trend(panel)),
            Kind::Multiples => sheet.multiples(),
            Kind::Dots => self.panels.iter().for_each(|panel| sheet.dots(panel)),
            Kind::Areas => return None,
        }
        Some(sheet.closed())
    }
}

struct Sheet<'p> {
    picture: &'p Picture,
    width: f64,
    /// How far down it is drawn.
    at: f64,
    out: String,
}

/// The rectangle that values are drawn in.
#[derive(Clone, Copy)]
struct Plot {
    left: f64,
    top: f64,
    width: f64,
    height: f64,
}

impl Plot {
    fn bottom(self) -> f64 {
        self.top + self.height
    }
}

/// A length with one decimal.
fn length(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

impl Sheet<'_> {
    fn closed(self) -> String {
        let (id, title) = (&self.picture.id, escaped(&self.picture.title));
        let (width, height) = (length(self.width), length(self.at));
        let description = escaped(&self.picture.description);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" \
             aria-labelledby=\"{id}-title {id}-desc\" font-family=\"system-ui, 'Liberation Sans', Arial, sans-serif\" font-size=\"{SIZE}\" \
             fill=\"#111\">\n<title id=\"{id}-title\">{title}</title>\n<desc id=\"{id}-desc\">{description}</desc>\n{}</svg>\n",
            self.out
        )
    }

    fn line(&mut self, from: [f64; 2], to: [f64; 2], look: &str) {
        let [x1, y1, x2, y2] = [from[0], from[1], to[0], to[1]].map(length);
        let _ = writeln!(self.out, "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" {look}/>");
    }

    fn text(&mut self, at: [f64; 2], anchor: &str, look: &str, text: &str) {
        let [x, y] = at.map(length);
        let look = if look.is_empty() { String::new() } else { format!(" {look}") };
        let _ = writeln!(self.out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\"{look}>{}</text>", escaped(text));
    }

    fn heading(&mut self, panel: &Panel) {
        if self.at > 0.0 {
            self.at += 10.0;
        }
        if !panel.heading.is_empty() {
            self.at += 14.0;
            self.text([0.0, self.at], "start", "font-weight=\"bold\"", &panel.heading);
            self.at += 6.0;
        }
    }

    /// Coloured squares with the names of the sides that marks lie on.
    fn sides(&mut self, panel: &Panel) {
        let mut groups: Vec<usize> = panel.marks.iter().map(|mark| mark.group).collect();
        crate::order::sort_by(&mut groups, Ord::cmp);
        groups.dedup();
        let entries: Vec<(&str, &str)> = groups
            .iter()
            .filter_map(|group| Some((self.picture.colour(*group), self.picture.groups.get(*group)?.name.as_str())))
            .collect();
        self.at += 12.0;
        let mut x = 0.0;
        for (colour, name) in entries {
            let wide = text_width(name, SIZE) + 30.0;
            if x > 0.0 && x + wide > self.width {
                (x, self.at) = (0.0, self.at + 16.0);
            }
            let (left, top) = (length(x), length(self.at - 9.0));
            let _ = writeln!(self.out, "<rect x=\"{left}\" y=\"{top}\" width=\"10\" height=\"10\" fill=\"{colour}\"/>");
            self.text([x + 15.0, self.at], "start", "", name);
            x += wide;
        }
        self.at += 6.0;
    }

    /// A line for each tick with its number below.
    fn axis(&mut self, scale: &Scale, plot: Plot) {
        for tick in &scale.ticks {
            let x = plot.left + plot.width * scale.share(*tick);
            let colour = if *tick == 0.0 { "#111" } else { "#d8d8d8" };
            self.line([x, plot.top], [x, plot.bottom()], &format!("stroke=\"{colour}\""));
            let number = show_number(*tick, self.picture.lang);
            self.text([x, plot.bottom() + 13.0], "middle", "fill=\"#444\"", &number);
        }
        let unit = &self.picture.unit;
        self.text([plot.left + plot.width, plot.bottom() + 27.0], "end", "fill=\"#444\"", unit);
    }

    fn bars(&mut self, panel: &Panel) {
        self.heading(panel);
        self.sides(panel);
        let names = panel.marks.iter().map(|mark| text_width(&mark.name, SIZE));
        let left = names.fold(40.0, f64::max).min(self.width * 0.45) + 8.0;
        let labels = panel.marks.iter().filter(|mark| mark.state.value().is_some());
        let right = labels.map(|mark| text_width(&mark.label, SIZE)).fold(0.0, f64::max) + 10.0;
        let rows = panel.marks.iter().fold(0.0, |height, _| height + ROW);
        let plot = Plot { left, top: self.at + 4.0, width: (self.width - left - right).max(60.0), height: rows };
        self.axis(&panel.scale, plot);
        let zero = left + plot.width * panel.scale.share(0.0);
        let mut middle = plot.top + ROW / 2.0;
        for mark in &panel.marks {
            self.name_of_bar(&mark.name, [left - 8.0, middle]);
            self.bar(panel, mark, plot, [zero, middle]);
            middle += ROW;
        }
        self.at = plot.bottom() + 32.0;
    }

    /// A name before its bar; a long one in two lines.
    fn name_of_bar(&mut self, name: &str, at: [f64; 2]) {
        let [x, middle] = at;
        if text_width(name, SIZE) <= x {
            return self.text([x, middle + 4.0], "end", "", name);
        }
        let half = name.chars().count() / 2 + 4;
        let lines = super::wrapped(&name.replace('-', "- "), half);
        let mut y = middle - 1.0;
        for line in lines.iter().take(2) {
            self.text([x, y], "end", "font-size=\"9\"", &line.replace("- ", "-"));
            y += 9.5;
        }
    }

    fn bar(&mut self, panel: &Panel, mark: &Mark, plot: Plot, at: [f64; 2]) {
        let [zero, middle] = at;
        let Some(value) = mark.state.value() else {
            let look = "fill=\"#444\" font-style=\"italic\"";
            let label = format!("{} {}", mark.state.sign(), mark.label);
            // What has no room is said by the sign, and by what stands below the picture.
            let has_room = zero + 5.0 + text_width(&label, SIZE) <= self.width;
            let label = if has_room { label } else { mark.state.sign().to_owned() };
            return self.text([zero + 5.0, middle + 4.0], "start", look, &label);
        };
        let end = plot.left + plot.width * panel.scale.share(value);
        let (from, wide) = (length(zero.min(end)), length((end - zero).abs()));
        let (top, colour) = (length(middle - 6.5), self.picture.colour(mark.group));
        let _ = writeln!(self.out, "<rect x=\"{from}\" y=\"{top}\" width=\"{wide}\" height=\"13\" fill=\"{colour}\"/>");
        let (x, anchor) = if value < 0.0 { (end - 4.0, "end") } else { (end + 4.0, "start") };
        self.text([x, middle + 4.0], anchor, "", &mark.label);
    }

    fn trend(&mut self, panel: &Panel) {
        self.heading(panel);
        self.lines_of(panel);
        self.at += 12.0;
        let unit = self.picture.unit.clone();
        self.text([0.0, self.at], "start", "fill=\"#444\"", &unit);
        let plot = self.plot_of(panel, 0.0, self.width, 150.0);
        self.curves(panel, plot, true);
        self.at = plot.bottom() + 24.0;
    }

    /// What each line stands for: its colour, dash and shape.
    fn lines_of(&mut self, panel: &Panel) {
        let mut x = 0.0;
        self.at += 12.0;
        for (at, name) in panel.names().into_iter().enumerate() {
            let wide = text_width(name, SIZE) + 48.0;
            if x > 0.0 && x + wide > self.width {
                (x, self.at) = (0.0, self.at + 16.0);
            }
            let y = self.at - 4.0;
            self.line([x, y], [x + 24.0, y], &stroke(at));
            self.dot(at, [x + 12.0, y]);
            self.text([x + 30.0, self.at], "start", "", name);
            x += wide;
        }
        self.at += 4.0;
    }

    fn plot_of(&self, panel: &Panel, left: f64, width: f64, height: f64) -> Plot {
        let numbers = panel.scale.ticks.iter().map(|tick| text_width(&show_number(*tick, self.picture.lang), SIZE));
        let wide = numbers.fold(0.0, f64::max) + 8.0;
        Plot { left: left + wide, top: self.at + 8.0, width: width - wide - 20.0, height }
    }

    /// Axes, lines, breaks and signs.
    fn curves(&mut self, panel: &Panel, plot: Plot, says_break: bool) {
        for tick in &panel.scale.ticks {
            let y = plot.bottom() - plot.height * panel.scale.share(*tick);
            self.line([plot.left, y], [plot.left + plot.width, y], "stroke=\"#d8d8d8\"");
            let number = show_number(*tick, self.picture.lang);
            self.text([plot.left - 6.0, y + 4.0], "end", "fill=\"#444\"", &number);
        }
        let periods = panel.periods();
        let span = (periods.first().map_or(0, |one| one.0), periods.last().map_or(0, |one| one.0));
        let x_of = |month: f64| {
            let (first, last) = (months(span.0), months(span.1));
            let share = if last > first { (month - first) / (last - first) } else { 0.5 };
            plot.left + 8.0 + (plot.width - 16.0) * share
        };
        // The last period is always written, and of the others those that have room.
        let last = periods.last().map_or(0.0, |(month, text)| x_of(months(*month)) - text_width(text, SIZE) / 2.0);
        let mut free = f64::NEG_INFINITY;
        for (at, (month, text)) in periods.iter().enumerate() {
            let (x, half) = (x_of(months(*month)), text_width(text, SIZE) / 2.0);
            if (x - half > free && x + half + 6.0 < last) || at + 1 == periods.len() {
                self.text([x, plot.bottom() + 14.0], "middle", "fill=\"#444\"", text);
                free = x + half + 6.0;
            }
        }
        for (month, text) in &panel.breaks {
            let x = x_of(*month);
            self.line([x, plot.top], [x, plot.bottom()], "stroke=\"#111\" stroke-dasharray=\"4 3\"");
            if says_break {
                let turned = format!(
                    "fill=\"#444\" transform=\"rotate(-90 {} {})\"",
                    length(x - 4.0),
                    length(plot.bottom() - 4.0)
                );
                self.text([x - 4.0, plot.bottom() - 4.0], "start", &turned, text);
            }
        }
        for (at, name) in panel.names().into_iter().enumerate() {
            let marks: Vec<&Mark> = panel.marks.iter().filter(|mark| mark.name == name).collect();
            self.curve(panel, plot, &marks, at, &x_of);
        }
    }

    fn curve(&mut self, panel: &Panel, plot: Plot, marks: &[&Mark], at: usize, x_of: &impl Fn(f64) -> f64) {
        let at = if self.picture.kind == Kind::Multiples { 0 } else { at };
        let point = |mark: &Mark| {
            let value = mark.state.value()?;
            let y = plot.bottom() - plot.height * panel.scale.share(value);
            Some([x_of(months(mark.period.0)), y])
        };
        for pair in marks.windows(2) {
            let [one, next] = pair else { continue };
            if let (Some(from), Some(to), true) = (point(one), point(next), one.run == next.run) {
                self.line(from, to, &stroke(at));
            }
        }
        for mark in marks {
            match point(mark) {
                Some(place) => self.dot(at, place),
                None => {
                    let place = [x_of(months(mark.period.0)), plot.bottom() - 3.0];
                    self.text(place, "middle", &format!("font-size=\"{SIGN}\""), mark.state.sign());
                }
            }
        }
    }

    /// A shape for each place of a line.
    fn dot(&mut self, at: usize, place: [f64; 2]) {
        let colour = OF_PLACES.get(at).copied().unwrap_or("#111");
        let [x, y] = place.map(length);
        let [left, right] = [place[0] - 4.0, place[0] + 4.0].map(length);
        let [top, bottom] = [place[1] - 4.0, place[1] + 4.0].map(length);
        let path = match at {
            0 => {
                let _ = writeln!(self.out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"3.5\" fill=\"{colour}\"/>");
                return;
            }
            1 => format!("M{left} {top}H{right}V{bottom}H{left}Z"),
            2 => format!("M{x} {top}L{right} {bottom}H{left}Z"),
            3 => format!("M{x} {top}L{right} {y}L{x} {bottom}L{left} {y}Z"),
            4 => format!("M{x} {bottom}L{right} {top}H{left}Z"),
            _ => format!("M{left} {top}L{right} {bottom}M{left} {bottom}L{right} {top}"),
        };
        let _ = writeln!(self.out, "<path d=\"{path}\" fill=\"{colour}\" stroke=\"{colour}\"/>");
    }

    /// Small trends, three in a row.
    fn multiples(&mut self) {
        let wide = (self.width - 2.0 * 14.0) / 3.0;
        for row in self.picture.panels.chunks(3) {
            let top = self.at;
            for (panel, left) in row.iter().zip([0.0, wide + 14.0, 2.0 * (wide + 14.0)]) {
                self.at = top + 16.0;
                self.text([left, self.at], "start", "font-weight=\"bold\"", &panel.heading);
                let plot = self.plot_of(panel, left, wide, 70.0);
                self.curves(panel, plot, false);
                self.at = plot.bottom() + 22.0;
            }
        }
    }

    /// Communes as dots where they lie.
    fn dots(&mut self, panel: &Panel) {
        self.heading(panel);
        let places = panel.marks.iter().filter_map(|mark| mark.at).chain(panel.ground.iter().map(|(at, _)| *at));
        let map = Map::over(places, self.width - 24.0, 300.0);
        let top = self.at + 12.0;
        let point = |at: [f64; 2]| {
            let [x, y] = map.point(at);
            [x + 12.0, y + top]
        };
        for (at, group) in &panel.ground {
            let [x, y] = point(*at).map(length);
            let shape = match group {
                0 => format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"1.5\" fill=\"#999\"/>"),
                _ => format!("<path d=\"M{x} {y}m-2 0h4m-2 -2v4\" stroke=\"#999\"/>"),
            };
            let _ = writeln!(self.out, "{shape}");
        }
        let marks: Vec<(&Mark, [f64; 2])> =
            panel.marks.iter().filter_map(|mark| Some((mark, point(mark.at?)))).collect();
        marks.iter().for_each(|(mark, at)| self.spot(panel, mark, *at));
        if marks.len() <= NAMED {
            let dots: Vec<([f64; 2], &str)> = marks.iter().map(|(mark, at)| (*at, mark.name.as_str())).collect();
            for (place, (at, name)) in placed(&dots, 10.0, self.width).into_iter().zip(&dots) {
                if let Some((dx, dy, anchor)) = place.map(super::Place::offset) {
                    let look = "font-size=\"10\" paint-order=\"stroke\" stroke=\"#fff\" stroke-width=\"3\"";
                    self.text([at[0] + dx, at[1] + dy], anchor, look, name);
                }
            }
        }
        self.at = top + map.height + 18.0;
        self.classes(panel);
    }

    fn spot(&mut self, panel: &Panel, mark: &Mark, at: [f64; 2]) {
        let [x, y] = at.map(length);
        match mark.state {
            State::Value(value) => {
                let class = panel.scale.class(value);
                let (radius, colour) = (length(radius(class)), class_colour(class, panel.classes.len()));
                let _ = writeln!(
                    self.out,
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{colour}\" stroke=\"#111\"/>"
                );
            }
            state => {
                let _ = writeln!(
                    self.out,
                    "<circle cx=\"{x}\" cy=\"{y}\" r=\"6\" fill=\"#fff\" stroke=\"#111\" stroke-dasharray=\"2 2\"/>"
                );
                self.text([at[0], at[1] + 4.5], "middle", &format!("font-size=\"{SIGN}\""), state.sign());
            }
        }
    }

    /// The classes of a map, from little to much.
    fn classes(&mut self, panel: &Panel) {
        self.at += 4.0;
        let unit = self.picture.unit.clone();
        self.text([0.0, self.at], "start", "fill=\"#444\"", &unit);
        self.at += 18.0;
        let mut x = 0.0;
        for (class, name) in panel.classes.iter().enumerate() {
            let wide = text_width(name, SIZE) + 36.0;
            if x > 0.0 && x + wide > self.width {
                (x, self.at) = (0.0, self.at + 20.0);
            }
            let (cx, cy, r) = (length(x + 10.0), length(self.at - 4.0), length(radius(class)));
            let colour = class_colour(class, panel.classes.len());
            let _ = writeln!(self.out, "<circle cx=\"{cx}\" cy=\"{cy}\" r=\"{r}\" fill=\"{colour}\" stroke=\"#111\"/>");
            self.text([x + 22.0, self.at], "start", "", name);
            x += wide;
        }
        self.at += 8.0;
    }
}

/// Months are small numbers.
fn months(count: i64) -> f64 {
    i32::try_from(count).map_or(0.0, f64::from)
}

fn stroke(at: usize) -> String {
    let colour = OF_PLACES.get(at).copied().unwrap_or("#111");
    let dash = super::DASHES.get(at).copied().unwrap_or_default();
    let dash: Vec<String> = dash.iter().map(ToString::to_string).collect();
    let dash = if at == 0 { String::new() } else { format!(" stroke-dasharray=\"{}\"", dash.join(" ")) };
    format!("stroke=\"{colour}\" stroke-width=\"2\"{dash}")
}

/// The size of a dot grows with its class.
fn radius(class: usize) -> f64 {
    (0..class).fold(4.0, |radius, _| radius + 0.9)
}

/// Few classes are spread over all of the lightness.
pub(super) fn class_colour(class: usize, of: usize) -> &'static str {
    let last = OF_CLASSES.len().saturating_sub(1);
    let place = if of > 1 { class * last / (of - 1) } else { last / 2 };
    OF_CLASSES.get(place.min(last)).copied().unwrap_or("#4292C6")
}

/// Degrees to units of a sheet: near the border, a degree is as long everywhere.
pub(super) struct Map {
    west: f64,
    north: f64,
    scale: f64,
    /// How high the map is.
    pub(super) height: f64,
    shift: f64,
}

impl Map {
    /// A map of some places that fits in a rectangle.
    pub(super) fn over(places: impl Iterator<Item = [f64; 2]>, width: f64, most: f64) -> Self {
        let none = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        let [west, south, east, north] = places.fold(none, |[west, south, east, north], [lon, lat]| {
            [west.min(lon), south.min(lat), east.max(lon), north.max(lat)]
        });
        let (across, along) = (((east - west) * LONGITUDE).max(0.02), (north - south).max(0.02));
        let scale = (width / across).min(most / along);
        Self { west, north, scale, height: along * scale, shift: (width - across * scale) / 2.0 }
    }

    /// Where a place lies, from the left and from the top.
    pub(super) fn point(&self, [lon, lat]: [f64; 2]) -> [f64; 2] {
        [self.shift + (lon - self.west) * LONGITUDE * self.scale, (self.north - lat) * self.scale]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        assert_eq!(escaped("a < b & \"c\"'d'>\u{0}\n"), "a &lt; b &amp; &quot;c&quot;&#39;d&#39;&gt;  ");
    }

    #[test]
    fn lengths_are_short() {
        assert_eq!([2.0, 0.25, -0.01, 12.36].map(length), ["2", "0.2", "0", "12.4"]);
    }
}
