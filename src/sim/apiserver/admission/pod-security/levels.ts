import { type FieldError, invalid } from '../../../api/field-error.js';

/** How much a pod may do, from everything to little. */
export type Level = 'privileged' | 'baseline' | 'restricted';

/** A level as a version of Kubernetes had it: `latest`, or `v1.24`. */
export interface LevelVersion {
  readonly level: Level;
  readonly version: string;
}

/** What holds in a namespace: what is refused, what is noted in the audit log, what is warned of. */
export interface Policy {
  readonly enforce: LevelVersion;
  readonly audit: LevelVersion;
  readonly warn: LevelVersion;
}

/** The version that goes with the server's. */
export const LATEST = 'latest';
const LEVELS: readonly string[] = ['privileged', 'baseline', 'restricted'];
const INT64_MAX = 2n ** 63n - 1n;

/** Prefix of the labels of namespaces and of what the audit log is told. */
export const PREFIX = 'pod-security.kubernetes.io/';

/** `restricted:latest`. */
export function printed({ level, version }: LevelVersion): string {
  return `${level}:${version}`;
}

/** Why a text is no level, or undefined. */
export function levelProblem(text: string): string | undefined {
  return LEVELS.includes(text) ? undefined : `must be one of ${LEVELS.join(', ')}`;
}

/** Why a text is no version, or undefined. */
export function versionProblem(text: string): string | undefined {
  if (text === LATEST) return undefined;
  const digits = /^v1\.(\d|[1-9]\d*)$/.exec(text)?.[1];
  return digits !== undefined && BigInt(digits) <= INT64_MAX ? undefined : 'must be "latest" or "v1.x"';
}

/** Minor number of a version; latest is newer than all. */
export function minorOf(version: string): number {
  return version === LATEST ? Number.POSITIVE_INFINITY : Number(version.slice('v1.'.length));
}

/** Above zero when the first is stricter. */
export function compareLevels(a: Level, b: Level): number {
  return LEVELS.indexOf(a) - LEVELS.indexOf(b);
}

/** Whether level and version are the same. */
export function sameLevel(a: LevelVersion, b: LevelVersion): boolean {
  return a.level === b.level && a.version === b.version;
}

/** Whether nothing is forbidden, noted or warned of. */
export function isFullyPrivileged({ enforce, audit, warn }: Policy): boolean {
  return [enforce, audit, warn].every(({ level }) => level === 'privileged');
}

/** Whether two policies come to the same: for what is privileged the version says nothing. */
export function sameEffect(a: Policy, b: Policy): boolean {
  return (['enforce', 'audit', 'warn'] as const).every(
    (mode) => (a[mode].level === 'privileged' && b[mode].level === 'privileged') || sameLevel(a[mode], b[mode]),
  );
}

/**
 * The policy that a namespace's labels ask for, on top of what holds without labels. What cannot be read is an error,
 * and counts as restricted where it is enforced, as privileged where it is only told, as latest for a version.
 */
export function readPolicy(
  labels: Readonly<Record<string, string>> = {},
  defaults: Policy,
): { policy: Policy; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const read = (mode: keyof Policy, failing: Level): LevelVersion => {
    const level = labels[`${PREFIX}${mode}`];
    const version = labels[`${PREFIX}${mode}-version`];
    const noLevel = level === undefined ? undefined : levelProblem(level);
    const noVersion = version === undefined ? undefined : versionProblem(version);
    if (noLevel !== undefined) errors.push(invalid(labelPath(mode), level, noLevel));
    if (noVersion !== undefined) errors.push(invalid(labelPath(`${mode}-version`), version, noVersion));
    return {
      level: noLevel === undefined ? ((level as Level | undefined) ?? defaults[mode].level) : failing,
      version: noVersion === undefined ? (version ?? defaults[mode].version) : LATEST,
    };
  };
  const enforce = read('enforce', 'restricted');
  const audit = read('audit', 'privileged');
  const warn = read('warn', 'privileged');
  return { policy: { enforce, audit, warn: followed(labels, enforce, warn) }, errors };
}

/** Who asks for enforcement alone is warned of the same, of workloads' templates for instance. */
function followed(labels: Readonly<Record<string, string>>, enforce: LevelVersion, warn: LevelVersion): LevelVersion {
  const asked = labels[`${PREFIX}enforce`];
  if (labels[`${PREFIX}warn`] !== undefined || asked === undefined || levelProblem(asked) !== undefined) return warn;
  if (compareLevels(enforce.level, warn.level) <= 0) return warn;
  const version = labels[`${PREFIX}warn-version`] === undefined ? enforce.version : warn.version;
  return { level: enforce.level, version };
}

function labelPath(name: string): string {
  return `metadata.labels[${PREFIX}${name}]`;
}
