/** Names in resource.k8s.io: pools, attributes and capacities of devices. */
import { type FieldError, invalid, required, tooLong } from '../../field-error.js';
import { utf8Length } from '../../go-text.js';
import { dns1123Label, dns1123Subdomain } from '../../names.js';
import { checkText } from '../meta.js';
import { validateDriverName } from '../persistent-volume/source-rules.js';

const POOL_NAME_MAX = 253;
const IDENTIFIER_MAX = 32;
const IDENTIFIER_WORDS =
  "a valid C identifier must start with alphabetic character or '_', followed by a string of alphanumeric characters or '_' (e.g. 'my_name',  or 'MY_NAME',  or 'MyName', regex used for validation is '[A-Za-z_][A-Za-z0-9_]*')";

/** The name of a pool: subdomains with slashes between them. */
export function validatePoolName(path: string, name: string): FieldError[] {
  if (name === '') return [required(path)];
  const errors = utf8Length(name) > POOL_NAME_MAX ? [tooLong(path, POOL_NAME_MAX)] : [];
  return [...errors, ...name.split('/').flatMap((part) => checkText(path, part, dns1123Subdomain))];
}

/** A label: names of requests, devices, counters. */
export function validateLabelName(path: string, name: string | undefined): FieldError[] {
  return checkText(path, name ?? '', dns1123Label);
}

/** An identifier, or a domain, a slash and one. More slashes go through unseen, as in the server. */
export function validateQualifiedName(path: string, name: string): FieldError[] {
  const parts = name.split('/');
  const [first = '', second = ''] = parts;
  if (parts.length === 1) return validateIdentifier(path, first);
  if (parts.length > 2) return [];
  return [
    ...(first === '' ? [invalid(path, '', 'the domain must not be empty')] : validateDriverName(path, first)),
    ...(second === '' ? [invalid(path, '', 'the name must not be empty')] : validateIdentifier(path, second)),
  ];
}

/** The same, with a domain. */
export function validateFullyQualifiedName(path: string, name: string): FieldError[] {
  const errors = validateQualifiedName(path, name);
  if (name.includes('/')) return errors;
  return [...errors, invalid(path, name, 'a fully qualified name must be a domain and a name separated by a slash')];
}

function validateIdentifier(path: string, id: string): FieldError[] {
  const errors = utf8Length(id) > IDENTIFIER_MAX ? [tooLong(path, IDENTIFIER_MAX)] : [];
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(id) ? errors : [...errors, invalid(path, id, IDENTIFIER_WORDS)];
}
