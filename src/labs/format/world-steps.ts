import type { LabStep, LabWorld } from './lab.js';
import type { Draw } from './variants.js';
import { applies } from './when.js';

/**
 * The steps of a world that apply, as the machine takes them. A fault whose name is a list, of several drawn ones, is as
 * many faults.
 */
export function worldSteps({ steps = [] }: LabWorld, values: Draw): LabStep[] {
  return steps
    .filter(({ when }) => applies(when, values))
    .flatMap(({ when: _, ...step }): LabStep[] => {
      const fault = step['fault'] as { readonly name: unknown } | undefined;
      return Array.isArray(fault?.name) ? fault.name.map((name) => ({ fault: { ...fault, name } })) : [step];
    });
}
