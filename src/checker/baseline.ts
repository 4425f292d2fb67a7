import { findValue } from './json-path.js';
import type { ObjectReader } from './objects.js';
import type { Check, Subject, UnchangedSubject } from './rubric.js';

/** What `unchanged` checks remember: for each reference, every object's values at its paths. Plain data. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;

type Reference = UnchangedSubject['unchanged'][number];

/** Notes what must not change, when the task begins. */
export async function takeBaseline(checks: readonly Check[], objects: ObjectReader): Promise<Baseline> {
  const baseline: Record<string, Record<string, readonly unknown[]>> = {};
  for (const reference of checks.flatMap(referencesIn))
    baseline[baselineKey(reference)] = await readValues(reference, objects);
  return baseline;
}

/** The values a reference's paths have now, by object. */
export async function readValues(
  reference: Reference,
  objects: ObjectReader,
): Promise<Record<string, readonly unknown[]>> {
  const values: Record<string, readonly unknown[]> = {};
  for (const object of await objects.read(reference)) {
    const { namespace, name } = object.metadata;
    values[namespace === undefined ? name : `${namespace}/${name}`] = reference.paths.map(
      (path) => findValue(object, path) ?? null,
    );
  }
  return values;
}

/** Under which name a reference's values are kept. */
export function baselineKey(reference: Reference): string {
  return JSON.stringify(reference);
}

function referencesIn(subject: Subject): readonly Reference[] {
  if ('unchanged' in subject) return subject.unchanged;
  if ('all' in subject || 'any' in subject)
    return [...(subject.all ?? []), ...(subject.any ?? [])].flatMap(referencesIn);
  return [];
}
