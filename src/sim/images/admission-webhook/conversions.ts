/** How the webhook of the image converts custom objects, as its ConfigMap says beside the rules for admission. */
import { isJsonObject } from '../../api/object.js';
import { BROKEN_CONVERSIONS } from './broken-conversions.js';
import { checkWord, RuleError, spanMillis } from './rules.js';

/** One conversion. All that match an object are followed in order; fields are written `spec.host`. */
export interface Conversion {
  readonly name?: string;
  readonly match?: {
    /** The version an object has, and the one that is wanted: `v1` or `example.com/v1`. */
    readonly from?: string;
    readonly to?: string;
    readonly kinds?: readonly string[];
    readonly path?: string;
  };
  /** Fields by where they go. */
  readonly move?: Readonly<Record<string, string>>;
  readonly split?: { readonly from: string; readonly by: string; readonly to: readonly string[] };
  readonly join?: { readonly from: readonly string[]; readonly by: string; readonly to: string };
  readonly remove?: readonly string[];
  /** Values of fields that are not there. */
  readonly defaults?: Readonly<Record<string, unknown>>;
  readonly set?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** What is answered instead of objects. */
  readonly fail?: string;
  readonly delay?: string;
  /** What is wrong with the answer. */
  readonly broken?: keyof typeof BROKEN_CONVERSIONS;
  readonly status?: number;
  readonly body?: string;
}

const FIELDS = new Set([
  'name',
  'match',
  'move',
  'split',
  'join',
  'remove',
  'defaults',
  'set',
  'fail',
  'delay',
  'broken',
  'status',
  'body',
]);

/** Reads what a rules file says of conversions. Throws `RuleError`. */
export function readConversions(value: unknown): readonly Conversion[] {
  const list = isJsonObject(value) ? (value['conversions'] ?? []) : [];
  if (!Array.isArray(list)) throw new RuleError('conversions: must be a list');
  return list.map((one: unknown, index): Conversion => {
    if (!isJsonObject(one)) throw new RuleError(`conversions[${index}]: must be an object`);
    for (const field of Object.keys(one)) {
      if (!FIELDS.has(field)) throw new RuleError(`conversions[${index}]: unknown field ${JSON.stringify(field)}`);
    }
    if (one['delay'] !== undefined) spanMillis(String(one['delay']), index, 'conversions');
    checkWord(`conversions[${index}].broken`, one['broken'], Object.keys(BROKEN_CONVERSIONS));
    return one as unknown as Conversion;
  });
}
