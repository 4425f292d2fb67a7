import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction, MAP } from '../../../api/go-template/go-types.js';
import { type GoData, GoNil, typeOfData } from '../../../api/go-template/go-values.js';
import { fieldOf } from '../../../api/go-template/index-value.js';
import { sortedKeys } from '../../../api/go-template/sorted-keys.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { setField } from '../../../api/set-field.js';
import { copyData } from '../data/copy-data.js';
import { mergeInto, overwriteInto } from '../data/merge-data.js';
import { wrongConversion } from '../data/runtime-errors.js';
import { textOfData } from '../text/text-of.js';

/** A map; nil reads as an empty one. */
export type Dict = { [key: string]: GoData };

function entriesOf(dict: Dict | GoNil): Dict {
  return dict instanceof GoNil ? {} : dict;
}

const merge = goFunction('(map[string]any, ...map[string]any) any', (into: Dict, ...from: Dict[]) => {
  const target = from.length > 0 ? entriesOf(into) : into;
  for (const each of from) mergeInto(target, entriesOf(each));
  return target;
});

const mergeOverwrite = goFunction('(map[string]any, ...map[string]any) any', (into: Dict, ...from: Dict[]) => {
  const target = from.length > 0 ? entriesOf(into) : into;
  for (const each of from) overwriteInto(target, entriesOf(each));
  return target;
});

const deepCopy = goFunction('(any) any', (data: GoData) => {
  if (data === null) throw new TemplateError('reflect: call of reflect.Value.Type on zero Value');
  return copyData(data);
});

/** Sprig's functions of maps. What Go does in no order is done in that of the keys. */
export const DICT_FUNCTIONS: FunctionTable = {
  deepCopy,
  dict: goFunction('(...any) map[string]any', (...parts: GoData[]) => {
    const dict: Dict = {};
    for (let i = 0; i < parts.length; i += 2) {
      setField(dict, textOfData(parts[i]), i + 1 < parts.length ? parts[i + 1] : '');
    }
    return dict;
  }),
  dig: goFunction('(...any) any', dig),
  get: goFunction('(map[string]any, string) any', (dict: Dict, key: string) => {
    const found = fieldOf(entriesOf(dict), key);
    return found === undefined ? '' : found;
  }),
  hasKey: goFunction('(map[string]any, string) bool', (dict: Dict, key: string) => Object.hasOwn(entriesOf(dict), key)),
  keys: goFunction('(...map[string]any) []string', (...dicts: Dict[]) =>
    dicts.flatMap((dict) => sortedKeys(entriesOf(dict))),
  ),
  merge,
  mergeOverwrite,
  mustDeepCopy: deepCopy,
  mustMerge: merge,
  mustMergeOverwrite: mergeOverwrite,
  omit: goFunction('(map[string]any, ...string) map[string]any', (dict: Dict, ...keys: string[]) =>
    filtered(dict, (key) => !keys.includes(key)),
  ),
  pick: goFunction('(map[string]any, ...string) map[string]any', (dict: Dict, ...keys: string[]) =>
    filtered(dict, (key) => keys.includes(key)),
  ),
  pluck: goFunction('(string, ...map[string]any) []any', (key: string, ...dicts: Dict[]) =>
    dicts.filter((dict) => Object.hasOwn(entriesOf(dict), key)).map((dict) => dict[key]),
  ),
  set: goFunction('(map[string]any, string, any) map[string]any', (dict: Dict, key: string, value: GoData) => {
    if (dict instanceof GoNil) throw new TemplateError('assignment to entry in nil map');
    setField(dict, key, value);
    return dict;
  }),
  unset: goFunction('(map[string]any, string) map[string]any', (dict: Dict, key: string) => {
    if (!(dict instanceof GoNil)) delete dict[key];
    return dict;
  }),
  values: goFunction('(map[string]any) []any', (dict: Dict) => sortedKeys(entriesOf(dict)).map((key) => dict[key])),
};

function filtered(dict: Dict, keep: (key: string) => boolean): Dict {
  return Object.fromEntries(Object.entries(entriesOf(dict)).filter(([key]) => keep(key)));
}

function dig(...parts: GoData[]): GoData {
  if (parts.length < 3) throw new TemplateError('dig needs at least three arguments');
  const whole = asDict(parts.at(-1));
  const keys = parts.slice(0, -2).map((key) => {
    if (typeof key !== 'string') throw wrongConversion(key, 'string');
    return key;
  });
  let dict = whole;
  for (const key of keys.slice(0, -1)) {
    if (!Object.hasOwn(dict, key)) return parts.at(-2);
    dict = asDict(dict[key]);
  }
  const last = keys.at(-1) as string;
  return Object.hasOwn(dict, last) ? dict[last] : parts.at(-2);
}

/** A conversion asks for the very type. */
function asDict(data: GoData): Dict {
  if (typeOfData(data) === MAP) return entriesOf(data as Dict);
  throw wrongConversion(data, 'map[string]interface {}');
}
