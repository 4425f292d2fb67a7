import { type FieldError, forbidden, invalid, notSupported, required, tooLong } from '../../api/field-error.js';
import { invalidObject, StatusError } from '../../api/status.js';
import { managerOfAgent } from './field-manager.js';
import type { WriteParameters } from './options.js';

const MANAGER_BYTES_MAX = 128;
const VALIDATIONS = ['', 'Ignore', 'Strict', 'Warn'];

/** Reads the options of a patch; an apply has to name its manager, nothing else may be forced. Throws 422. */
export function readPatchParameters(query: URLSearchParams, agent: string, isApply: boolean): WriteParameters {
  const dryRun = query.getAll('dryRun');
  const manager = query.get('fieldManager') ?? '';
  const validation = query.get('fieldValidation') ?? '';
  const force = query.get('force');
  const errors = [...applyErrors(manager, force, isApply), ...writeErrors(query)];
  if (errors.length > 0) throw new StatusError(invalidObject('meta.k8s.io', 'PatchOptions', '', errors));
  return {
    dryRun: dryRun.length > 0,
    fieldManager: manager || managerOfAgent(agent),
    fieldValidation: validation === '' ? 'Warn' : (validation as WriteParameters['fieldValidation']),
    force: force === null ? undefined : isTrue(force),
  };
}

/** What is wrong with the options that every write has. */
export function writeErrors(query: URLSearchParams): FieldError[] {
  const dryRun = query.getAll('dryRun');
  const validation = query.get('fieldValidation') ?? '';
  return [
    ...managerErrors(query.get('fieldManager') ?? ''),
    ...(dryRun.some((value) => value !== 'All') ? [notSupported('dryRun', dryRun, ['All'])] : []),
    ...(VALIDATIONS.includes(validation) ? [] : [notSupported('fieldValidation', validation, VALIDATIONS)]),
  ];
}

function applyErrors(manager: string, force: string | null, isApply: boolean): FieldError[] {
  if (isApply) return manager === '' ? [required('fieldManager', 'is required for apply patch')] : [];
  return force === null ? [] : [forbidden('force', 'may not be specified for non-apply patch')];
}

function managerErrors(manager: string): FieldError[] {
  const errors: FieldError[] = [];
  if (Buffer.byteLength(manager) > MANAGER_BYTES_MAX) errors.push(tooLong('fieldManager', MANAGER_BYTES_MAX));
  let position = 0;
  for (const character of manager) {
    if (/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character)) {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      errors.push(invalid('fieldManager', manager, `invalid character U+${code} (at position ${position})`));
    }
    position += Buffer.byteLength(character);
  }
  return errors;
}

/** As the real server reads truth values of a query: anything but `false` and `0` is one. */
function isTrue(text: string): boolean {
  return text.toLowerCase() !== 'false' && text !== '0';
}
