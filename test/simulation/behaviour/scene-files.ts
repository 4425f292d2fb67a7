import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Stage } from '../../clients/field/play.js';
import { readScenes, type Scene, type Step, writeScenes } from '../../clients/field/scene.js';
import { masked } from './masks.js';

const FOLDER = fileURLToPath(new URL('./', import.meta.url));

/** What the scenes of a folder show. */
export type Topic =
  | 'attached-storage'
  | 'controllers'
  | 'helm'
  | 'images'
  | 'kubelet'
  | 'metrics'
  | 'network'
  | 'routing'
  | 'scheduler'
  | 'storage';

/** The world that a topic's scenes are played in. */
export function worldOf(topic: Topic): [base: string, addons?: readonly string[]] {
  if (topic === 'metrics') return ['single-node', ['metrics-server', 'metrics-adapter', 'vertical-pod-autoscaler']];
  if (topic === 'network') return ['three-node', ['cloud-metadata', 'metallb']];
  if (topic === 'attached-storage') return ['three-node', ['csi-hostpath-attach', 'snapshot-controller']];
  if (topic === 'storage') return ['three-node', ['csi-hostpath', 'local-path-provisioner']];
  return topic === 'routing' ? ['single-node', ['ingress-nginx', 'gateway-api']] : ['three-node'];
}

/** The files of a topic, one for each feature, without their ending. */
export function featuresOf(topic: Topic): string[] {
  return readdirSync(`${FOLDER}${topic}`)
    .filter((name) => name.endsWith('.txt'))
    .map((name) => name.slice(0, -'.txt'.length))
    .sort();
}

/** The scenes of a feature. */
function scenesOf(topic: Topic, feature: string): Scene[] {
  return readScenes(readFileSync(`${FOLDER}${topic}/${feature}.txt`, 'utf8'));
}

/** Whether a feature has scenes, and each of them shows something: one that is silent could not fail. */
export function isTelling(topic: Topic, feature: string): boolean {
  const scenes = scenesOf(topic, feature);
  const tells = (step: Step): boolean =>
    step.kind === 'command' ? step.said.out + step.said.err !== '' : step.kind === 'state' && step.answer !== '';
  return scenes.length > 0 && scenes.every(({ steps }) => steps.some(tells));
}

/** Plays a feature's scenes and writes down what is said now; to be read against the real words before it is committed. */
export async function recordFeature(stage: Stage, topic: Topic, feature: string): Promise<void> {
  const scenes: Scene[] = [];
  for (const scene of scenesOf(topic, feature)) {
    scenes.push(await stage.play(scene, 'when calm'));
    await stage.clear();
  }
  writeFileSync(`${FOLDER}${topic}/${feature}.txt`, writeScenes(scenes));
}

/** Plays a feature's scenes and gives what was said otherwise: what is missing behind `-`, what is new behind `+`. */
export async function differencesIn(stage: Stage, topic: Topic, feature: string): Promise<string[]> {
  const found: string[] = [];
  for (const scene of scenesOf(topic, feature)) {
    const played = await stage.play(scene);
    await stage.clear();
    scene.steps.forEach((step, index) => {
      const [written, said] = [rowsOf(step), rowsOf(played.steps[index] as Step)];
      if (written.join('\n') === said.join('\n')) return;
      const missing = written.filter((row) => !said.includes(row)).map((row) => `- ${row}`);
      const added = said.filter((row) => !written.includes(row)).map((row) => `+ ${row}`);
      const name = step.kind === 'command' ? step.line : step.kind;
      found.push([`${scene.title}: ${name}`, ...missing, ...added].join('\n'));
    });
  }
  return found;
}

function rowsOf(step: Step): string[] {
  if (step.kind === 'state') return [masked(step.answer)];
  if (step.kind !== 'command') return [];
  const errors = masked(step.said.err).split('\n');
  return [...masked(step.said.out).split('\n'), ...errors.map((row) => `! ${row}`), `= ${step.said.code}`];
}
