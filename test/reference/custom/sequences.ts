/** What is asked of custom kinds, in order. */
import type { Sequence, Step } from '../by-hand/sequence.js';
import { DEFINITION_STEPS } from './definition-steps.js';
import { type Definition, GADGETS, WIDGETS } from './definitions.js';
import { OBJECT_STEPS } from './object-steps.js';
import { RULE_STEPS } from './rule-steps.js';
import { CONFLICT_STEPS, DISCOVERY_STEPS, UPDATE_STEPS, VERSION_STEPS } from './version-steps.js';

const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

const made = (definition: Definition): Step => ({
  does: `set up: ${definition.metadata.name}`,
  method: 'POST',
  path: DEFINITIONS,
  body: definition,
});

/** All of it: the kinds that are made stay for those that follow. */
export const CUSTOM_SEQUENCES: readonly Sequence[] = [
  { name: 'custom-definitions', steps: DEFINITION_STEPS },
  { name: 'custom-kinds', steps: [made(WIDGETS), made(GADGETS)] },
  { name: 'custom-discovery', steps: DISCOVERY_STEPS },
  { name: 'custom-objects', steps: OBJECT_STEPS },
  { name: 'custom-versions', steps: VERSION_STEPS },
  { name: 'custom-updates', steps: UPDATE_STEPS },
  { name: 'custom-conflicts', steps: CONFLICT_STEPS },
  { name: 'custom-rules', steps: RULE_STEPS },
];
