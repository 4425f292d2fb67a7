import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import type { ChartGroup } from '../chart-group.js';
import type { RenderRequest } from '../render-request.js';
import { certificateFunctions } from './certificates.js';
import { dateFunctions } from './dates.js';
import { DEFAULT_FUNCTIONS } from './defaults.js';
import { DICT_FUNCTIONS } from './dicts.js';
import { ENCODING_FUNCTIONS } from './encodings.js';
import { HASH_FUNCTIONS } from './hashes.js';
import { JSON_FUNCTIONS } from './json.js';
import { keyFunctions } from './keys.js';
import { LIST_FUNCTIONS } from './lists.js';
import { lookupFunctions } from './lookup.js';
import { NUMBER_FUNCTIONS } from './numbers.js';
import { PATH_FUNCTIONS } from './paths.js';
import { randomFunctions } from './randoms.js';
import { REFLECTION_FUNCTIONS } from './reflection.js';
import { REGEX_FUNCTIONS } from './regex.js';
import { runningFunctions } from './running.js';
import { STRING_FUNCTIONS } from './strings.js';
import { TOML_FUNCTIONS } from './toml.js';
import { URL_FUNCTIONS } from './urls.js';
import { VERSION_FUNCTIONS } from './versions.js';
import { YAML_FUNCTIONS } from './yaml.js';

/** A family of functions, by the run it is for where it needs to know. */
type Family = (request: RenderRequest, group: ChartGroup) => FunctionTable;

/** What charts may call besides Go's own functions, by families. Where two have the same name, the last one counts. */
export const FAMILIES: readonly Family[] = [
  () => DEFAULT_FUNCTIONS,
  () => DICT_FUNCTIONS,
  () => ENCODING_FUNCTIONS,
  () => HASH_FUNCTIONS,
  () => JSON_FUNCTIONS,
  () => LIST_FUNCTIONS,
  () => NUMBER_FUNCTIONS,
  () => PATH_FUNCTIONS,
  () => REFLECTION_FUNCTIONS,
  () => REGEX_FUNCTIONS,
  () => STRING_FUNCTIONS,
  () => TOML_FUNCTIONS,
  () => URL_FUNCTIONS,
  () => VERSION_FUNCTIONS,
  () => YAML_FUNCTIONS,
  certificateFunctions,
  dateFunctions,
  keyFunctions,
  lookupFunctions,
  randomFunctions,
  runningFunctions,
];
