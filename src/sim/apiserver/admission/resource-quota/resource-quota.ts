import { deepCopy } from '../../../api/object.js';
import { equalAmounts, readAmounts, writeAmounts } from '../../../api/quota/amounts.js';
import { deviceClassNames } from '../../../api/quota/device-classes.js';
import { evaluatorOf } from '../../../api/quota/evaluators.js';
import type { DeviceClass } from '../../../api/types/devices.js';
import type { ResourceQuota } from '../../../api/types/limits.js';
import type { Waiting } from '../../../kernel/wait.js';
import { groupResource } from '../../served-kind.js';
import { updateAsServer } from '../../start/system-request.js';
import { objectOf } from '../../storage/stored-object.js';
import type { AdmissionRequest } from '../admission.js';
import type { ConfiguredPlugin } from '../configuration.js';
import { type Charge, checkRequest } from './check.js';
import { readSettings } from './settings.js';

/** Nothing is used beyond what the quotas of a namespace leave; what is used is counted before it is there. */
export const RESOURCE_QUOTA: ConfiguredPlugin = (text) => {
  const settings = readSettings(text);
  return {
    name: 'ResourceQuota',
    *validate(request) {
      const { kind, namespace, object } = request;
      if (namespace === '' || !kind.namespaced || !object) return;
      const evaluator = evaluatorOf(groupResource(kind));
      if (!evaluator?.handles(request)) return;
      const quotas = quotasOf(request);
      if (quotas.length === 0 && settings.limitedResources.length === 0) return;
      const surroundings = { now: request.parts.now(), ...deviceClassNames(() => deviceClasses(request)) };
      const charges = checkRequest(request, quotas, evaluator, settings.limitedResources, surroundings);
      if (request.dryRun) return;
      for (const charge of charges) yield* book(request, charge);
    },
  };
};

function quotasOf({ store, namespace }: AdmissionRequest): ResourceQuota[] {
  return store.range({ prefix: `/registry/resourcequotas/${namespace}/` }).entries.map(objectOf) as ResourceQuota[];
}

function deviceClasses({ store }: AdmissionRequest): DeviceClass[] {
  return store.range({ prefix: '/registry/deviceclasses/' }).entries.map(objectOf) as DeviceClass[];
}

/** Writes what is used into the quota's status, as the server's own client does. */
function* book({ parts }: AdmissionRequest, { quota, used }: Charge): Waiting<void> {
  if (equalAmounts(readAmounts(quota.status?.used), used)) return;
  const kind = parts.kinds.kind('v1', 'ResourceQuota');
  if (!kind) return;
  const written = deepCopy(quota);
  written.status = { ...written.status, used: writeAmounts(used) };
  yield* updateAsServer(parts, kind, written, 'status');
}
