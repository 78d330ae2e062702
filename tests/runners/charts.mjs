// The charts of the vectors by the libraries of their format: `node charts.mjs VECTORS`. Each specification has to fit the schema of Vega-Lite, to be
// compiled by Vega-Lite and to be drawn by Vega without a warning; no row of a cell without a value holds a number.

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import * as vega from 'vega';
import { compile } from 'vega-lite';

const require = createRequire(import.meta.url);
const json = async (file) => JSON.parse(await readFile(file, 'utf8'));

const ajv = new Ajv.default({ strict: false });
addFormats.default(ajv);
ajv.addFormat('color-hex', /^#([0-9a-f]{3}){1,2}$/i);
const fits = ajv.compile(await json(require.resolve('vega-lite/vega-lite-schema.json')));

/** Notes what a library warns of. */
function noting(told) {
  const note = (...words) => told.push(words.join(' ')) && logger;
  const quiet = () => logger;
  const logger = { level: quiet, warn: note, error: note, info: quiet, debug: quiet };
  return logger;
}

/** All rows of data in a specification. */
function rows(part) {
  if (part === null || typeof part !== 'object') {
    return [];
  }
  const own = Array.isArray(part.data?.values) ? part.data.values : [];
  return own.concat(...Object.entries(part).filter(([name]) => name !== 'data').map(([, inner]) => rows(inner)));
}

/** What is wrong with a chart. */
async function wrong({ title, spec }) {
  if (!fits(spec)) {
    return ajv.errorsText(fits.errors);
  }
  const told = [];
  const compiled = compile(spec, { logger: noting(told) }).spec;
  const view = new vega.View(vega.parse(compiled), { renderer: 'none', logger: noting(told) });
  const svg = await view.toSVG();
  const absent = rows(spec).filter(({ state }) => state === 'hidden' || state === 'absent');
  if (absent.some((row) => 'value' in row || 'class' in row)) {
    told.push('a cell without a value has one');
  }
  const shown = svg.replace(/<[^>]*>/g, ' ').replace(/&#39;|&apos;/g, "'").replace(/\s+/g, ' ');
  if (!shown.includes(title.slice(0, 20))) {
    told.push('the title is not drawn');
  }
  if (/NaN|undefined|Infinity/.test(svg)) {
    told.push('something is drawn nowhere');
  }
  return told.join('; ');
}

const vectors = (await json(join(process.argv[2], 'charts.json'))).filter(({ call }) => call === 'charts');
let [drawn, bad] = [0, 0];
for (const { name, expect } of vectors.filter(({ expect }) => Array.isArray(expect))) {
  for (const chart of expect) {
    drawn += 1;
    const told = await wrong(chart);
    if (told) {
      bad += 1;
      console.log(`${name}, ${chart.id}: ${told}`);
    }
  }
}
console.log(`${drawn} charts drawn, ${bad} wrong`);
process.exitCode = bad === 0 && drawn > 0 ? 0 : 1;
