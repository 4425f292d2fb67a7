import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DIFFERENCES, NOISY } from './differences.js';
import { masked } from './masks.js';
import type { Stage } from './play.js';
import { readScenes, type Scene, type Step, writeScenes } from './scene.js';

const SCENES = fileURLToPath(new URL('./scenes/', import.meta.url));

/**
 * Where scenes are played: `access` needs an API server that authorizes by roles, `objects` one that allows all, both with
 * controllers, `pods` nodes that run containers, and `webhooks` all of that.
 */
export type Setting = 'access' | 'objects' | 'pods' | 'webhooks';

/** The files of scenes of a setting; those of one file are played one after another. */
export function sceneFiles(setting: Setting): string[] {
  return readdirSync(`${SCENES}${setting}`)
    .filter((name) => name.endsWith('.txt'))
    .sort();
}

/** The scenes of a file. */
export function scenesOf(setting: Setting, file: string): Scene[] {
  return readScenes(readFileSync(`${SCENES}${setting}/${file}`, 'utf8'));
}

/** A scene with its chosen commands alone, and what is asked after each; preparations and files stay. */
function chosenOf({ title, steps }: Scene): Scene {
  let left = true;
  return {
    title,
    steps: steps.filter((step) => {
      if (step.kind === 'command') left = step.chosen;
      return left || (step.kind !== 'command' && step.kind !== 'state');
    }),
  };
}

/** Plays a file again and writes down what is said now; to be read before it is committed. */
export async function recordFile(stage: Stage, setting: Setting, file: string): Promise<void> {
  const scenes: Scene[] = [];
  for (const scene of scenesOf(setting, file)) scenes.push(await stage.play(scene, 'when calm'));
  writeFileSync(`${SCENES}${setting}/${file}`, writeScenes(scenes));
}

/**
 * Plays a file and gives what was said otherwise than written and is not known to be: what is missing behind `-`, what is
 * new behind `+`; and what is known to be said otherwise but was said as written.
 */
export async function differencesIn(
  stage: Stage,
  setting: Setting,
  file: string,
  lines: 'all' | 'chosen' = 'all',
): Promise<string[]> {
  const wrong: string[] = [];
  for (const whole of scenesOf(setting, file)) {
    const scene = lines === 'all' ? whole : chosenOf(whole);
    if (!scene.steps.some(({ kind }) => kind === 'command')) continue;
    const nameOf = (step: Step): string => `${scene.title}: ${described(step)}`;
    const excused = new Map<string, boolean>(
      scene.steps.map(nameOf).flatMap((name) => (name in DIFFERENCES ? [[name, false] as const] : [])),
    );
    // What will not come is not waited for.
    const steps = scene.steps.map((step) =>
      step.kind === 'state' && excused.has(nameOf(step)) ? { ...step, wait: false } : step,
    );
    const played = await stage.play({ ...scene, steps });
    scene.steps.forEach((step, index) => {
      const difference = differenceOf(step, played.steps[index] as Step);
      if (difference === undefined) return;
      if (excused.has(nameOf(step))) excused.set(nameOf(step), true);
      else if (!(nameOf(step) in NOISY)) wrong.push([nameOf(step), ...difference].join('\n'));
    });
    for (const [name, differs] of excused) if (!differs) wrong.push(`${name}\nis excused without need`);
  }
  return wrong;
}

function differenceOf(written: Step, played: Step): string[] | undefined {
  const [expected, said] = [rowsOf(written), rowsOf(played)];
  if (expected.join('\n') === said.join('\n')) return undefined;
  const missing = expected.filter((row) => !said.includes(row)).map((row) => `- ${row}`);
  const added = said.filter((row) => !expected.includes(row)).map((row) => `+ ${row}`);
  return missing.length + added.length === 0 ? ['in another order'] : [...missing, ...added];
}

function described(step: Step): string {
  return step.kind === 'command' ? step.line : step.kind === 'state' ? step.question : step.kind;
}

function rowsOf(step: Step): string[] {
  if (step.kind === 'state') return [masked(step.answer)];
  if (step.kind !== 'command') return [];
  const { out, err, code } = step.said;
  return [
    ...masked(out).split('\n'),
    ...masked(err)
      .split('\n')
      .map((row) => `! ${row}`),
    `= ${code}`,
  ];
}
