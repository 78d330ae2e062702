// The calls of the vectors, by the public interface of the browser package.
//
// What made an output (versions and hashes) is cut away, as `tests/src/calls.rs` does. An input has the record or case as JSON text
// (`text`) or as a value (`value`); a value is handed in as objects and as text, and both must give the same.

// The calls that only the full build has.
const OF_FULL = new Set([
  'charts', 'comparable', 'completeness', 'criteria', 'dashboard', 'dashboard_record', 'dashboard_rows', 'dashboard_text', 'export_figures',
  'harmonise', 'integrity', 'national', 'needs_difference', 'needs_summary', 'needs_template', 'own_indicators', 'protect', 'protect_record',
  'report', 'vocabulary',
]);

/** Whether only the full build can make the call of a vector. */
export const isOfFull = ({ call, input }) => OF_FULL.has(call) || 'indicators' in input;

const MADE_BY = /"made_by":\{.*?\}\},/g;

/** The calls of a loaded package and of the loaded reader of YAML: from a name and an input to the canonical text. */
export function calls({ CodesError, IndicatorsError, MappingError, Rulebook, PackError, SamError, migrate, territory }, { packJson }) {
  const embedded = Rulebook.embedded();
  const packOf = (input) => ('yaml' in input ? packJson(input.yaml) : textOf(input));

  const withBook = (input, work) => {
    const made = [];
    const next = (book) => {
      made.push(book);
      return book;
    };
    try {
      let book = embedded;
      if (input.codes) {
        book = next(book.withCodesJson(JSON.stringify(input.codes), { replace: true }));
      }
      if (input.indicators) {
        book = next(book.withIndicatorsJson(JSON.stringify(input.indicators), { replace: true }));
      }
      if (input.pack) {
        book = next(next(book.withoutPacks()).withPackJson(JSON.stringify(input.pack)));
      }
      return work(book);
    } finally {
      made.forEach((book) => book.free());
    }
  };

  const check = (input) =>
    withBook(input, (book) =>
      both(
        input,
        (value) => book.check(input.record, value, input.on).json(shown(input)),
        (text) => book.checkText(input.record, text, input.on).json(shown(input)),
      ),
    );

  const decide = (input) =>
    withBook(input, (book) =>
      both(
        input,
        (value) => book.decide(value, input.on).json(shown(input)),
        (text) => book.decideText(text, input.on).json(shown(input)),
      ),
    );

  const pack = (input) => {
    try {
      embedded.withPackJson(packOf(input)).free();
      return '{"problems":[]}';
    } catch (error) {
      if (error instanceof PackError) {
        return canonical({ problems: error.problems });
      }
      if (error instanceof SamError) {
        return canonical({ taken: error.params.id });
      }
      throw error;
    }
  };

  const packText = (input) => {
    try {
      embedded.withPackJson(packOf(input)).free();
      return '""';
    } catch (error) {
      if (error instanceof PackError) {
        return JSON.stringify(error.texts[input.lang].join('\n'));
      }
      throw error;
    }
  };

  const packReport = (report, input) => (input.lang ? JSON.stringify(report.text(input.lang)) : cut(report.json()));

  const packDiff = (input) =>
    withBook(input, (book) => {
      const after = book.withPackJson(JSON.stringify(input.after), { replace: true });
      try {
        return packReport(book.packDiff(after, input.pack.pack, { cases: input.text, on: input.on }), input);
      } finally {
        after.free();
      }
    });

  const timeline = (input) =>
    withBook(input, (book) => {
      const days = [input.first, input.last];
      if (input.lang) {
        return both(
          input,
          (value) => JSON.stringify(book.explainTimeline(value, ...days, input.lang, shown(input))),
          (text) => JSON.stringify(book.explainTimelineText(text, ...days, input.lang, shown(input))),
        );
      }
      return both(
        input,
        (value) => coded(() => book.timeline(value, ...days)),
        (text) => coded(() => book.timelineText(text, ...days)),
      );
    });

  const earliestStart = (input) =>
    withBook(input, (book) => {
      const days = [input.on, input.first, input.last];
      const told = (ask) => {
        try {
          const found = ask();
          return input.lang ? JSON.stringify(found.text(input.lang, shown(input))) : found.json(shown(input));
        } catch (error) {
          if (error instanceof SamError) {
            return canonical({ code: error.code });
          }
          throw error;
        }
      };
      return both(
        input,
        (value) => told(() => book.earliestStart(value, ...days)),
        (text) => told(() => book.earliestStartText(text, ...days)),
      );
    });

  const changes = (input) =>
    withBook(input, (book) =>
      both(
        input,
        (value) => book.whatWouldChange(value, input.on).json(shown(input)),
        (text) => book.whatWouldChangeText(text, input.on).json(shown(input)),
      ),
    );

  /** What a call gives, or the code of its error. */
  const coded = (work) => {
    try {
      return canonical(work());
    } catch (error) {
      if (error instanceof SamError) {
        return canonical({ code: error.code });
      }
      throw error;
    }
  };

  const codes = (input) => {
    const text = textOf(input);
    try {
      const book = embedded.withCodesJson(text, { replace: input.replace ?? false });
      const hash = book.parts[`codes/${JSON.parse(text).list}`];
      book.free();
      return canonical({ hash });
    } catch (error) {
      if (error instanceof CodesError) {
        return canonical({ problems: error.problems });
      }
      if (error instanceof SamError) {
        return canonical({ taken: error.params.id });
      }
      throw error;
    }
  };

  const codesText = (input) => {
    try {
      embedded.withCodesJson(textOf(input), { replace: input.replace ?? false }).free();
      return '""';
    } catch (error) {
      if (error instanceof CodesError) {
        return JSON.stringify(error.texts[input.lang].join('\n'));
      }
      throw error;
    }
  };

  /** What becomes of observations, handed in as objects and as text. */
  const figures = (input, ask) =>
    withBook(input, (book) => {
      const told = [input.observations, JSON.stringify(input.observations)].map((given) => ask(book, given, input.request));
      return told[0] === told[1] ? told[0] : `by objects ${told[0]} by text ${told[1]}`;
    });

  const told = (input, found) => (input.lang ? JSON.stringify(found.text(input.lang)) : cut(found.json()));

  const harmonise = (input) => figures(input, (book, given, request) => told(input, book.harmonise(given, request)));

  const completeness = (input) => figures(input, (book, given, request) => told(input, book.completeness(given, request)));

  const dashboard = (input) => figures(input, (book, given, request) => told(input, book.dashboard(given, request)));

  const exportFigures = (input) => figures(input, (book, given, request) => told(input, book.exportFigures(given, request)));

  const vocabulary = (input) => withBook(input, (book) => told(input, book.vocabulary(input.request)));

  const criteria = (input) => withBook(input, (book) => told(input, book.criteria(input.request)));

  const dashboardRows = (input) =>
    figures(input, (book, given, request) => canonical(book.dashboard(given, request).rows()));

  /** What is drawn of observations, or the code of what is wrong in the call. */
  const drawn = (input, ask) =>
    figures(input, (book, given) => {
      try {
        return canonical(ask(book, given));
      } catch (error) {
        if (error instanceof SamError) {
          return canonical({ code: error.code });
        }
        throw error;
      }
    });

  const dashboardRecord = (input) =>
    figures(input, (book, given, request) => cut(book.dashboard(given, request).recordJson()));

  const comparable = (input) =>
    withBook(input, (book) => {
      try {
        const found = book.compare(input.a, input.b);
        return input.lang ? JSON.stringify(found.text(input.lang)) : cut(found.json());
      } catch (error) {
        if (error instanceof SamError) {
          return canonical({ code: error.code });
        }
        throw error;
      }
    });

  const indicator = (input) =>
    withBook(input, (book) =>
      coded(() => {
        const { made_by: _, ...found } = book.indicator(input.code, input.lang);
        return found;
      }),
    );

  const ownIndicators = (input) =>
    withBook(input, (book) => {
      try {
        const added = book.withIndicatorsJson(textOf(input), { replace: input.replace ?? false });
        const before = book.parts;
        const fresh = Object.entries(added.parts).filter(([part, hash]) => part.startsWith('indicators/') && before[part] !== hash);
        added.free();
        return canonical({ hash: fresh[0]?.[1] ?? null });
      } catch (error) {
        if (error instanceof IndicatorsError) {
          return input.lang ? JSON.stringify(error.texts[input.lang].join('\n')) : canonical({ problems: error.problems });
        }
        if (error instanceof SamError) {
          return canonical({ taken: error.params.id });
        }
        throw error;
      }
    });
  const national = (input) => {
    try {
      const file = input.rows ?? (input.bytes ? Uint8Array.from(input.bytes) : input.text);
      const read = embedded.readNational(file, input.mapping, input.on, input.options);
      return input.lang ? JSON.stringify(read.text(input.lang)) : cut(read.json());
    } catch (error) {
      if (error instanceof MappingError) {
        return input.lang ? JSON.stringify(error.texts[input.lang].join('\n')) : canonical({ problems: error.problems });
      }
      throw error;
    }
  };

  const migrated = (work) => {
    try {
      return canonical(work());
    } catch (error) {
      if (error instanceof SamError) {
        return canonical({ code: error.code, params: error.params });
      }
      throw error;
    }
  };

  const ofRelease = (input, told) =>
    withBook(input, (book) => {
      const tell = (release) => {
        const found = book.protect(release);
        return input.lang ? JSON.stringify(found.text(input.lang)) : told(found);
      };
      return both(input, tell, tell);
    });

  const ask = (input) => {
    if ('find' in input) {
      return territory.find(input.find, input.on);
    }
    if ('at' in input) {
      return territory.at(input.at, input.on);
    }
    if ('members' in input) {
      return territory.members(input.members, input.on);
    }
    if ('ancestors' in input) {
      return territory.ancestors(input.ancestors);
    }
    if ('neighbours' in input) {
      return territory.neighbours(input.neighbours);
    }
    return territory.changes(input.first, input.last);
  };

  const table = {
    check,
    decide,
    decide_pack: decide,
    decide_all: (input) => cut(embedded.decideAllJson(textOf(input), input.on, shown(input))),
    report_text: (input) =>
      withBook(input, (book) => JSON.stringify(book.checkText(input.record, textOf(input), input.on).text(input.lang, shown(input)))),
    explain: (input) =>
      withBook(input, (book) => JSON.stringify(book.decideText(textOf(input), input.on).text(input.lang, shown(input)))),
    page: (input) =>
      withBook(input, (book) => {
        const { lang, beside, reference } = input;
        const print = (decision) => JSON.stringify(unmarked(decision.page(lang, { beside, reference, ...shown(input) })));
        return both(
          input,
          (value) => print(book.decide(value, input.on)),
          (text) => print(book.decideText(text, input.on)),
        );
      }),
    ics: (input) =>
      withBook(input, (book) => {
        const print = (decision) => {
          const text = decision.ics(input.lang, { reference: input.reference, ...shown(input) });
          return JSON.stringify(text?.replace(/X-SAM-RULEBOOK:[^]*?(?=BEGIN:)/, '') ?? null);
        };
        return both(
          input,
          (value) => print(book.decide(value, input.on)),
          (text) => print(book.decideText(text, input.on)),
        );
      }),
    changes,
    changes_text: (input) =>
      withBook(input, (book) =>
        JSON.stringify(book.whatWouldChangeText(textOf(input), input.on).text(input.lang, shown(input))),
      ),
    explanation: (input) =>
      withBook(input, (book) => {
        const told = (decision) =>
          'form' in input
            ? JSON.stringify(decision.explanationText(input.lang, { ...shown(input), everyRule: input.form === 'all' }))
            : decision.explanationJson(input.lang, shown(input));
        return both(
          input,
          (value) => told(book.decide(value, input.on)),
          (text) => told(book.decideText(text, input.on)),
        );
      }),
    national,
    pack,
    protect: (input) => ofRelease(input, (found) => found.json()),
    protect_record: (input) => ofRelease(input, (found) => found.recordJson()),
    pack_text: packText,
    pack_lint: (input) => packReport(Rulebook.embedded().lintPackJson(textOf(input)), input),
    pack_tests: (input) => withBook(input, (book) => packReport(book.packTests(input.pack.pack), input)),
    pack_coverage: (input) => withBook(input, (book) => packReport(book.packCoverage(input.pack.pack), input)),
    packs_due: (input) =>
      withBook(input, (book) => packReport(book.packsDue(input.on, { within: input.within, pack: input.pack.pack }), input)),
    pack_diff: packDiff,
    comparable,
    criteria,
    charts: (input) => drawn(input, (book, given) => book.charts(given, input.request, input.lang, input.options)),
    report: (input) =>
      drawn(input, (book, given) => unmarked(book.report(given, input.request, input.lang, { place: input.place }))),
    dashboard,
    completeness,
    dashboard_record: dashboardRecord,
    dashboard_rows: dashboardRows,
    dashboard_text: dashboard,
    export_figures: exportFigures,
    harmonise,
    indicator,
    integrity: (input) => withBook(input, (book) => packReport(book.integrity(), input)),
    own_indicators: ownIndicators,
    timeline,
    set: (input) => ofLists(input, (lists) => embedded.checkSet(lists, input.on)),
    purge: (input) => ofLists(input, (lists) => embedded.purge(lists, input.on)),
    earliest_start: earliestStart,
    needs_summary: (input) => told(input, embedded.needsSummary('text' in input ? input.text : input.value, input.on)),
    needs_difference: (input) => told(input, embedded.needsDifference(textOf(input), input.later, input.on)),
    needs_template: (input) => coded(() => embedded.needsTemplate(input.territory, input)),
    vocabulary,
    view: (input) =>
      both(
        input,
        (value) => embedded.view(input.record, value, input.view),
        (text) => embedded.viewText(input.record, text, input.view),
      ),
    identifier: (input) => embedded.identifier(input.scheme, input.text, input.on).json(),
    identifier_text: (input) => JSON.stringify(embedded.identifier(input.scheme, input.text, input.on).text(input.lang)),
    territory: (input) => {
      const { made_by: _, ...answer } = ask(input);
      return canonical(answer);
    },
    codes,
    codes_text: codesText,
    migrate: (input) =>
      both(
        input,
        (value) => migrated(() => migrate(input.record, value, input.format)),
        (text) => migrated(() => migrate(input.record, text, input.format)),
      ),
  };
  return (call, input) => table[call](input);
}

