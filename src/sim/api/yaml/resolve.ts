import { YamlError } from './errors.js';
import { TAG_PREFIX } from './tag-handles.js';
import { looksLikeTimestamp } from './timestamp.js';

/** What a scalar is, with the tag that says so. Integers too large for a number stay exact as a bigint. */
export interface Resolved {
  readonly tag: string;
  readonly value: null | boolean | number | bigint | string;
}

const STR = `${TAG_PREFIX}str`;
const INT = `${TAG_PREFIX}int`;
const FLOAT = `${TAG_PREFIX}float`;
const TIMESTAMP = `${TAG_PREFIX}timestamp`;
const BINARY = `${TAG_PREFIX}binary`;
const BOOL = `${TAG_PREFIX}bool`;
const NULL = `${TAG_PREFIX}null`;
const MERGE = `${TAG_PREFIX}merge`;

export const TAGS = { binary: BINARY, merge: MERGE, null: NULL, str: STR } as const;

/** The words with a meaning of their own, as YAML 1.1 has them. */
const WORDS = new Map<string, Resolved>([
  ...words(BOOL, true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(BOOL, false, 'n N no No NO false False FALSE off Off OFF'),
  ...words(NULL, null, '~ null Null NULL'),
  ...words(FLOAT, Number.NaN, '.nan .NaN .NAN'),
  ...words(FLOAT, Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(FLOAT, Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'),
  ['', { tag: NULL, value: null }],
  ['<<', { tag: MERGE, value: '<<' }],
]);

function words(tag: string, value: Resolved['value'], list: string): [string, Resolved][] {
  return list.split(' ').map((word) => [word, { tag, value }]);
}

/** The library looks twice only at text that starts with one of these. */
const SIGNIFICANT_START = /^[-+0-9yYnNtTfFoO~.]/;
const DECIMAL = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
const RESOLVABLE = new Set(['', STR, BOOL, INT, FLOAT, NULL, TIMESTAMP]);

/** Finds out what a scalar with this tag (or none) is, as go-yaml v2 does. Throws YamlError when tag and text disagree. */
export function resolve(tag: string, text: string): Resolved {
  if (!RESOLVABLE.has(tag)) return { tag, value: text };
  const found = tag === STR ? { tag: STR, value: text } : resolveByText(tag, text);
  if (tag === '' || tag === found.tag || tag === STR) return found;
  if (tag === FLOAT && found.tag === INT) return { tag: FLOAT, value: Number(found.value) };
  throw new YamlError(`yaml: cannot decode ${shortTag(found.tag)} \`${text}\` as a ${shortTag(tag)}`);
}

function shortTag(tag: string): string {
  return tag.startsWith(TAG_PREFIX) ? `!!${tag.slice(TAG_PREFIX.length)}` : tag;
}

function resolveByText(tag: string, text: string): Resolved {
  const string: Resolved = { tag: STR, value: text };
  // The merge word only means something as a key, and its first letter keeps it from being looked up.
  if (text !== '' && !SIGNIFICANT_START.test(text)) return string;
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.startsWith('.')) return toFloat(text) ?? string;
  if (!/^[-+0-9]/.test(text)) return string;
  if ((tag === '' || tag === TIMESTAMP) && looksLikeTimestamp(text)) return { tag: TIMESTAMP, value: text };
  const plain = text.replaceAll('_', '');
  return toInteger(plain) ?? toFloat(plain) ?? string;
}

function toFloat(text: string): Resolved | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? { tag: FLOAT, value } : undefined;
}

const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[oO]([0-7]+)|0[bB]([01]+)|0([0-7]+)|(0|[1-9][0-9]*))$/;

/** Integers as Go's ParseInt reads them with base 0, up to the largest uint64. */
function toInteger(text: string): Resolved | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const [, sign, hex, octal, binary, oldOctal, decimal] = match;
  const size =
    hex !== undefined
      ? BigInt(`0x${hex}`)
      : binary !== undefined
        ? BigInt(`0b${binary}`)
        : decimal !== undefined
          ? BigInt(decimal)
          : BigInt(`0o${octal ?? oldOctal}`);
  const exact = sign === '-' ? -size : size;
  // A sign is only read together with what fits in an int64.
  const largest = sign === '' ? 2n ** 64n - 1n : 2n ** 63n - 1n;
  if (exact > largest || exact < -(2n ** 63n)) return undefined;
  const value = Number(exact);
  return { tag: INT, value: Number.isSafeInteger(value) ? value : exact };
}
