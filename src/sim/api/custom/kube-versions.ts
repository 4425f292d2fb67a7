/** The order of versions that are named as Kubernetes names its own (apimachinery util/version). */
import { compareText } from '../go-text.js';

const RANKS = { alpha: 0, beta: 1, '': 2 } as const;

/** Newer versions first: v10, v2, v1, v11beta2, v10beta3, v3alpha1, and then all others by name. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [parsed(a), parsed(b)];
  if (!one || !other) return one ? -1 : other ? 1 : compareText(a, b);
  return other.rank - one.rank || other.major - one.major || other.minor - one.minor;
}

function parsed(version: string): { major: number; rank: number; minor: number } | undefined {
  const [, major, stage = '', minor = '0'] = /^v([1-9]\d*)(?:(alpha|beta)([1-9]\d*))?$/.exec(version) ?? [];
  if (major === undefined) return undefined;
  return { major: Number(major), rank: RANKS[stage as keyof typeof RANKS], minor: Number(minor) };
}