function both(input, byValue, byText) {
  const told = cut(byText(textOf(input)));
  if (!('value' in input)) {
    return told;
  }
  const other = cut(byValue(input.value));
  return told === other ? told : `by text ${told} by objects ${other}`;
}

/** What is said of lists of records, given as objects and as text. */
function ofLists(input, ask) {
  const texts = Object.fromEntries(Object.entries(input.tables).map(([name, list]) => [name, JSON.stringify(list)]));
  const [report, other] = [ask(input.tables), ask(texts)];
  if (report.json() !== other.json()) {
    return `by objects ${report.json()} by text ${other.json()}`;
  }
  return input.lang ? JSON.stringify(report.text(input.lang, shown(input))) : cut(report.json(shown(input)));
}

function textOf(input) {
  return 'text' in input ? input.text : JSON.stringify(input.value);
}

function shown(input) {
  return { values: input.values ?? false };
}

/** A page without the lines that say what made it. */
function unmarked(page) {
  return page.replace(/^<p class="made">.*\n/gm, '');
}

function cut(output) {
  return output.replace(MADE_BY, '');
}

/** Names sorted by UTF-16 unit, as RFC 8785 wants. */
function canonical(value) {
  if (Array.isArray(value)) {
    return `[${value.map(canonical).join(',')}]`;
  }
  if (value === null || typeof value !== 'object') {
    return JSON.stringify(value);
  }
  const names = Object.keys(value).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}
