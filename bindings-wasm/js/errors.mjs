// What goes wrong: a call, a document, a file of the package.

/** A call that is wrong. `code` says what, `params` with which values. */
export class SamError extends Error {
  constructor({ code, text, params = {} }) {
    super(`${text} [${code}]`);
    this.name = 'SamError';
    this.code = code;
    this.params = params;
  }
}

/** A document was not added. `problems` lists all of them, `texts` in the languages that were loaded. */
class DocumentError extends SamError {
  constructor(name, { code, problems, texts }) {
    super({ code, text: (texts.en ?? Object.values(texts)[0]).join('\n') });
    this.name = name;
    this.problems = problems;
    this.texts = texts;
  }
}

/** A pack was not added. */
export class PackError extends DocumentError {
  constructor(wrong) {
    super('PackError', wrong);
  }
}

/** A code list was not added. */
export class CodesError extends DocumentError {
  constructor(wrong) {
    super('CodesError', wrong);
  }
}

/** A partner's own indicators were not added. */
export class IndicatorsError extends DocumentError {
  constructor(wrong) {
    super('IndicatorsError', wrong);
  }
}

/** A mapping of a national file cannot be used. */
export class MappingError extends DocumentError {
  constructor(wrong) {
    super('MappingError', wrong);
  }
}

/** What the engine throws that is more than a call gone wrong. */
const CLASSES = {
  'pack.problems': PackError,
  'codes.problems': CodesError,
  'indicators.problems': IndicatorsError,
  'mapping.problems': MappingError,
};

/** Makes a call, and an `Error` of what the engine throws. */
export function call(work) {
  try {
    return work();
  } catch (thrown) {
    if (typeof thrown !== 'string') {
      throw thrown;
    }
    const wrong = JSON.parse(thrown);
    throw new (CLASSES[wrong.code] ?? SamError)(wrong);
  }
}
