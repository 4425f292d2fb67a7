/**
 * Rules for names, labels and keys, with the exact texts of apimachinery's
 * util/validation. Every function returns the list of what is wrong.
 */
import { utf8Length } from './go-text.js';

/** Checks one text; an empty list means it is fine. */
export type TextRule = (value: string) => string[];

/** As a rule for object names; `prefix` is true for metadata.generateName. */
export type NameRule = (name: string, prefix: boolean) => string[];

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const SUBDOMAIN_UNDERSCORE_LABEL = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
const LABEL_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = `(${QUALIFIED})?`;
const ENV_NAME = '[-._a-zA-Z][-._a-zA-Z0-9]*';
const CONFIG_KEY = '[-._a-zA-Z0-9]+';
const HEADER_NAME = '[-A-Za-z0-9]+';
const HTTP_PATH = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const PERCENT = '[0-9]+%';

const LABEL_WORDS =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const SUBDOMAIN_WORDS =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const LABEL_1035_WORDS =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
const QUALIFIED_WORDS =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
const LABEL_VALUE_WORDS =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

const compiled = new Map<string, RegExp>();

function matches(pattern: string, value: string): boolean {
  let expression = compiled.get(pattern);
  if (!expression) {
    expression = new RegExp(`^(?:${pattern})$`);
    compiled.set(pattern, expression);
  }
  return expression.test(value);
}

/** The text of a failed pattern, with its examples. */
function patternError(words: string, pattern: string, ...examples: string[]): string {
  if (examples.length === 0) return `${words} (regex used for validation is '${pattern}')`;
  const shown = examples.map((example) => `'${example}', `).join(' or ');
  return `${words} (e.g. ${shown}regex used for validation is '${pattern}')`;
}

/** The text of a number outside a closed range. */
export function rangeError(low: number, high: number): string {
  return `must be between ${low} and ${high}, inclusive`;
}

/** Rules of label keys and values speak of bytes, the others of characters; all of them count bytes. */
const tooLongText = (limit: number, unit: 'bytes' | 'characters') => `must be no more than ${limit} ${unit}`;

/** DNS-1123 label: most parts of names, namespaces, containers. */
export function dns1123Label(value: string): string[] {
  const errors: string[] = [];
  if (utf8Length(value) > 63) errors.push(tooLongText(63, 'characters'));
  if (!matches(LABEL, value)) {
    errors.push(
      matches(SUBDOMAIN, value) ? 'must not contain dots' : patternError(LABEL_WORDS, LABEL, 'my-name', '123-abc'),
    );
  }
  return errors;
}

/** DNS-1123 subdomain: names of most objects. */
export function dns1123Subdomain(value: string): string[] {
  return subdomainErrors(value, 'characters');
}

function subdomainErrors(value: string, unit: 'bytes' | 'characters'): string[] {
  const errors: string[] = [];
  if (utf8Length(value) > 253) errors.push(tooLongText(253, unit));
  if (!matches(SUBDOMAIN, value)) errors.push(patternError(SUBDOMAIN_WORDS, SUBDOMAIN, 'example.com'));
  return errors;
}

/** DNS-1123 subdomain in which parts may begin with an underscore: search domains of a pod. */
export function dns1123SubdomainUnderscore(value: string): string[] {
  const pattern = `${SUBDOMAIN_UNDERSCORE_LABEL}(\\.${SUBDOMAIN_UNDERSCORE_LABEL})*`;
  const words = SUBDOMAIN_WORDS.replace("characters, '-'", "characters, '_', '-'");
  const errors: string[] = [];
  if (utf8Length(value) > 253) errors.push(tooLongText(253, 'characters'));
  if (!matches(pattern, value)) errors.push(patternError(words, pattern, 'example.com'));
  return errors;
}

/** A DNS-1123 subdomain behind `*.`: hosts of an ingress. */
export function wildcardSubdomain(value: string): string[] {
  const pattern = `\\*\\.${SUBDOMAIN}`;
  const words =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  const errors: string[] = [];
  if (utf8Length(value) > 253) errors.push(tooLongText(253, 'characters'));
  if (!matches(pattern, value)) errors.push(patternError(words, pattern, '*.example.com'));
  return errors;
}

/** The path of an HTTP URL without its first slash: what stands behind a domain. */
export function httpPath(value: string): string[] {
  return matches(HTTP_PATH, value) ? [] : [patternError('Invalid path', HTTP_PATH)];
}

/** DNS-1035 label: names of services. */
export function dns1035Label(value: string): string[] {
  const errors: string[] = [];
  if (utf8Length(value) > 63) errors.push(tooLongText(63, 'characters'));
  if (!matches(LABEL_1035, value)) errors.push(patternError(LABEL_1035_WORDS, LABEL_1035, 'my-name', 'abc-123'));
  return errors;
}

