import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Unit } from './unit.js';

function exists(sys: Sys, path: string, type?: 'directory' | 'file'): boolean {
  try {
    const stat = sys.stat(path);
    return type === undefined || stat.type === type;
  } catch (error) {
    if (isErrno(error)) return false;
    throw error;
  }
}

const TESTS: Readonly<Record<string, (sys: Sys, value: string) => boolean>> = {
  ConditionDirectoryNotEmpty: (sys, path) => exists(sys, path, 'directory') && sys.readDirectory(path).length > 0,
  ConditionFileNotEmpty: (sys, path) => exists(sys, path, 'file') && sys.stat(path).size > 0,
  ConditionPathExists: (sys, path) => exists(sys, path),
  ConditionPathIsDirectory: (sys, path) => exists(sys, path, 'directory'),
};

/** The first condition of a unit that does not hold, as status words it; undefined when all do. */
export function unmetCondition(sys: Sys, unit: Unit): string | undefined {
  for (const [key, test] of Object.entries(TESTS)) {
    for (const value of unit.loaded.settings.list('Unit', key)) {
      const negated = value.startsWith('!');
      if (test(sys, value.replace(/^!/, '')) === negated) return `${key}=${value}`;
    }
  }
  return undefined;
}
