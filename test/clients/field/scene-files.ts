import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { masked } from './masks.js';
import type { Stage } from './play.js';
import { readScenes, type Scene, type Step, writeScenes } from './scene.js';

const SCENES = fileURLToPath(new URL('./scenes/', import.meta.url));

/** Where scenes are played: `objects` needs an API server and controllers only, `pods` nodes that run containers. */
export type Setting = 'objects' | 'pods';

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

/** Plays a file again and writes down what is said now; to be read before it is committed. */
export async function recordFile(stage: Stage, setting: Setting, file: string): Promise<void> {
  const scenes: Scene[] = [];
  for (const scene of scenesOf(setting, file)) scenes.push(await stage.play(scene, 'when calm'));
  writeFileSync(`${SCENES}${setting}/${file}`, writeScenes(scenes));
}

/** Plays a file and gives what was said otherwise than written: what is missing behind `-`, what is new behind `+`. */
export async function differencesIn(stage: Stage, setting: Setting, file: string): Promise<string[]> {
  const wrong: string[] = [];
  for (const scene of scenesOf(setting, file)) {
    const played = await stage.play(scene);
    scene.steps.forEach((step, index) => {
      const [expected, said] = [rowsOf(step), rowsOf(played.steps[index] as Step)];
      if (expected.join('\n') === said.join('\n')) return;
      const missing = expected.filter((row) => !said.includes(row)).map((row) => `- ${row}`);
      const added = said.filter((row) => !expected.includes(row)).map((row) => `+ ${row}`);
      const order = missing.length + added.length === 0 ? ['in another order'] : [];
      wrong.push([`${scene.title}: ${described(step)}`, ...missing, ...added, ...order].join('\n'));
    });
  }
  return wrong;
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
