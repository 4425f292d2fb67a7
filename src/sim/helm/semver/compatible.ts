import { Constraint } from './constraint.js';
import { parseVersion } from './version.js';

/** Whether a version fits a constraint (IsCompatibleRange); false when either cannot be read. */
export function isCompatible(constraint: string, version: string): boolean {
  const read = parseVersion(version);
  if (!read) return false;
  try {
    return new Constraint(constraint).check(read);
  } catch {
    return false;
  }
}
