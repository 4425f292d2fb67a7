import { join } from 'node:path';
import type { ApiRequest, ApiResponse } from '../../../src/clusters/port.js';
import { ProgressStore } from '../../../src/labs/progress/store.js';
import type { RealExamRoom } from '../../../src/labs/real-exam/begin-real-exam.js';
import { temporaryFolder } from '../home-folder.js';
import { StandInSource, type StandInWishes } from '../real/stand-in.js';
import { blueprintOf, sharedLab } from './shared-labs.js';

const labs = [sharedLab('acts', ['alpha'], { acts: true }), sharedLab('looks', ['beta']), sharedLab('late', ['gamma'])];
const draw = {
  tasks: labs.map(({ id }, index) => ({
    number: index + 1,
    lab: id,
    seed: `7-${index + 1}`,
    weight: [40, 30, 30][index] ?? 0,
  })),
  lacks: 0,
  again: [],
};
/** Of three tasks: one with a check that acts, and two that are looked at only. */
export const CHOICES = {
  blueprint: blueprintOf(3),
  draw,
  seed: '7',
  minutes: 60,
  coach: false,
  interruptions: 'pause' as const,
};
const KINDS = [
  { name: 'configmaps', kind: 'ConfigMap', namespaced: true },
  { name: 'pods', kind: 'Pod', namespaced: true },
];
export const SIZE = { columns: 80, rows: 24 };
export const HOW = { onStep: () => {}, confirm: async () => true };

/** A room before a stand-in of a real cluster. */
export interface Room extends RealExamRoom {
  readonly source: StandInSource;
  /** Namespaces whose question was answered. */
  readonly answered: Set<string>;
  readonly asked: string[];
  forward: number;
}

/** Nobody has answered yet. */
export function roomOf(wishes: StandInWishes = {}, home = temporaryFolder()): Room {
  const answered = new Set<string>();
  const asked: string[] = [];
  const answer = ({ path, method }: ApiRequest): ApiResponse => {
    if (path === '/api/v1') return { status: 200, body: { kind: 'APIResourceList', resources: KINDS } };
    const [, namespace = ''] = /namespaces\/([^/]+)\/configmaps\/answer/.exec(path) ?? [];
    if (namespace !== '') asked.push(`${method} ${namespace}`);
    return answered.has(namespace)
      ? {
          status: 200,
          body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'answer', namespace }, data: { word: 'yes' } },
        }
      : { status: 404, body: { kind: 'Status', code: 404 } };
  };
  const now = (): number => Date.UTC(2026, 0, 15, 9) + room.forward + performance.now();
  const room: Room = {
    home,
    progress: ProgressStore.open(home),
    program: '1',
    labs: new Map(labs.map((lab) => [lab.id, lab])),
    source: new StandInSource({ answer, answers: join(home, 'answers'), takesUp: true, runs: true, ...wishes }),
    environment: { PATH: process.env['PATH'] },
    answered,
    asked,
    forward: 0,
    clocks: { steady: now, steadyInSleep: false, sinceBoot: now, wall: now },
  };
  return room;
}
