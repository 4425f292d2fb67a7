/** The rules by which the admission webhook of the image answers, as its ConfigMap holds them. */
import { isJsonObject, type JsonObject } from '../../api/object.js';

/** Which requests a rule is for; what is left out matches all. */
export interface RuleMatch {
  /** `CREATE`, `UPDATE`, `DELETE`, `CONNECT`. */
  readonly operations?: readonly string[];
  /** Of the object: `Pod`, `Deployment`. */
  readonly kinds?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly users?: readonly string[];
  /** Labels the object must have; `*` for any value. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Labels of which the object lacks one. */
  readonly withoutLabels?: readonly string[];
  /** Annotations the object must have; `*` for any value. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Patterns with `*`, of which one container's image must match one. */
  readonly images?: readonly string[];
  /** The path that was asked: one program may serve several webhooks. */
  readonly path?: string;
}

/** What may be wrong with an answer, for those who want to see what becomes of such a one. */
const BROKEN = [
  'bad-patch',
  'empty',
  'no-response',
  'not-json',
  'patch-without-type',
  'wrong-uid',
  'wrong-version',
] as const;

/** One rule. All that match are followed in order, up to the first that refuses, lets pass or answers something else. */
export interface Rule {
  readonly name?: string;
  readonly match?: RuleMatch;
  readonly deny?: { readonly message?: string; readonly code?: number; readonly reason?: string };
  /** Lets pass: no rule behind it is looked at. */
  readonly allow?: boolean;
  readonly warnings?: readonly string[];
  readonly auditAnnotations?: Readonly<Record<string, string>>;
  /** Operations of a JSON patch. */
  readonly patch?: readonly JsonObject[];
  /** Labels and annotations the object gets, whether it has any or not. */
  readonly set?: {
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  /** How long to wait before answering, such as `15s` or `500ms`. */
  readonly delay?: string;
  readonly broken?: (typeof BROKEN)[number];
  /** An HTTP status to answer instead, with a text. */
  readonly status?: number;
  readonly body?: string;
}

/** Rules that cannot be followed; the message says which and why. */
export class RuleError extends Error {}

const FIELDS = new Set([
  'name',
  'match',
  'allow',
  'deny',
  'warnings',
  'auditAnnotations',
  'patch',
  'set',
  'delay',
  'broken',
  'status',
  'body',
]);

/** Reads what a rules file says. Throws `RuleError`. */
export function readRules(value: unknown): readonly Rule[] {
  if (value === null || value === undefined) return [];
  const list = isJsonObject(value) ? (value['rules'] ?? []) : value;
  if (!Array.isArray(list)) throw new RuleError('rules: must be a list');
  return list.map((rule: unknown, index): Rule => {
    if (!isJsonObject(rule)) throw new RuleError(`rules[${index}]: must be an object`);
    for (const field of Object.keys(rule)) {
      if (!FIELDS.has(field)) throw new RuleError(`rules[${index}]: unknown field ${JSON.stringify(field)}`);
    }
    if (rule['delay'] !== undefined) spanMillis(String(rule['delay']), index);
    checkWord(`rules[${index}].broken`, rule['broken'], BROKEN);
    return rule as unknown as Rule;
  });
}

/** Refuses a word that is none of those there are: nobody would notice that it does nothing. Throws `RuleError`. */
export function checkWord(path: string, given: unknown, words: readonly string[]): void {
  if (given === undefined || words.some((word) => word === given)) return;
  throw new RuleError(`${path}: ${JSON.stringify(given)} is none of ${words.join(', ')}`);
}

/** Milliseconds of `15s`, `500ms`, `1m`. Throws `RuleError`. */
export function spanMillis(text: string, index = 0, list = 'rules'): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text);
  if (!match) throw new RuleError(`${list}[${index}].delay: ${JSON.stringify(text)} is no span such as 15s or 500ms`);
  return Number(match[1]) * { ms: 1, s: 1000, m: 60_000 }[match[2] as 'ms' | 's' | 'm'];
}
