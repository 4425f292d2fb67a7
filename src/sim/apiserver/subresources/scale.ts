import { followPath, putAtPath, type ScalePaths } from '../../api/custom/scale-paths.js';
import { invalid } from '../../api/field-error.js';
import { goQuote } from '../../api/go-text.js';
import { formatSelector, formatSelectorObject, selectorFromMap } from '../../api/labels.js';
import { deepCopy, isJsonObject, type KubeObject, type LabelSelector } from '../../api/object.js';
import { badRequest, internalError, invalidObject, methodNotAllowed, StatusError } from '../../api/status.js';
import { formatTime } from '../../api/time.js';
import type { Waiting } from '../../kernel/wait.js';
import { applyObject } from '../apply/apply-object.js';
import { isApply } from '../apply/apply-verb.js';
import { scaleEntries, workloadEntries } from '../apply/scale-entries.js';
import { converting } from '../extensions/conversion/converting.js';
import { readBody } from '../request/body.js';
import type { RequestContext } from '../request/context.js';
import { type AdmittedAs, readWriteParameters, type WriteParameters } from '../request/options.js';
import { readPatchParameters } from '../request/patch-options.js';
import { type Answer, objectAnswer } from '../respond/answer.js';
import { apiVersionOf, type ServedKind } from '../served-kind.js';
import { getObject } from '../storage/get.js';
import { noteManager } from '../storage/managed-fields.js';
import { readPatch } from '../verbs/patch-body.js';
import { updateObject } from '../verbs/update.js';

/** GET, PUT and PATCH of how many replicas a workload wants, as autoscaling/v1 Scale. */
export function* scaleSubresource(context: RequestContext, kind: ServedKind): Waiting<Answer> {
  const { verb, namespace, name } = context.info;
  if (verb !== 'get' && verb !== 'update' && verb !== 'patch') throw new StatusError(methodNotAllowed());
  const store = yield* context.parts.etcd.store(verb === 'get' ? 'read' : 'write');
  const workload = yield* converting(context.parts, store, () => getObject(store, kind, namespace, name));
  const paths = kind.custom?.version.subresources?.scale;
  if (verb === 'get') return objectAnswer(scaleOf(workload, paths));
  const agent = context.request.headers['user-agent'] ?? '';
  const parameters =
    verb === 'update'
      ? readWriteParameters(context.query, 'UpdateOptions', agent)
      : readPatchParameters(context.query, agent, isApply(context));
  const apiVersion = apiVersionOf(kind);
  const entries = workload.metadata.managedFields ?? [];
  const scale = changedScale(context, kind, workload, parameters);
  const changed = deepCopy(workload);
  const at = (paths?.specReplicasPath ?? REPLICAS).slice(1).split('.');
  const managers = workloadEntries(entries, scale.metadata.managedFields ?? [], apiVersion, at);
  if (managers.length > 0) changed.metadata.managedFields = managers;
  else delete changed.metadata.managedFields;
  const plain = { ...context, info: { ...context.info, subresource: '' } };
  const noted = { ...parameters, managersNoted: true, admittedAs: admittedScale(scale, name, paths) };
  return objectAnswer(scaleOf(yield* updateObject(plain, kind, store, changed, workload, noted), paths));
}

/** Admission is shown scales; of what it makes of the one that was given, replicas and version count. */
function admittedScale(given: KubeObject, name: string, paths: ScalePaths | undefined): AdmittedAs {
  given['status'] ??= { replicas: 0 };
  return {
    subresource: 'scale',
    given,
    take(workload) {
      checkScale(given, name, paths !== undefined);
      const { replicas = 0 } = (given['spec'] ?? {}) as { replicas?: number };
      putAtPath(workload, paths?.specReplicasPath ?? REPLICAS, replicas);
      const { resourceVersion } = given.metadata;
      if (resourceVersion) workload.metadata.resourceVersion = resourceVersion;
      else delete workload.metadata.resourceVersion;
    },
    show: (workload) => scaleOf(workload, paths),
  };
}

