import { findValue } from './json-path.js';
import type { ObjectRef } from './object-ref.js';
import { type ObjectReader, UndecidedError } from './objects.js';

/** What was noted when the task began: for each reference, every object's values at its paths. Plain data. */
export type Baseline = Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>>;

/** Objects of which some fields are noted. */
export interface BaselineReference extends ObjectRef {
  /** JSONPaths whose values are noted. */
  readonly paths: readonly string[];
}

/** Notes the values of references. What cannot be told, because no API server answers, is not noted. */
export async function takeBaseline(references: readonly BaselineReference[], objects: ObjectReader): Promise<Baseline> {
  const baseline: Record<string, Record<string, readonly unknown[]>> = {};
  for (const reference of references) {
    try {
      baseline[baselineKey(reference)] = await readValues(reference, objects);
    } catch (error) {
      if (!(error instanceof UndecidedError)) throw error;
    }
  }
  return baseline;
}

/** The values a reference's paths have now, by object. */
export async function readValues(
  reference: BaselineReference,
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
export function baselineKey(reference: BaselineReference): string {
  return JSON.stringify(reference);
}
