import { compareText, goQuote } from '../../../api/go-text.js';
import { deepEqual, type KubeObject } from '../../../api/object.js';
import { controllerOf } from '../../../api/owner-references.js';
import { invalidObject, StatusError } from '../../../api/status.js';
import type { Pod } from '../../../api/types/pod.js';
import type { Waiting } from '../../../kernel/wait.js';
import { objectOf } from '../../storage/stored-object.js';
import type { AdmissionRequest } from '../admission.js';
import { reasons, violations } from './evaluate.js';
import {
  compareLevels,
  isFullyPrivileged,
  type LevelVersion,
  type Policy,
  PREFIX,
  printed,
  readPolicy,
  sameEffect,
  sameLevel,
} from './levels.js';
import type { PodSecuritySettings } from './settings.js';

/** Existing pods that are looked at when a namespace becomes stricter. */
const PODS_MAX = 3000;

/** A namespace that is made or changed: its labels must be readable, and pods that it would refuse now are told. */
export function* judgeNamespace(request: AdmissionRequest, settings: PodSecuritySettings): Waiting<void> {
  if (request.subresource !== '') return;
  const { metadata } = request.object as KubeObject;
  const next = readPolicy(metadata.labels, settings.defaults);
  if (request.operation === 'CREATE') {
    if (next.errors.length > 0) throw unreadable(request, next.errors);
    warnExempt(request, settings, next.policy);
    return;
  }
  const before = readPolicy(request.old?.metadata.labels, settings.defaults);
  if (next.errors.length > 0 && !deepEqual(next.errors, before.errors)) throw unreadable(request, next.errors);
  if (!isStricter(next.policy.enforce, before.policy.enforce)) return;
  if (settings.exempt.namespaces.includes(request.name)) return warnExempt(request, settings, next.policy);
  for (const warning of existingPods(request, settings, next.policy.enforce)) request.warnings.add(warning);
}

function isStricter(next: LevelVersion, before: LevelVersion): boolean {
  if (sameLevel(next, before) || next.level === 'privileged') return false;
  return next.version !== before.version || compareLevels(next.level, before.level) > 0;
}

function unreadable(request: AdmissionRequest, errors: ReturnType<typeof readPolicy>['errors']): StatusError {
  return new StatusError(invalidObject('', 'Namespace', request.name, errors));
}

/** Labels of a namespace that is not looked at are a mistake worth a warning. */
function warnExempt(request: AdmissionRequest, { exempt, defaults }: PodSecuritySettings, policy: Policy): void {
  const { labels = {}, name = '' } = (request.object as KubeObject).metadata;
  if (!exempt.namespaces.includes(name)) return;
  if (isFullyPrivileged(policy) || sameEffect(policy, defaults)) return;
  const modes = (['enforce', 'audit', 'warn'] as const).filter((mode) => {
    const given = labels[`${PREFIX}${mode}`] !== undefined || labels[`${PREFIX}${mode}-version`] !== undefined;
    return given && policy[mode].level !== 'privileged';
  });
  const ignored = modes.map((mode) => `${mode}=${printed(policy[mode])}`).join(', ');
  request.warnings.add(
    `namespace ${goQuote(name)} is exempt from Pod Security, and the policy (${ignored}) will be ignored`,
  );
}

/** What is said of pods that are there and would not be let in any more. */
function existingPods(request: AdmissionRequest, settings: PodSecuritySettings, enforce: LevelVersion): string[] {
  const pods = inOrder(podsIn(request), settings.exempt.runtimeClasses);
  const found = new Map<string, string[]>();
  for (const { metadata, spec } of pods.slice(0, PODS_MAX)) {
    const forbidden = violations(enforce, spec, metadata);
    if (forbidden.length === 0) continue;
    const why = reasons(forbidden);
    found.set(why, [...(found.get(why) ?? []), metadata.name ?? '']);
  }
  const lines = [...found].map(([why, names]) => `${podNames(names)}: ${why}`).sort(compareText);
  const some = `new PodSecurity enforce level only checked against the first ${PODS_MAX} of ${pods.length} existing pods`;
  const name = goQuote(request.name);
  const head = `existing pods in namespace ${name} violate the new PodSecurity enforce level ${goQuote(printed(enforce))}`;
  return [...(pods.length > PODS_MAX ? [some] : []), ...(lines.length > 0 ? [head] : []), ...lines];
}

function podNames(names: string[]): string {
  const [first] = names.sort(compareText);
  const others = names.length - 1;
  if (others === 0) return first as string;
  return `${first} (and ${others} other ${others === 1 ? 'pod' : 'pods'})`;
}

function podsIn({ store, name }: AdmissionRequest): Pod[] {
  return store.range({ prefix: `/registry/pods/${name}/` }).entries.map((entry) => objectOf(entry) as Pod);
}

/** Of the pods of one controller the first is looked at early, the others after everybody else. */
function inOrder(pods: readonly Pod[], exempt: readonly string[]): Pod[] {
  const first: Pod[] = [];
  const others: Pod[] = [];
  const seen = new Set<string>();
  for (const pod of pods) {
    if (pod.spec.runtimeClassName && exempt.includes(pod.spec.runtimeClassName)) continue;
    const owner = controllerOf(pod)?.uid;
    if (owner !== undefined && seen.has(owner)) others.push(pod);
    else first.push(pod);
    if (owner !== undefined) seen.add(owner);
  }
  return [...first, ...others];
}
