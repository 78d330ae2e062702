// The types of `sam-eurometropole/yaml`: packs written in YAML, read into the JSON that the engine takes.

import type { Init } from './index.js';

export { PackError, SamError } from './index.js';

/** What is loaded, and from where. */
export interface LoadYaml extends Pick<Init, 'data' | 'languages'> {
  /** The reader: a URL, a `Response`, bytes or a compiled module; not given: the file of the package. */
  readonly reader?: Init['engine'];
}

/**
 * Loads the reader of YAML, and of the rulebook its code lists and the messages of the languages; `packJson` waits for it. Called again,
 * it adds what is not there yet. It needs no engine, and adds nothing to one.
 * @throws SamError as `init` does.
 */
export function loadYaml(options?: LoadYaml): Promise<void>;

/**
 * The JSON form of a pack written in YAML, for `withPackJson`: the document that is hashed, so that the pack is the same one as in every
 * other language. `codes` are code lists that were added to the rulebook (`withCodesJson`) and that the pack may name, in JSON.
 * @throws PackError with all problems of the document, each with its line and column in the YAML; CodesError for a list; SamError
 *   `misuse.init` before `loadYaml` ended.
 */
export function packJson(text: string, options?: { codes?: readonly string[] }): string;
