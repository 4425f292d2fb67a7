import { aggregateErrors } from '../../../api/field-error.js';
import { goQuote } from '../../../api/go-text.js';
import { domainPrefixedPath } from '../../../api/kinds/meta.js';

/** What the constrained modes do not take in extra fields, in the server's words; undefined when all is well. */
export function extraProblem(
  entries: readonly (readonly [key: string, values: readonly string[]])[],
): string | undefined {
  for (const [key, values] of entries) {
    if (key === '') return 'impersonating the empty string key in extra is not allowed';
    const problems = domainPrefixedPath('extra.key', key);
    if (problems.length > 0)
      return `impersonating an invalid key in extra is not allowed: ${aggregateErrors(problems)}`;
    if (key !== key.toLowerCase()) return `impersonating a non-lowercase key in extra is not allowed: ${goQuote(key)}`;
    if (values.length === 0) return 'impersonating empty values in extra is not allowed';
    if (values.includes('')) return 'impersonating the empty string value in extra is not allowed';
  }
  return undefined;
}