/** A label's key: an optional DNS prefix, a slash, and a name of at most 63 bytes. */
export function labelKey(value: string): string[] {
  const parts = value.split('/');
  const pattern = () => patternError(QUALIFIED_WORDS, QUALIFIED, 'MyName', 'my.name', '123-abc');
  if (parts.length > 2) {
    return [`a valid label key ${pattern()} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  }
  const errors: string[] = [];
  if (parts.length === 2) {
    if (parts[0] === '') errors.push('prefix part must be non-empty');
    else errors.push(...subdomainErrors(parts[0] ?? '', 'bytes').map((message) => `prefix part ${message}`));
  }
  const name = parts[parts.length - 1] ?? '';
  if (name === '') errors.push('name part must be non-empty');
  else if (utf8Length(name) > 63) errors.push(`name part ${tooLongText(63, 'bytes')}`);
  if (!matches(QUALIFIED, name)) errors.push(`name part ${pattern()}`);
  return errors;
}

/** A label's value: at most 63 bytes, may be empty. */
export function labelValue(value: string): string[] {
  const errors: string[] = [];
  if (utf8Length(value) > 63) errors.push(tooLongText(63, 'bytes'));
  if (!matches(LABEL_VALUE, value)) {
    errors.push(patternError(LABEL_VALUE_WORDS, LABEL_VALUE, 'MyValue', 'my_value', '12345'));
  }
  return errors;
}

/** A port's name: IANA_SVC_NAME, at most 15 characters with a letter. */
export function portName(value: string): string[] {
  const errors: string[] = [];
  if (utf8Length(value) > 15) errors.push(tooLongText(15, 'characters'));
  if (!matches('[-a-z0-9]+', value)) {
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)');
  if (value.includes('--')) errors.push('must not contain consecutive hyphens');
  if (value.startsWith('-') || value.endsWith('-')) errors.push('must not begin or end with a hyphen');
  return errors;
}

/** A port's number. */
export function portNumber(port: number): string[] {
  return port >= 1 && port <= 65535 ? [] : [rangeError(1, 65535)];
}

/** A percentage such as 25%. */
export function percent(value: string): string[] {
  if (matches(PERCENT, value)) return [];
  return [
    patternError("a valid percent string must be a numeric string followed by an ending '%'", PERCENT, '1%', '93%'),
  ];
}

/** An HTTP header's name. */
export function httpHeaderName(value: string): string[] {
  if (matches(HEADER_NAME, value)) return [];
  return [
    patternError("a valid HTTP header must consist of alphanumeric characters or '-'", HEADER_NAME, 'X-Header-Name'),
  ];
}

/** An environment variable's name as kubectl and older servers check it. */
export function envVarName(value: string): string[] {
  const words =
    "a valid environment variable name must consist of alphabetic characters, digits, '_', '-', or '.', and must not start with a digit";
  const errors: string[] = [];
  if (!matches(ENV_NAME, value)) {
    errors.push(patternError(words, ENV_NAME, 'my.env-name', 'MY_ENV.NAME', 'MyEnvName1'));
  }
  return [...errors, ...parentDirectoryErrors(value)];
}

/** An environment variable's name as servers since v1.34 check it: printable ASCII without `=`. */
export function relaxedEnvVarName(value: string): string[] {
  const errors: string[] = [];
  if (value === '') errors.push('environment variable name must be non-empty');
  if (!/^[\x20-\x3c\x3e-\x7e]*$/.test(value)) {
    errors.push("a valid environment variable name must consist only of printable ASCII characters other than '='");
  }
  return errors;
}

/** A key of a ConfigMap's or Secret's data. */
export function configMapKey(value: string): string[] {
  const errors: string[] = [];
  if (utf8Length(value) > 253) errors.push(tooLongText(253, 'characters'));
  if (!matches(CONFIG_KEY, value)) {
    const words = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    errors.push(patternError(words, CONFIG_KEY, 'key.name', 'KEY_NAME', 'key-name'));
  }
  return [...errors, ...parentDirectoryErrors(value)];
}

/** A name that becomes part of a path of the API: no slash, no percent, not `.` or `..`. */
export function pathSegmentName(value: string): string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  return ['/', '%']
    .filter((character) => value.includes(character))
    .map((character) => `may not contain '${character}'`);
}

function parentDirectoryErrors(value: string): string[] {
  if (value === '.') return ["must not be '.'"];
  if (value === '..') return ["must not be '..'"];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** Makes a rule for object names of a rule for texts; a prefix may end in dashes. */
function asNameRule(rule: TextRule): NameRule {
  return (name, prefix) => rule(prefix && name.length > 1 && name.endsWith('-') ? `${name.slice(0, -2)}a` : name);
}

/** Names of most objects. */
export const nameIsSubdomain: NameRule = asNameRule(dns1123Subdomain);
/** Names of namespaces and the like. */
export const nameIsLabel: NameRule = asNameRule(dns1123Label);
/** Names that become part of a path and need be nothing more: roles and their bindings. */
export const nameIsPathSegment: NameRule = (name) => pathSegmentName(name);
