import { createHash } from 'node:crypto';
import type { Check } from '../../checker/rubric.js';
import type { LabInstance } from '../format/instance.js';
import { machineOptions } from '../session/machine-options.js';
import type { ProofCase } from './case.js';

/**
 * A name for all that a case's outcome depends on: the program, the machine, what is typed, what is looked at, what is
 * expected. What a lab only tells (its task, hints, explanation, why a check matters) is not part of it.
 */
export function caseKey(program: string, instance: LabInstance, { steps, expects }: ProofCase): string {
  const { host, hosts, settleSecondsMax, checks } = instance;
  const depends = {
    program,
    machine: machineOptions(instance),
    host,
    hosts,
    settleSecondsMax,
    checks: checks.map(withoutWords),
    lines: steps.map(({ lines }) => lines),
    expects,
  };
  return createHash('sha256').update(JSON.stringify(depends)).digest('hex').slice(0, 32);
}

function withoutWords({ says: _, because: __, serves: ___, ...check }: Check): unknown {
  return check;
}
