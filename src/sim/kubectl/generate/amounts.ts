import { canonicalQuantity } from '../../api/quantity.js';
import { CommandError } from '../errors.js';

const PATTERN_HINT = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

/** Reads `cpu=1,memory=1Gi`. Throws in kubectl's words. */
export function readAmounts(text: string): Record<string, string> {
  const amounts: Record<string, string> = {};
  for (const statement of text === '' ? [] : text.split(',')) {
    const parts = statement.split('=');
    if (parts.length !== 2) throw new CommandError(`Invalid argument syntax ${statement}, expected <resource>=<value>`);
    const quantity = canonicalQuantity(parts[1] as string);
    if (quantity === undefined) throw new CommandError(PATTERN_HINT);
    amounts[parts[0] as string] = quantity;
  }
  return amounts;
}
