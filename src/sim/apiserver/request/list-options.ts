import { type FieldError, forbidden, notSupported } from '../../api/field-error.js';
import { invalidObject, StatusError } from '../../api/status.js';

/** meta/v1 ListOptions as far as they say from where on a list or a watch is read. */
export interface ReadOptions {
  readonly version: string;
  readonly match: string;
  readonly token: string;
  readonly initialEvents: boolean;
}

/** Reads and checks the options of a list. Throws 422. */
export function readListOptions(query: URLSearchParams): ReadOptions {
  const options = optionsOf(query);
  const { version, match, token } = options;
  const errors: FieldError[] = [];
  const forbid = (why: string) => errors.push(forbidden('resourceVersionMatch', why));
  if (match !== '') {
    if (version === '') forbid('resourceVersionMatch is forbidden unless resourceVersion is provided');
    if (token !== '') forbid('resourceVersionMatch is forbidden when continue is provided');
    if (match !== 'Exact' && match !== 'NotOlderThan') {
      errors.push(notSupported('resourceVersionMatch', match, ['Exact', 'NotOlderThan', '']));
    }
    if (match === 'Exact' && version === '0') {
      forbid('resourceVersionMatch "exact" is forbidden for resourceVersion "0"');
    }
  }
  if (query.has('sendInitialEvents')) {
    errors.push(forbidden('sendInitialEvents', 'sendInitialEvents is forbidden for list'));
  }
  refuseIf(errors);
  return options;
}

/** Reads and checks the options of a watch. One without a version begins with what there is. Throws 422. */
export function readWatchOptions(query: URLSearchParams): ReadOptions {
  const options = optionsOf(query);
  const legacy = !query.has('sendInitialEvents') && options.match === '' && ['', '0'].includes(options.version);
  const { token } = options;
  const match = legacy ? 'NotOlderThan' : options.match;
  const asked = legacy || query.has('sendInitialEvents');
  const errors: FieldError[] = [];
  const forbid = (why: string) => errors.push(forbidden('resourceVersionMatch', why));
  if (asked && match !== 'NotOlderThan') {
    forbid('sendInitialEvents requires setting resourceVersionMatch to NotOlderThan');
  }
  if (match !== '') {
    if (!asked) forbid('resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided');
    if (match !== 'NotOlderThan') errors.push(notSupported('resourceVersionMatch', match, ['NotOlderThan']));
    if (token !== '') forbid('resourceVersionMatch is forbidden when continue is provided');
  }
  refuseIf(errors);
  return options;
}

function optionsOf(query: URLSearchParams): ReadOptions {
  const initial = (query.get('sendInitialEvents') ?? 'false').toLowerCase();
  return {
    version: query.get('resourceVersion') ?? '',
    match: query.get('resourceVersionMatch') ?? '',
    token: query.get('continue') ?? '',
    initialEvents: initial !== 'false' && initial !== '0',
  };
}

function refuseIf(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new StatusError(invalidObject('meta.k8s.io', 'ListOptions', '', errors));
}
