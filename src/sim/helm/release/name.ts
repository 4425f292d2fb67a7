import { HelmError } from '../errors.js';

const VALID = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const LENGTH_MAX = 53;

/** What is wrong with a release's name; undefined when nothing is. */
export function releaseNameProblem(name: string): string | undefined {
  if (name === '') return 'no name provided';
  if (name.length <= LENGTH_MAX && VALID.test(name)) return undefined;
  return `invalid release name, must match regex ${VALID.source} and the length must not be longer than ${LENGTH_MAX}`;
}

/** Throws `PREFIX: Release name is invalid: NAME`. */
export function checkReleaseName(name: string, prefix: string): void {
  if (releaseNameProblem(name) !== undefined) throw new HelmError(`${prefix} is invalid: ${name}`);
}
