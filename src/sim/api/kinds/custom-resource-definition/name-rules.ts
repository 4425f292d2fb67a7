import { type FieldError, invalid } from '../../field-error.js';
import { dns1035Label } from '../../names.js';
import type { CustomResourceNames } from '../../types/custom-resource-definition.js';

/** The names of a kind; empty ones are for others to refuse. */
export function validateNames(path: string, names: CustomResourceNames | undefined): FieldError[] {
  if (!names) return [];
  const { plural, singular, kind, listKind, shortNames = [], categories = [] } = names;
  const errors = [...label(`${path}.plural`, plural), ...label(`${path}.singular`, singular)];
  errors.push(...mixedCase(`${path}.kind`, kind), ...mixedCase(`${path}.listKind`, listKind));
  shortNames.forEach((name, index) => {
    errors.push(...mustBeLabel(`${path}.shortNames[${index}]`, name));
  });
  if (kind && kind === listKind) {
    errors.push(invalid(`${path}.listKind`, listKind, 'kind and listKind may not be the same'));
  }
  categories.forEach((name, index) => {
    errors.push(...mustBeLabel(`${path}.categories[${index}]`, name));
  });
  return errors;
}

function label(path: string, value: string | undefined): FieldError[] {
  return value ? mustBeLabel(path, value) : [];
}

/** A DNS-1035 label, with everything that is wrong in one error. */
export function mustBeLabel(path: string, value: string): FieldError[] {
  const wrong = dns1035Label(value);
  return wrong.length > 0 ? [invalid(path, value, wrong.join(','))] : [];
}

function mixedCase(path: string, value: string | undefined): FieldError[] {
  const wrong = value ? dns1035Label(value.toLowerCase()) : [];
  if (wrong.length === 0) return [];
  return [invalid(path, value, `may have mixed case, but should otherwise match: ${wrong.join(',')}`)];
}
