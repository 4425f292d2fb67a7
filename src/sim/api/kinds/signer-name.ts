/** Names of signers: a domain, a slash and a path (ValidateSignerName). */
import { type FieldError, invalid, required, tooLong } from '../field-error.js';
import { goQuote, utf8Length } from '../go-text.js';
import { dns1123Label, dns1123Subdomain, type TextRule } from '../names.js';

const DOMAIN_BYTES_MAX = 253;
/** The path has room for a label, a subdomain and a dot. */
const NAME_BYTES_MAX = DOMAIN_BYTES_MAX + 1 + (253 + 63 + 1);

/** What is wrong with a signer's name. */
export function validateSignerName(path: string, name: string): FieldError[] {
  if (name === '') return [required(path)];
  const segments = name.split('/');
  const [domain = '', rest = ''] = segments;
  if (segments.length !== 2) {
    const words = "must be a fully qualified domain and path of the form 'example.com/signer-name'";
    return [invalid(path, name, words)];
  }
  const errors: FieldError[] = [];
  if (utf8Length(domain) > DOMAIN_BYTES_MAX) errors.push(tooLong(path, DOMAIN_BYTES_MAX));
  errors.push(...firstBadLabel(path, domain, dns1123Label));
  if (!domain.includes('.')) {
    errors.push(invalid(path, domain, 'should be a domain with at least two segments separated by dots'));
  }
  errors.push(...firstBadLabel(path, rest, dns1123Subdomain));
  if (utf8Length(name) > NAME_BYTES_MAX) errors.push(tooLong(path, NAME_BYTES_MAX));
  return errors;
}

function firstBadLabel(path: string, segment: string, rule: TextRule): FieldError[] {
  for (const label of segment.split('.')) {
    const errors = rule(label);
    if (errors.length === 0) continue;
    return errors.map((words) => invalid(path, segment, `validating label ${goQuote(label)}: ${words}`));
  }
  return [];
}