/** The scale that a request makes of a workload's, with who manages it. Throws 400, 409, 422. */
function changedScale(
  context: RequestContext,
  kind: ServedKind,
  workload: KubeObject,
  parameters: WriteParameters,
): KubeObject {
  const { name, verb, subresource } = context.info;
  const { custom, ...plain } = kind;
  const scaleKind: ServedKind = { ...plain, group: 'autoscaling', version: 'v1', kind: 'Scale' };
  const paths = custom?.version.subresources?.scale;
  const at = (paths?.specReplicasPath ?? REPLICAS).slice(1).split('.');
  const entries = scaleEntries(workload.metadata.managedFields ?? [], apiVersionOf(kind), at);
  const before = scaleOf(workload, paths);
  if (entries.length > 0) before.metadata.managedFields = entries;
  if (verb === 'patch' && isApply(context)) {
    const applied = applyObject(context, scaleKind, before, parameters);
    checkScale(applied, name, custom !== undefined);
    return applied;
  }
  const given =
    verb === 'update'
      ? readBody(context.request, 'Scale')?.object
      : (readPatch(context, kind)(deepCopy(before)) as KubeObject);
  if (!given || !isJsonObject(given))
    throw new StatusError(badRequest('expected input object type to be Scale, but <nil>'));
  checkScale(given, name, custom !== undefined);
  const scale = deepCopy(given);
  scale.metadata ??= {};
  const time = formatTime(context.parts.now());
  noteManager(scale, before, scaleKind, { name: parameters.fieldManager, subresource, time });
  return scale;
}

function checkScale(scale: KubeObject, name: string, isCustom: boolean): void {
  const replicas = (scale['spec'] as { replicas?: unknown } | undefined)?.replicas ?? 0;
  if (typeof replicas !== 'number' || !Number.isInteger(replicas)) {
    throw new StatusError(
      badRequest(
        `Scale in version "v1" cannot be handled as a Scale: json: cannot unmarshal ${typeof replicas} into Go struct field ScaleSpec.spec.replicas of type int32`,
      ),
    );
  }
  // What custom objects may want is for their schema to say.
  if (replicas < 0 && !isCustom) {
    const error = invalid('spec.replicas', replicas, 'must be greater than or equal to 0');
    throw new StatusError(invalidObject('autoscaling', 'Scale', scale.metadata?.name ?? name, [error]));
  }
  if (scale.metadata?.name && scale.metadata.name !== name) {
    throw new StatusError(
      badRequest(`the name of the object (${scale.metadata.name}) does not match the name on the URL (${name})`),
    );
  }
}

/** Replication controllers select by labels alone. */
function selectorText(selector: LabelSelector | Record<string, string> | undefined): string {
  const { matchLabels, matchExpressions } = (selector ?? {}) as LabelSelector;
  const labelsAlone = selector && !isJsonObject(matchLabels) && !Array.isArray(matchExpressions);
  if (labelsAlone) return formatSelector(selectorFromMap(selector as Record<string, string>));
  return formatSelectorObject(selector as LabelSelector | undefined);
}

/** Where a workload of Kubernetes itself says how many it wants. */
const REPLICAS = '.spec.replicas';

function scaleOf(workload: KubeObject, paths?: ScalePaths): KubeObject {
  if (paths) return customScale(workload, paths);
  const { name, namespace, uid, resourceVersion, creationTimestamp } = workload.metadata;
  const spec = workload['spec'] as { replicas?: number; selector?: LabelSelector | Record<string, string> } | undefined;
  const status = workload['status'] as { replicas?: number } | undefined;
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp } as KubeObject['metadata'],
    spec: spec?.replicas === 0 ? {} : { replicas: spec?.replicas ?? 1 },
    status: { replicas: status?.replicas ?? 0, selector: selectorText(spec?.selector) },
  };
}

/** The scale of a custom object, which says where its numbers stand. Throws 500 where no number is wanted. */
function customScale(object: KubeObject, paths: ScalePaths): KubeObject {
  const { name, namespace, uid, resourceVersion, creationTimestamp } = object.metadata;
  const wanted = followPath(object, paths.specReplicasPath);
  if (wanted.wrong !== undefined) throw new StatusError(internalError(wanted.wrong));
  if (wanted.value === undefined) {
    const why = `the spec replicas field ${goQuote(paths.specReplicasPath)} does not exist`;
    throw new StatusError(internalError(why));
  }
  const { value: replicas } = followPath(object, paths.statusReplicasPath);
  const selector = paths.labelSelectorPath && followPath(object, paths.labelSelectorPath).value;
  const metadata = { name, ...(namespace ? { namespace } : {}), uid, resourceVersion, creationTimestamp };
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: metadata as KubeObject['metadata'],
    spec: wanted.value === 0 ? {} : { replicas: wanted.value },
    status: { replicas: replicas ?? 0, ...(selector ? { selector } : {}) },
  };
}
