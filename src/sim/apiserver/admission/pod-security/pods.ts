import { aggregateErrors } from '../../../api/field-error.js';
import { goQuote } from '../../../api/go-text.js';
import type { KubeObject, ObjectMeta } from '../../../api/object.js';
import { forbiddenRequest, internalError, StatusError } from '../../../api/status.js';
import type { Pod, PodSpec, PodTemplateSpec } from '../../../api/types/pod.js';
import { madeOnce } from '../../../kernel/made-once.js';
import type { Waiting } from '../../../kernel/wait.js';
import { groupResource } from '../../served-kind.js';
import { objectOf } from '../../storage/stored-object.js';
import type { AdmissionRequest } from '../admission.js';
import { isSignificant } from './changes.js';
import { countError, countEvaluation, countExemption } from './counted.js';
import { details, violations } from './evaluate.js';
import { isFullyPrivileged, LATEST, type LevelVersion, type Policy, PREFIX, printed, readPolicy } from './levels.js';
import type { PodSecuritySettings } from './settings.js';

type ReadPolicy = ReturnType<typeof readPolicy>;

/** Subresources of pods that change nothing that is looked at. All others bring a pod that is judged. */
const IGNORED = new Set(['exec', 'attach', 'binding', 'eviction', 'log', 'portforward', 'proxy', 'status']);

/** A pod that is made or changed. Throws 403. */
export function* judgePod(request: AdmissionRequest, settings: PodSecuritySettings): Waiting<void> {
  if (IGNORED.has(request.subresource) || isExempt(request, settings)) return;
  const read = policyOf(request, settings);
  if (!read) {
    countError(request, true);
    const { message } = internalError(`failed to lookup namespace ${goQuote(request.namespace)}`);
    note(request, 'error', `${message}: namespace ${goQuote(request.namespace)} not found`);
    throw new StatusError(internalError(`failed to lookup namespace ${goQuote(request.namespace)}`));
  }
  if (read.errors.length === 0 && isFullyPrivileged(read.policy)) {
    countEvaluation(request, 'enforce', read.policy.enforce, 'allow');
    note(request, 'enforce-policy', `privileged:${LATEST}`);
    return;
  }
  const { spec, metadata } = request.object as Pod;
  if (request.operation === 'UPDATE' && !isSignificant(spec, (request.old as Pod).spec)) return;
  judge({ request, settings, read, spec, metadata, enforce: true });
}

/** An object that pods are made from: never refused, but noted and warned of. */
export function* judgeTemplate(request: AdmissionRequest, settings: PodSecuritySettings): Waiting<void> {
  if (request.subresource !== '' || isExempt(request, settings)) return;
  const read = policyOf(request, settings);
  if (!read) {
    countError(request, true);
    const missing = `namespace ${goQuote(request.namespace)} not found`;
    note(request, 'error', `failed to lookup namespace ${goQuote(request.namespace)}: ${missing}`);
    return;
  }
  const { audit, warn } = read.policy;
  if (read.errors.length === 0 && audit.level === 'privileged' && warn.level === 'privileged') return;
  const template = templateOf(request.object as KubeObject);
  if (!template) return;
  judge({ request, settings, read, spec: template.spec, metadata: template.metadata ?? {}, enforce: false });
}

interface Judged {
  readonly request: AdmissionRequest;
  readonly settings: PodSecuritySettings;
  readonly read: ReadPolicy;
  readonly spec: PodSpec;
  readonly metadata: ObjectMeta;
  /** Whether what is forbidden is refused, too. */
  readonly enforce: boolean;
}

function judge({ request, settings, read, spec, metadata, enforce }: Judged): void {
  const { runtimeClassName } = spec;
  if (runtimeClassName && settings.exempt.runtimeClasses.includes(runtimeClassName)) {
    note(request, 'exempt', 'runtimeClass');
    countExemption(request);
    return;
  }
  if (read.errors.length > 0) {
    note(request, 'error', `Failed to parse policy: ${aggregateErrors(read.errors)}`);
    countError(request, false);
  }
  const forbidden = (mode: keyof Policy) => {
    const words = told(read.policy[mode], spec, metadata);
    const isCounted = mode === 'enforce' || words !== undefined;
    if (isCounted) countEvaluation(request, mode, read.policy[mode], words === undefined ? 'allow' : 'deny');
    return words;
  };
  const refused = enforce ? forbidden('enforce') : undefined;
  if (enforce) note(request, 'enforce-policy', printed(read.policy.enforce));
  const audited = forbidden('audit');
  if (audited !== undefined) note(request, 'audit-violations', `would violate ${audited}`);
  if (refused !== undefined) {
    throw new StatusError(forbiddenRequest(groupResource(request.kind), request.name, `violates ${refused}`));
  }
  const warned = forbidden('warn');
  if (warned !== undefined) request.warnings.add(`would violate ${warned}`);
}

/** `PodSecurity "restricted:latest": …`; undefined for a pod that does nothing that is forbidden. */
function told(policy: LevelVersion, spec: PodSpec, metadata: ObjectMeta): string | undefined {
  const found = violations(policy, spec, metadata);
  return found.length === 0 ? undefined : `PodSecurity ${goQuote(printed(policy))}: ${details(found)}`;
}

function isExempt(request: AdmissionRequest, { exempt }: PodSecuritySettings): boolean {
  const { namespace, user } = request;
  const why = exempt.namespaces.includes(namespace)
    ? 'namespace'
    : user.name !== '' && exempt.usernames.includes(user.name)
      ? 'user'
      : undefined;
  if (why === undefined) return false;
  note(request, 'exempt', why);
  countExemption(request);
  return true;
}

function policyOf({ store, namespace }: AdmissionRequest, settings: PodSecuritySettings): ReadPolicy | undefined {
  const entry = store.get(`/registry/namespaces/${namespace}`);
  return entry && readPolicies(settings).of(objectOf(entry));
}

/** What the labels of a namespace come to with a server's settings, read once for each version of it. */
const readPolicies = madeOnce(({ defaults }: PodSecuritySettings) => ({
  of: madeOnce(({ metadata }: KubeObject): ReadPolicy => readPolicy(metadata.labels, defaults)),
}));

/** What an object makes pods from; a ReplicationController and a PodTemplate may have none. */
function templateOf(object: KubeObject): PodTemplateSpec | undefined {
  const { spec, template } = object as { spec?: { template?: PodTemplateSpec; jobTemplate?: unknown } } & {
    template?: PodTemplateSpec;
  };
  if (object.kind === 'PodTemplate') return template;
  if (object.kind !== 'CronJob') return spec?.template;
  return (spec?.jobTemplate as { spec?: { template?: PodTemplateSpec } } | undefined)?.spec?.template;
}

function note(request: AdmissionRequest, key: string, value: string): void {
  request.annotate?.(`${PREFIX}${key}`, value);
}
