import type { DecodedBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import type { ServedKind } from '../served-kind.js';

/** Unknown and doubled fields: dropped in silence, warned of, or refused; values of the wrong type are refused always. */
export function checkFields(
  _context: RequestContext,
  _kind: ServedKind,
  _body: DecodedBody,
  _mode: 'Ignore' | 'Warn' | 'Strict',
): void {
  // The schema is not here yet.
}
