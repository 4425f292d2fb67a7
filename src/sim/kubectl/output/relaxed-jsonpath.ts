import { OutputError } from '../../api/output-error.js';

const RELAXED = /^\{\.?([^{}]+)\}$|^\.?([^{}]+)$/;

/** Completes a path that may lack its braces or its first dot: `metadata.name` becomes `{.metadata.name}`. Throws OutputError. */
export function relaxedJsonPath(path: string): string {
  if (path === '') return path;
  const match = RELAXED.exec(path);
  if (match === null) {
    throw new OutputError(
      "unexpected path string, expected a 'name1.name2' or '.name1.name2' or '{name1.name2}' or '{.name1.name2}'",
    );
  }
  return `{.${match[1] ?? match[2]}}`;
}
