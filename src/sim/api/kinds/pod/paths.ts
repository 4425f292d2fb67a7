/** Rules of paths inside volumes and containers. */
import { type FieldError, invalid } from '../../field-error.js';

/** No way up. */
export function withoutBacksteps(path: string, value: string): FieldError[] {
  return value.split('/').includes('..') ? [invalid(path, value, "must not contain '..'")] : [];
}

/** A relative path that stays below. */
export function descendingPath(path: string, value: string): FieldError[] {
  const relative = value.startsWith('/') ? [invalid(path, value, 'must be a relative path')] : [];
  return [...relative, ...withoutBacksteps(path, value)];
}

/** A descending path whose name is not one the kubelet keeps for itself. */
export function nonReservedPath(path: string, value: string): FieldError[] {
  const errors = descendingPath(path, value);
  if (value.startsWith('..') && !value.startsWith('../')) {
    errors.push(invalid(path, value, "must not start with '..'"));
  }
  return errors;
}

/** A file mode. */
export function fileMode(path: string, mode: number | undefined): FieldError[] {
  if (mode === undefined || (mode >= 0 && mode <= 0o777)) return [];
  return [invalid(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')];
}
