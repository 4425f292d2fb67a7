import { needsOfFile, needsOfUser, type TaskPlace } from '../../checker/needs/host-needs.js';
import { needsOfManifests } from '../../checker/needs/manifest-needs.js';
import { needsOfScript } from '../../checker/needs/script-needs.js';
import type { Capability, WorldSpec } from '../../clusters/port.js';
import type { Need } from './need.js';

type Step = NonNullable<WorldSpec['steps']>[number];

/** What a world asks of a cluster that is not made of it: its network, what is installed in it, and its steps. */
export function needsOfWorld(
  { addons = [], cni = 'calico', steps = [] }: WorldSpec,
  place: TaskPlace,
): readonly Need[] {
  return [
    ...addons.map((name): Need => ({ need: `addon:${name}`, because: `the lab's world has ${name}` })),
    ...(cni === 'calico' ? [] : [{ need: 'system', because: "the lab's world has a network of its own" } as const]),
    ...steps.filter((step) => !makesAnswers(step, place)).flatMap((step) => needsOfStep(step, place)),
  ];
}

/** The folder of answers is made wherever a lab is done. */
function makesAnswers(step: Step, { answers }: TaskPlace): boolean {
  return 'run' in step && step.run.script.startsWith(`mkdir -p ${answers} && chown candidate: `);
}

function needsOfStep(step: Step, place: TaskPlace): readonly Need[] {
  const because = (needs: readonly Capability[], why: string): Need[] => needs.map((need) => ({ need, because: why }));
  if ('fault' in step) return because([`fault:${step.fault.name}`], `the lab's world has the fault ${step.fault.name}`);
  if ('load' in step) return because(['load'], "the lab's world has containers work hard");
  if ('manifests' in step) return because(needsOfManifests(step.manifests), "the lab's world has such objects");
  if ('file' in step) {
    const { host, path } = step.file;
    return because(needsOfFile(host, path, place), `the lab's world puts ${path} on ${host}`);
  }
  if (!('run' in step)) return [];
  const { host, as = 'root', script } = step.run;
  const why = `the lab's world runs a script as ${as} on ${host}`;
  return because([...needsOfUser(host, as, place), ...needsOfScript(script, place)], why);
}
