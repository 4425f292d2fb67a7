/** All groups of functions, in the order the server declares them: the first overload that fits is taken. */
import type { Library } from '../environment.js';
import { ADDRESSES } from './addresses.js';
import { AUTHORIZATION } from './authorization.js';
import { LIST_EXTENSION } from './list-extension.js';
import { LISTS } from './lists.js';
import { MAP_INSERT } from './map-insert.js';
import { NAMED_FORMATS } from './named-formats.js';
import { OPERATORS } from './operators.js';
import { OPTIONALS_LIBRARY } from './optionals.js';
import { PATTERNS } from './patterns.js';
import { QUANTITIES } from './quantities.js';
import { SETS } from './sets.js';
import { STANDARD } from './standard.js';
import { STRINGS } from './strings.js';
import { TEXT_FORMAT } from './text-format.js';
import { TIMES } from './times.js';
import { URLS } from './urls.js';
import { VERSIONS } from './versions.js';

/** What every environment has. */
export const LIBRARIES: readonly Library[] = [
  OPERATORS,
  STANDARD,
  TIMES,
  URLS,
  PATTERNS,
  LISTS,
  AUTHORIZATION,
  OPTIONALS_LIBRARY,
  QUANTITIES,
  STRINGS,
  TEXT_FORMAT,
  SETS,
  ADDRESSES,
  NAMED_FORMATS,
  MAP_INSERT,
  VERSIONS,
  LIST_EXTENSION,
];
