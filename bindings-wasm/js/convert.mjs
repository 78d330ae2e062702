// From JavaScript values to JSON text that says the same, for the reader of the core. Nothing is lost on the way: where JSON.stringify
// would drop or bend a value, the text holds what makes the reader report it.
//
//   undefined, null, NaN, an invalid Date   not given
//   Infinity                                a number out of range
//   bigint                                  a whole number
//   Date                                    its moment in UTC, which is no civil day: a finding
//   Map                                     an object; Set, arrays and typed arrays: lists
//   what has toJSON                         what that gives
//   function, symbol                        a TypeError: no data

// Deeper than the reader follows, so that it reports the depth; also where a cycle ends.
const DEEP = 40;

/** The JSON text of a value. */
export function toJson(value, depth = 0) {
  switch (typeof value) {
    case 'undefined':
      return 'null';
    case 'string':
    case 'boolean':
      return JSON.stringify(value);
    case 'number':
      return number(value);
    case 'bigint':
      return value.toString();
    case 'object':
      return value === null ? 'null' : object(value, depth);
    default:
      throw new TypeError(`a ${typeof value} is no data`);
  }
}

function number(value) {
  if (Number.isNaN(value)) {
    return 'null';
  }
  return Number.isFinite(value) ? JSON.stringify(value) : `${value < 0 ? '-' : ''}1e999`;
}

function object(value, depth) {
  if (value instanceof Date) {
    return Number.isNaN(value.getTime()) ? 'null' : JSON.stringify(value.toISOString());
  }
  if (value instanceof Boolean || value instanceof Number || value instanceof String) {
    return toJson(value.valueOf(), depth);
  }
  if (typeof value.toJSON === 'function') {
    return depth >= DEEP ? '[]' : toJson(value.toJSON(), depth + 1);
  }
  const list = Array.isArray(value) || value instanceof Set || (ArrayBuffer.isView(value) && !(value instanceof DataView));
  if (depth >= DEEP) {
    return list ? '[]' : '{}';
  }
  if (list) {
    return `[${Array.from(value, (item) => toJson(item, depth + 1)).join(',')}]`;
  }
  const members = value instanceof Map ? [...value] : Object.entries(value);
  return `{${members.map(([name, item]) => `${JSON.stringify(String(name))}:${toJson(item, depth + 1)}`).join(',')}}`;
}
