/** Rules of references to what is scaled, or measured. */
import { type FieldError, invalid, required } from '../../field-error.js';
import { pathSegmentName } from '../../names.js';
import type { ScaleTarget } from '../../types/autoscaling.js';
import { checkText } from '../meta.js';

/** What may pass of an apiVersion. */
export interface ReferenceOptions {
  /** One without a group: of a kind of core/v1. */
  readonly emptyGroup: boolean;
  /** Any: it was so before. */
  readonly anyVersion: boolean;
}

/** A reference: a kind, a name, and an apiVersion with a group. */
export function validateReference(reference: ScaleTarget, path: string, options: ReferenceOptions): FieldError[] {
  const errors = (['kind', 'name'] as const).flatMap((field) => {
    const value = reference[field];
    return value ? checkText(`${path}.${field}`, value, pathSegmentName) : [required(`${path}.${field}`)];
  });
  const { apiVersion = '' } = reference;
  const wrong = options.anyVersion ? undefined : apiVersionError(apiVersion, options.emptyGroup);
  return wrong === undefined ? errors : [...errors, invalid(`${path}.apiVersion`, apiVersion, wrong)];
}

/** What is wrong with an apiVersion; undefined for a good one. */
export function apiVersionError(apiVersion: string, emptyGroup: boolean): string | undefined {
  const slashes = apiVersion.split('/').length - 1;
  if (slashes > 1) return `unexpected GroupVersion string: ${apiVersion}`;
  const hasGroup = slashes === 1 && !apiVersion.startsWith('/');
  return hasGroup || emptyGroup ? undefined : 'apiVersion must specify API group';
}
