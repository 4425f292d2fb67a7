import { needsOfCheck, waitsTooLong } from '../../checker/needs/check-needs.js';
import { needsOfScript } from '../../checker/needs/script-needs.js';
import type { Capability } from '../../clusters/port.js';
import type { LabInstance } from '../format/instance.js';
import type { Need } from './need.js';
import { mentionsOfNodes } from './node-names.js';
import { needsOfWorld } from './world-needs.js';

/** What a cluster must be able to do, so that an instance of a lab can be done on it and graded. */
export function needsOfLab(instance: LabInstance): ReadonlySet<Capability> {
  return new Set(reasonsOfNeeds(instance).map(({ need }) => need));
}

/** The same with the first reason for each, in alphabetical order. */
export function reasonsOfNeeds(instance: LabInstance): readonly Need[] {
  const said = (instance.lab.content.spec.needs ?? []).map((need): Need => ({ need, because: 'the lab says so' }));
  const first = new Map<Capability, Need>();
  for (const one of [...derivedNeeds(instance), ...said]) if (!first.has(one.need)) first.set(one.need, one);
  return [...first.values()].sort((one, other) => (one.need < other.need ? -1 : 1));
}

/** What is found in an instance, whatever its author says beside it. */
export function derivedNeeds(instance: LabInstance): readonly Need[] {
  return [
    ...needsOfWorld(instance.world, instance.taskPlace),
    ...needsOfChecks(instance),
    ...needsOfSolution(instance),
    ...mentionsOfNodes(instance),
    ...policiesHold(instance),
  ];
}

function needsOfChecks({ checks, taskPlace }: LabInstance): readonly Need[] {
  const late = waitsTooLong(checks).map(
    ({ id }): Need => ({
      need: 'virtual-time',
      because: `the check ${id} waits for more than is waited for in real time`,
    }),
  );
  return [
    ...checks.flatMap((check) =>
      [...needsOfCheck(check, taskPlace)].map((need): Need => ({ need, because: `the check ${check.id} asks for it` })),
    ),
    ...late,
  ];
}

function needsOfSolution({ solution, taskPlace }: LabInstance): readonly Need[] {
  return solution.flatMap(({ script }) =>
    needsOfScript(whatIsDone(script), taskPlace).map((need): Need => ({ need, because: 'the solution asks for it' })),
  );
}

/** What is typed into editors is no command, and whoever solves it may look otherwise, or not at all. */
function whatIsDone(script: string): string {
  return script
    .split('\n')
    .filter((line) => !/^\s*keys:|#\s*look\s*$/.test(line))
    .join('\n');
}

const POLICY = /\bnetworkpolic(?:y|ies)\b|\bnetpol\b/i;
const PROBES = ['connect', 'http', 'requests', 'resolve'];

/** Connections that are tried where NetworkPolicies are: without one that holds them nothing would be found out. */
function policiesHold({ checks, world, solution }: LabInstance): readonly Need[] {
  if (!POLICY.test(JSON.stringify([checks, world.steps, solution]))) return [];
  const probing = checks.find((check) => PROBES.some((kind) => JSON.stringify(check).includes(`"${kind}":`)));
  return probing
    ? [{ need: 'policy-enforcement', because: `the check ${probing.id} tries what NetworkPolicies allow` }]
    : [];
}
