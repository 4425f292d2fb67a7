import type { GradeOptions } from '../../checker/grade.js';
import type { LabInstance } from '../format/instance.js';

/** How an instance of a lab is graded. */
export function gradeOptions({
  checks,
  hosts,
  settleSecondsMax,
}: LabInstance): Pick<GradeOptions, 'checks' | 'hosts' | 'settleSecondsMax'> {
  return { checks, hosts, settleSecondsMax };
}
