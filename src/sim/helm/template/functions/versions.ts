import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { type GoFunction, type GoType, goFunction, goTypeOf, namedType } from '../../../api/go-template/go-types.js';
import { GoInteger, GoStruct } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { Constraint, ConstraintError } from '../../semver/constraint.js';
import { compareVersions, parseVersion, type Version, versionText } from '../../semver/version.js';

const POINTER: GoType = namedType({
  name: '*semver.Version',
  kind: 'ptr',
  elem: { name: 'semver.Version', kind: 'struct' },
  text: ((data: GoStruct) => versionText(versionOf(data))) as (data: never) => string,
  methods: () => METHODS,
});

function versionOf(data: GoStruct): Version {
  return data.hidden as Version;
}

function part(read: (version: Version) => number): GoFunction {
  return goFunction('() uint64', (data: GoStruct) => read(versionOf(data)));
}

function word(read: (version: Version) => string): GoFunction {
  return goFunction('() string', (data: GoStruct) => read(versionOf(data)));
}

function comparison(holds: (order: number) => boolean): GoFunction {
  return goFunction('(*semver.Version) bool', (a: GoStruct, b: GoStruct) =>
    holds(compareVersions(versionOf(a), versionOf(b))),
  );
}

const METHODS: ReadonlyMap<string, GoFunction> = new Map([
  [
    'Compare',
    goFunction('(*semver.Version) int', (a: GoStruct, b: GoStruct) =>
      Math.sign(compareVersions(versionOf(a), versionOf(b))),
    ),
  ],
  ['Equal', comparison((order) => order === 0)],
  ['GreaterThan', comparison((order) => order > 0)],
  ['GreaterThanEqual', comparison((order) => order >= 0)],
  ['LessThan', comparison((order) => order < 0)],
  ['LessThanEqual', comparison((order) => order <= 0)],
  ['Major', part(({ major }) => major)],
  ['Metadata', word(({ metadata }) => metadata)],
  ['Minor', part(({ minor }) => minor)],
  ['Original', word(({ original }) => original)],
  ['Patch', part(({ patch }) => patch)],
  ['Prerelease', word(({ pre }) => pre)],
  ['String', word(versionText)],
]);

function read(text: string): Version {
  const version = parseVersion(text);
  if (version === undefined) throw new TemplateError('invalid semantic version');
  return version;
}

function constraintOf(text: string): Constraint {
  try {
    return new Constraint(text);
  } catch (error) {
    if (error instanceof ConstraintError) throw new TemplateError(error.message);
    throw error;
  }
}

/** Sprig's functions of semantic versions. */
export const VERSION_FUNCTIONS: FunctionTable = {
  semver: goFunction('(string) *semver.Version', (text: string) => semver(text)),
  semverCompare: goFunction('(string, string) bool', (constraint: string, version: string) =>
    constraintOf(constraint).check(read(version)),
  ),
};

function semver(text: string): GoStruct {
  const version = read(text);
  const number = (value: number): GoInteger => new GoInteger(goTypeOf('uint64'), BigInt(value));
  const { major, minor, patch, pre, metadata, original } = version;
  const fields = { major: number(major), minor: number(minor), patch: number(patch), pre, metadata, original };
  return new GoStruct(POINTER, fields, [], version);
}
