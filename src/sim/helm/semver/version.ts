import { compareBytes } from '../../api/bytewise.js';

/** A semantic version as Masterminds' library reads it: a `v` before it and missing parts are forgiven. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
  /** After the dash; '' for a release. */
  readonly pre: string;
  /** After the plus. */
  readonly metadata: string;
  readonly original: string;
}

const PARTS =
  /^v?(\d+)(\.\d+)?(\.\d+)?(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?$/;
const STRICT =
  /^(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)\.(?:0|[1-9]\d*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z.-]+)?$/;

/** The version a text names; undefined when it names none. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor = '.0', patch = '.0', pre = '', metadata = ''] = PARTS.exec(text) ?? [];
  if (major === undefined || pre.split('.').some((part) => /^0\d+$/.test(part))) return undefined;
  const number = (part: string): number => Number(part.replace('.', ''));
  return { major: number(major), minor: number(minor), patch: number(patch), pre, metadata, original: text };
}

/** Whether a text is a version with all its parts and nothing before them (SemVer 2). */
export function isStrictVersion(text: string): boolean {
  const match = STRICT.exec(text);
  return match !== null && !(match[1] ?? '').split('.').some((part) => /^0\d+$/.test(part));
}

/** `1.2.3-rc.1+build`: all parts, whatever the text had. */
export function versionText({ major, minor, patch, pre, metadata }: Version): string {
  return `${major}.${minor}.${patch}${pre === '' ? '' : `-${pre}`}${metadata === '' ? '' : `+${metadata}`}`;
}

/** Negative, zero or positive; what stands after the plus does not count. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch || comparePrerelease(a.pre, b.pre);
}

/** A release is newer than what came before it; parts that are numbers compare as numbers, and are older than words. */
export function comparePrerelease(a: string, b: string): number {
  if (a === b) return 0;
  if (a === '') return 1;
  if (b === '') return -1;
  const [left, right] = [a.split('.'), b.split('.')];
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = comparePart(left[at], right[at]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function comparePart(a: string | undefined, b: string | undefined): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  const [left, right] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (left && right) return Number(a) - Number(b);
  if (left !== right) return left ? -1 : 1;
  return compareBytes(a, b);
}
