/** Semantic versions. */
import { goQuote } from '../../api/go-text.js';
import { declared, member, overload } from '../declare.js';
import type { Library } from '../environment.js';
import { BOOL, type CelType, INT, STRING, structType } from '../types.js';
import { CelError, Opaque, type Value } from '../values.js';

const SEMVER = structType('kubernetes.Semver');

class Version extends Opaque {
  readonly type: CelType = SEMVER;

  constructor(
    readonly numbers: readonly [bigint, bigint, bigint],
    readonly prerelease: readonly (bigint | string)[],
  ) {
    super();
  }

  equals(other: Value): boolean {
    return other instanceof Version && compareVersions(this, other) === 0;
  }
}

function order<T>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareVersions(a: Version, b: Version): number {
  for (let at = 0; at < 3; at += 1) {
    const found = order(a.numbers[at] ?? 0n, b.numbers[at] ?? 0n);
    if (found !== 0) return found;
  }
  if (a.prerelease.length === 0 || b.prerelease.length === 0) {
    return order(b.prerelease.length, a.prerelease.length) === 0 ? 0 : a.prerelease.length === 0 ? 1 : -1;
  }
  for (let at = 0; at < Math.min(a.prerelease.length, b.prerelease.length); at += 1) {
    const found = comparePrerelease(a.prerelease[at] ?? '', b.prerelease[at] ?? '');
    if (found !== 0) return found;
  }
  return order(a.prerelease.length, b.prerelease.length);
}

function comparePrerelease(a: bigint | string, b: bigint | string): number {
  if (typeof a === typeof b) return order(a, b);
  return typeof a === 'bigint' ? -1 : 1;
}

function numberMistake(what: string, text: string): string | undefined {
  if (!/^\d*$/.test(text)) return `Invalid character(s) found in ${what.toLowerCase()} number ${goQuote(text)}`;
  if (/^0./.test(text)) return `${what} number must not contain leading zeroes ${goQuote(text)}`;
  return text === '' ? 'strconv.ParseUint: parsing "": invalid syntax' : undefined;
}

function parsePrerelease(part: string): bigint | string | CelError {
  if (part === '') return new CelError('Prerelease is empty');
  if (/^\d+$/.test(part)) {
    const zeros = `Numeric PreRelease version must not contain leading zeroes ${goQuote(part)}`;
    return /^0./.test(part) ? new CelError(zeros) : BigInt(part);
  }
  if (/^[0-9A-Za-z-]+$/.test(part)) return part;
  return new CelError(`Invalid character(s) found in prerelease ${goQuote(part)}`);
}

function buildMistake(build: string): CelError | undefined {
  for (const part of build.split('.')) {
    if (part === '') return new CelError('Build meta data is empty');
    if (!/^[0-9A-Za-z-]+$/.test(part)) {
      return new CelError(`Invalid character(s) found in build meta data ${goQuote(part)}`);
    }
  }
  return undefined;
}

function splitThree(text: string): string[] {
  const [major = '', minor, ...rest] = text.split('.');
  return [major, ...(minor === undefined ? [] : [minor]), ...(rest.length === 0 ? [] : [rest.join('.')])];
}

function parse(text: string): Version | CelError {
  if (text === '') return new CelError('Version string empty');
  const [major, minor, rest] = splitThree(text);
  if (major === undefined || minor === undefined || rest === undefined) {
    return new CelError('No Major.Minor.Patch elements found');
  }
  const plus = rest.indexOf('+');
  const numbered = plus < 0 ? rest : rest.slice(0, plus);
  const dash = numbered.indexOf('-');
  const patch = dash < 0 ? numbered : numbered.slice(0, dash);
  const mistake = numberMistake('Major', major) ?? numberMistake('Minor', minor) ?? numberMistake('Patch', patch);
  if (mistake !== undefined) return new CelError(mistake);
  const prerelease: (bigint | string)[] = [];
  for (const part of dash < 0 ? [] : numbered.slice(dash + 1).split('.')) {
    const read = parsePrerelease(part);
    if (read instanceof CelError) return read;
    prerelease.push(read);
  }
  const build = plus < 0 ? undefined : buildMistake(rest.slice(plus + 1));
  return build ?? new Version([BigInt(major), BigInt(minor), BigInt(patch)], prerelease);
}

/** Takes a `v` and zeros before numbers away, and adds numbers that are missing. */
function parseLoose(text: string): Version | CelError {
  const parts = splitThree(text.replace(/^v/, '')).map((part) => {
    if (part.length <= 1) return part;
    const stripped = part.replace(/^0+/, '');
    return /^\d/.test(stripped) ? stripped : `0${stripped}`;
  });
  if (parts.length < 3 && /[+-]/.test(parts[parts.length - 1] ?? '')) {
    return new CelError('short version cannot contain PreRelease/Build meta data');
  }
  while (parts.length < 3) parts.push('0');
  return parse(parts.join('.'));
}

const semver = (text: string, loose = false): Value => (loose ? parseLoose(text) : parse(text));
const isSemver = (text: string, loose = false): Value => !(semver(text, loose) instanceof CelError);
const part = (at: 0 | 1 | 2) => (version: Version) => version.numbers[at];

/** Versions with three numbers. */
export const VERSIONS: Library = {
  compareTo: declared(
    member('semver_compare_to', [SEMVER, SEMVER], INT, (a: Version, b: Version) => BigInt(compareVersions(a, b))),
  ),
  isGreaterThan: declared(
    member('semver_is_greater_than', [SEMVER, SEMVER], BOOL, (a: Version, b: Version) => compareVersions(a, b) > 0),
  ),
  isLessThan: declared(
    member('semver_is_less_than', [SEMVER, SEMVER], BOOL, (a: Version, b: Version) => compareVersions(a, b) < 0),
  ),
  isSemver: declared(
    overload('is_semver_string', [STRING], BOOL, isSemver),
    overload('is_semver_string_bool', [STRING, BOOL], BOOL, isSemver),
  ),
  major: declared(member('semver_major', [SEMVER], INT, part(0))),
  minor: declared(member('semver_minor', [SEMVER], INT, part(1))),
  patch: declared(member('semver_patch', [SEMVER], INT, part(2))),
  semver: declared(
    overload('string_to_semver', [STRING], SEMVER, semver),
    overload('string_bool_to_semver', [STRING, BOOL], SEMVER, semver),
  ),
};
