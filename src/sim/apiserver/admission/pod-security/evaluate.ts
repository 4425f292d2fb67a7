import { compareText } from '../../../api/go-text.js';
import type { ObjectMeta } from '../../../api/object.js';
import type { PodSpec } from '../../../api/types/pod.js';
import { CHECKS } from './checks/register.js';
import { type LevelVersion, minorOf } from './levels.js';
import type { Check, CheckVersion, JudgePod, Violation } from './violation.js';

/** The newest minor version in which some check changed: later ones, and latest, are like it. */
const NEWEST = Math.max(...CHECKS.flatMap(({ versions }) => versions.map(({ since }) => since)));

const lists = new Map<string, readonly JudgePod[]>();

/** All that a pod does that a level forbids, in the order in which it is told. */
export function violations({ level, version }: LevelVersion, spec: PodSpec, metadata: ObjectMeta = {}): Violation[] {
  if (level === 'privileged') return [];
  const minor = Math.min(minorOf(version), NEWEST);
  const key = `${level}:${minor}`;
  const judges = lists.get(key) ?? judgesOf(level, minor);
  lists.set(key, judges);
  return judges.flatMap((judge) => judge(spec, metadata) ?? []);
}

/** Checks of baseline come first, each half in the order of its identifiers. */
function judgesOf(level: 'baseline' | 'restricted', minor: number): JudgePod[] {
  const present = CHECKS.filter((check) => check.level === 'baseline' || level === 'restricted').flatMap((check) => {
    const way = check.versions.filter(({ since }) => since <= minor).at(-1);
    return way ? [{ check, way }] : [];
  });
  const replaced = new Set(present.flatMap(({ way }) => way.replaces ?? []));
  return present
    .filter(({ check }) => !replaced.has(check.id))
    .sort(inOrder)
    .map(({ way }) => way.judge);
}

function inOrder(a: { check: Check; way: CheckVersion }, b: { check: Check; way: CheckVersion }): number {
  return compareText(a.check.level, b.check.level) || compareText(a.check.id, b.check.id);
}

/** The reasons alone, as existing pods are told: `host namespaces, privileged`. */
export function reasons(found: readonly Violation[]): string {
  return found.map(({ reason }) => reason).join(', ');
}

/** Reasons with their details: `host namespaces (hostNetwork=true), privileged (…)`. */
export function details(found: readonly Violation[]): string {
  return found.map(({ reason, detail }) => (detail === '' ? reason : `${reason} (${detail})`)).join(', ');
}
