import type { JsonObject } from '../../api/object.js';
import type { RequestContext } from './context.js';

const KINDS = { CREATE: 'CreateOptions', UPDATE: 'UpdateOptions' } as const;

/** The options of a write as admission shows them to others: meta.k8s.io/v1 CreateOptions, UpdateOptions. */
export function writeOptions(
  { query }: Pick<RequestContext, 'query'>,
  operation: 'CREATE' | 'UPDATE',
): () => JsonObject {
  return () => {
    const options: JsonObject = { kind: KINDS[operation], apiVersion: 'meta.k8s.io/v1' };
    const dryRun = query.getAll('dryRun');
    if (dryRun.length > 0) options['dryRun'] = dryRun;
    for (const field of ['fieldManager', 'fieldValidation']) {
      const value = query.get(field);
      if (value) options[field] = value;
    }
    return options;
  };
}

/** The options of a delete as admission shows them to others: meta.k8s.io/v1 DeleteOptions. */
export function deleteOptions(given: {
  readonly gracePeriodSeconds?: number | undefined;
  readonly propagation?: string | undefined;
  readonly uid?: string | undefined;
  readonly resourceVersion?: string | undefined;
  readonly dryRun: boolean;
}): () => JsonObject {
  return () => {
    const { gracePeriodSeconds, propagation, uid, resourceVersion, dryRun } = given;
    const preconditions = { ...(uid ? { uid } : {}), ...(resourceVersion ? { resourceVersion } : {}) };
    return {
      kind: 'DeleteOptions',
      apiVersion: 'meta.k8s.io/v1',
      ...(gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds }),
      ...(Object.keys(preconditions).length > 0 ? { preconditions } : {}),
      ...(propagation ? { propagationPolicy: propagation } : {}),
      ...(dryRun ? { dryRun: ['All'] } : {}),
    };
  };
}
