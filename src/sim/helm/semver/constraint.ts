import { goQuote } from '../../api/go-text.js';
import { comparePrerelease, compareVersions, parseVersion, type Version, versionText } from './version.js';

/** What Masterminds' library refuses as a constraint. */
export class ConstraintError extends Error {}

interface Bound {
  readonly operator: string;
  readonly version: Version;
  readonly original: string;
  /** Parts that were left out or are `x`: the patch, the minor and all below, or everything. */
  readonly open: 'none' | 'patch' | 'minor' | 'all';
}

interface Alternative {
  readonly bounds: readonly Bound[];
  /** A bound names a version before a release, so such versions count. */
  readonly withPre: boolean;
}

const NUMBER =
  'v?([0-9|xX*]+)(\\.[0-9|xX*]+)?(\\.[0-9|xX*]+)?(-([0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*))?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?';
const PLAIN = NUMBER.replace(/\((?!\?)/g, '(?:');
const OPERATORS = '!=|>=|=>|<=|=<|~>|=|>|<|~|\\^|';
const ONE = new RegExp(`^\\s*(${OPERATORS})\\s*(${NUMBER})\\s*$`);
const EACH = new RegExp(`(?:${OPERATORS})\\s*(?:${PLAIN})`, 'g');
const VALID = new RegExp(
  `^\\s*(?:${OPERATORS})\\s*(?:${PLAIN})\\s*(?:(?:\\s+|,\\s*)(?:${OPERATORS})\\s*(?:${PLAIN})\\s*)*$`,
);
const RANGE = new RegExp(`\\s*(${PLAIN})\\s+-\\s+(${PLAIN})\\s*`, 'g');

/** A constraint such as `^1.2`, `>= 1.0, < 2`, `1.x || 2.1 - 2.4`. */
export class Constraint {
  private readonly alternatives: readonly Alternative[];

  /** Throws ConstraintError in the library's words. */
  constructor(text: string) {
    const plain = text.replace(RANGE, (_, low: string, high: string) => `>=${low},<=${high} `);
    this.alternatives = plain.split('||').map((part) => {
      if (!VALID.test(part)) throw new ConstraintError(`improper constraint: ${goQuote(part)}`);
      const bounds = (part.match(EACH) ?? [part]).map(parseBound);
      return { bounds, withPre: bounds.some(({ version }) => version.pre !== '') };
    });
  }

  check(version: Version): boolean {
    return this.alternatives.some(({ bounds, withPre }) =>
      bounds.every((bound) => (version.pre === '' || withPre) && problemOf(bound, version) === undefined),
    );
  }

  /** Why a version does not fit, of the first bound that it breaks; undefined when it fits. */
  problem(version: Version): string | undefined {
    if (this.check(version)) return undefined;
    for (const { bounds, withPre } of this.alternatives)
      for (const bound of bounds) {
        if (version.pre !== '' && !withPre)
          return `${goQuote(versionText(version))} is a prerelease version and the constraint is only looking for release versions`;
        const problem = problemOf(bound, version);
        if (problem !== undefined) return problem;
      }
    return undefined;
  }
}

function parseBound(text: string): Bound {
  const match = ONE.exec(text);
  if (!match) throw new ConstraintError(`improper constraint: ${goQuote(text)}`);
  const [, operator = '', original = '', major = '', minor, patch, pre = ''] = match;
  const isOpen = (part: string | undefined): boolean => part === undefined || /^\.?[xX*]$/.test(part);
  const open = isOpen(major) ? 'all' : isOpen(minor) ? 'minor' : isOpen(patch) ? 'patch' : 'none';
  const number = { all: '0.0.0', minor: `${major}.0.0`, patch: `${major}${minor}.0`, none: `${major}${minor}${patch}` };
  const version = parseVersion(`${number[open]}${pre}`);
  if (!version) throw new ConstraintError('constraint parser error');
  return { operator, version, original, open };
}

/** What the library says of a version that breaks a bound. */
function problemOf(bound: Bound, version: Version): string | undefined {
  const shown = goQuote(versionText(version));
  const wanted = goQuote(bound.original);
  const order = compareVersions(version, bound.version);
  const above = aboveOpen(bound, version);
  switch (bound.operator) {
    case '!=':
      return sameOpen(bound, version) ? `${shown} is equal to ${wanted}` : undefined;
    case '>':
      return above ? undefined : `${shown} is less than or equal to ${wanted}`;
    case '<':
      return order < 0 ? undefined : `${shown} is greater than or equal to ${wanted}`;
    case '>=':
    case '=>':
      return order >= 0 ? undefined : `${shown} is less than ${wanted}`;
    case '<=':
    case '=<':
      return above ? `${shown} is greater than ${wanted}` : undefined;
    case '^':
      return caretProblem(bound, version);
    case '~':
    case '~>':
      return tildeProblem(bound, version);
    default:
      if (bound.open !== 'none') return tildeProblem(bound, version);
      return order === 0 ? undefined : `${shown} is not equal to ${wanted}`;
  }
}

/** Newer than all that an open bound stands for. */
function aboveOpen({ open, version: bound }: Bound, version: Version): boolean {
  if (open === 'none' || open === 'all') return compareVersions(version, bound) > 0;
  if (version.major !== bound.major) return version.major > bound.major;
  return open === 'patch' && version.minor > bound.minor;
}

function sameOpen({ open, version: bound }: Bound, version: Version): boolean {
  if (open === 'none' || open === 'all') return compareVersions(version, bound) === 0;
  if (version.major !== bound.major) return false;
  if (open !== 'patch') return true;
  return version.minor === bound.minor && comparePrerelease(version.pre, bound.pre) === 0;
}

function tildeProblem(bound: Bound, version: Version): string | undefined {
  const shown = goQuote(versionText(version));
  const { version: wanted, open, original } = bound;
  if (compareVersions(version, wanted) < 0) return `${shown} is less than ${goQuote(original)}`;
  const isZero = wanted.major === 0 && wanted.minor === 0 && wanted.patch === 0;
  if (isZero && (open === 'none' || open === 'all')) return undefined;
  if (version.major !== wanted.major) return `${shown} does not have same major version as ${goQuote(original)}`;
  if (version.minor !== wanted.minor && open !== 'minor')
    return `${shown} does not have same major and minor version as ${goQuote(original)}`;
  return undefined;
}

function caretProblem(bound: Bound, version: Version): string | undefined {
  const shown = goQuote(versionText(version));
  const { version: wanted, open, original } = bound;
  if (compareVersions(version, wanted) < 0) return `${shown} is less than ${goQuote(original)}`;
  if (wanted.major > 0 || open === 'minor')
    return version.major === wanted.major
      ? undefined
      : `${shown} does not have same major version as ${goQuote(original)}`;
  if (version.major > 0) return `${shown} does not have same major version as ${goQuote(original)}`;
  if (wanted.minor > 0 || open === 'patch')
    return version.minor === wanted.minor
      ? undefined
      : `${shown} does not have same minor version as ${goQuote(original)}. Expected minor versions to match when constraint major version is 0`;
  if (version.minor > 0) return `${shown} does not have same minor version as ${goQuote(original)}`;
  return version.patch === wanted.patch
    ? undefined
    : `${shown} does not equal ${goQuote(original)}. Expect version and constraint to equal when major and minor versions are 0`;
}
