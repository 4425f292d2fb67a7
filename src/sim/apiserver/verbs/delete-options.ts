import { decodeKind } from '../../api/decode.js';
import { invalid } from '../../api/field-error.js';
import { badRequest, invalidObject, StatusError } from '../../api/status.js';
import { readBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import { invalidField } from '../request/option-errors.js';
import { checkDryRun, readInteger } from '../request/options.js';
import { noSuchKind } from './decode.js';

/** meta/v1 DeleteOptions, from the body or the query. */
export interface DeleteParameters {
  readonly gracePeriodSeconds: number | undefined;
  readonly propagation: 'Background' | 'Foreground' | 'Orphan' | undefined;
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
  readonly dryRun: boolean;
}

interface Options {
  gracePeriodSeconds?: number;
  propagationPolicy?: string;
  orphanDependents?: boolean;
  preconditions?: { uid?: string; resourceVersion?: string };
  dryRun?: string[];
}

/** Reads the options of a delete. Throws 400 and 422. */
export function readDeleteParameters(context: RequestContext): DeleteParameters {
  const body = hasBody(context) ? readSent(context) : undefined;
  if (body) context.audit?.sent({ kind: 'DeleteOptions', ...body }, 'meta.k8s.io/__internal');
  const options = body && Object.keys(body).length > 0 ? body : fromQuery(context.query);
  const policy = options.propagationPolicy ?? (options.orphanDependents ? 'Orphan' : undefined);
  if (options.orphanDependents !== undefined && options.propagationPolicy !== undefined) {
    const words = 'orphanDependents and deletionPropagation cannot be both set';
    const error = invalid('propagationPolicy', options.propagationPolicy, words);
    throw new StatusError(invalidObject('meta.k8s.io', 'DeleteOptions', '', [error]));
  }
  if (policy !== undefined && policy !== 'Background' && policy !== 'Foreground' && policy !== 'Orphan') {
    throw invalidField('DeleteOptions', 'propagationPolicy', policy, ['Foreground', 'Background', 'Orphan', 'nil']);
  }
  checkDryRun(options.dryRun ?? [], 'DeleteOptions');
  const grace = options.gracePeriodSeconds;
  return {
    // Kubernetes takes a negative grace period for one second.
    gracePeriodSeconds: grace !== undefined && grace < 0 ? 1 : grace,
    propagation: policy,
    uid: options.preconditions?.uid,
    resourceVersion: options.preconditions?.resourceVersion,
    dryRun: (options.dryRun ?? []).length > 0,
  };
}

/** The options in a body. What is wrong with them is told as the decoder says it. */
function readSent({ request }: RequestContext): Options {
  const sent = plainly(() => readBody(request, 'DeleteOptions').object);
  if (sent.kind && sent.kind !== 'DeleteOptions') {
    throw new StatusError(badRequest(noSuchKind(sent.apiVersion ?? '', sent.kind)));
  }
  const wrong = decodeKind('v1', 'DeleteOptions', sent)?.typeError;
  if (wrong !== undefined) throw new StatusError(badRequest(wrong));
  return sent as unknown as Options;
}

/** Runs a reader; of what it complains the decoder's own words are left. */
function plainly<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof StatusError) || error.status.code !== 400) throw error;
    const words =
      /^the object provided is unrecognized \(must be of type DeleteOptions\): (.*) \(.*?\)$/s.exec(
        error.message,
      )?.[1] ?? /^DeleteOptions in version "v1" cannot be handled as a DeleteOptions: (.*)$/s.exec(error.message)?.[1];
    throw new StatusError(badRequest(words ?? error.message));
  }
}

function hasBody({ request }: RequestContext): boolean {
  return request.object !== undefined || Boolean(request.body?.length);
}

function fromQuery(query: URLSearchParams): Options {
  const options: Options = { dryRun: query.getAll('dryRun') };
  const grace = readInteger(query, 'gracePeriodSeconds');
  if (grace !== undefined) options.gracePeriodSeconds = grace;
  const policy = query.get('propagationPolicy');
  if (policy) options.propagationPolicy = policy;
  if (query.get('orphanDependents') === 'true') options.orphanDependents = true;
  return options;
}
