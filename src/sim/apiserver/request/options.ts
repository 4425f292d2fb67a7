import { goQuote } from '../../api/go-text.js';
import type { KubeObject } from '../../api/object.js';
import { badRequest, invalidObject, StatusError, unnamedError } from '../../api/status.js';
import { managerOfAgent } from './field-manager.js';
import { invalidField } from './option-errors.js';
import { writeErrors } from './patch-options.js';

/** What create, update and patch take from the query. */
export interface WriteParameters {
  readonly dryRun: boolean;
  readonly fieldManager: string;
  readonly fieldValidation: 'Ignore' | 'Warn' | 'Strict';
  readonly force: boolean | undefined;
  /** Who manages which fields stands in the object already: an apply has worked it out. */
  readonly managersNoted?: boolean;
  /** What admission is shown instead of the object that is written. */
  readonly admittedAs?: AdmittedAs;
}

/** What stands for an object while admission looks at it. */
export interface AdmittedAs {
  readonly subresource: string;
  /** What the request brought; mutating steps change it. */
  readonly given: KubeObject;
  /** Makes of the object that is written what admission has left of what was given. Throws StatusError. */
  take(object: KubeObject): void;
  /** What stands for the object as it is, or as it is about to be. */
  show(object: KubeObject): KubeObject;
}

/** Reads the options of a write. `optionsKind` names them in messages. Throws 422. */
export function readWriteParameters(query: URLSearchParams, optionsKind: string, agent: string): WriteParameters {
  const dryRun = query.getAll('dryRun');
  const validation = query.get('fieldValidation') ?? '';
  const force = query.get('force');
  const errors = writeErrors(query);
  if (errors.length > 0) throw new StatusError(invalidObject('meta.k8s.io', optionsKind, '', errors));
  return {
    dryRun: dryRun.length > 0,
    fieldManager: query.get('fieldManager') || managerOfAgent(agent),
    fieldValidation: validation === '' ? 'Warn' : (validation as WriteParameters['fieldValidation']),
    force: force === null ? undefined : force === 'true' || force === '1',
  };
}

/** Refuses any dry run but `All`. */
export function checkDryRun(values: readonly string[], optionsKind: string): void {
  for (const value of values) if (value !== 'All') throw invalidField(optionsKind, 'dryRun', values, ['All']);
}

/** A whole number in a query. Throws 400 in strconv's words. */
export function readInteger(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name);
  if (text === null) return undefined;
  const why = /^[+-]?\d+$/.test(text) ? rangeProblem(text) : 'invalid syntax';
  if (why === undefined) return Number(text);
  throw new StatusError(badRequest(`strconv.ParseInt: parsing ${goQuote(text)}: ${why}`));
}

function rangeProblem(text: string): string | undefined {
  const value = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, value) === value ? undefined : 'value out of range';
}

/** A truth value in a query: present and not `false` or `0`. */
export function readBoolean(query: URLSearchParams, name: string): boolean {
  const text = query.get(name);
  return text !== null && text.toLowerCase() !== 'false' && text !== '0';
}

/** A resourceVersion. Throws in the storage versioner's words: 400 for a list, for the rest an error nobody has named. */
export function readResourceVersion(text: string | null, verb: 'list' | 'other'): number {
  if (text === null || text === '') return 0;
  const isNumber = /^\d+$/.test(text);
  if (isNumber && BigInt.asUintN(64, BigInt(text)) === BigInt(text)) return Number(text);
  const why = isNumber ? 'value out of range' : 'invalid syntax';
  const words = `resourceVersion: Invalid value: ${goQuote(text)}: strconv.ParseUint: parsing ${goQuote(text)}: ${why}`;
  throw new StatusError(verb === 'list' ? badRequest(`invalid resource version: ${words}`) : unnamedError(words));
}
