import { grade, noteBaseline } from '../../checker/grade.js';
import type { Report } from '../../checker/rubric.js';
import { type OpenOptions, openSimCluster, type SimCluster } from '../../clusters/sim/sim-cluster.js';
import type { LabInstance } from '../format/instance.js';
import { gradeOptions } from './grade-options.js';
import { machineOptions } from './machine-options.js';
import { type PlayOptions, Typist } from './play.js';
import type { ScriptStep } from './script.js';

/** One script, typed into a login shell of its own. */
export interface Scripted {
  readonly steps: readonly ScriptStep[];
}

export interface PlayedAttempt {
  readonly report: Report;
  /** What the terminal showed. */
  readonly output: string;
  readonly traceHash: string;
  readonly crashes: readonly { readonly host: string; readonly command: string; readonly message: string }[];
}

export interface PlayAttemptOptions {
  readonly onOutput?: (bytes: Uint8Array) => void;
  readonly onReport?: (report: Report) => void;
  /** Start at `base` instead of the task's host. */
  readonly fromBase?: boolean;
  /** Width of the terminal. */
  readonly columns?: number;
  readonly thread?: OpenOptions['thread'];
}

const USER = 'candidate';

/**
 * Plays scripts at a lab from its beginning and grades the end. Time jumps whenever everybody waits, so the result
 * depends on lab, seed and scripts alone.
 */
export async function playAttempt(
  instance: LabInstance,
  scripts: readonly Scripted[],
  options: PlayAttemptOptions = {},
): Promise<PlayedAttempt> {
  const cluster = await openSimCluster(machineOptions(instance), { thread: options.thread ?? 'same' });
  try {
    const baseline = await noteBaseline(cluster, instance.checks);
    const output: Uint8Array[] = [];
    const onOutput = (bytes: Uint8Array): void => {
      output.push(bytes);
      options.onOutput?.(bytes);
    };
    const host = options.fromBase ? (instance.hosts['base'] ?? 'base') : instance.host;
    const { columns } = options;
    const how = { host, user: USER, onOutput, ...(columns === undefined ? {} : { columns }) };
    for (const [index, { steps }] of scripts.entries()) await typeScript(cluster, index + 1, steps, how);
    await cluster.settle(instance.settleSecondsMax);
    const report = await grade(cluster, { ...gradeOptions(instance), baseline, spend: true });
    return {
      report,
      output: Buffer.concat(output).toString('utf8'),
      traceHash: await cluster.traceHash(),
      crashes: await cluster.crashes(),
    };
  } finally {
    await cluster.close();
  }
}

async function typeScript(
  cluster: SimCluster,
  terminal: number,
  steps: readonly ScriptStep[],
  how: PlayOptions,
): Promise<void> {
  const typist = await Typist.start(cluster, terminal, how);
  await typist.type(steps);
  await typist.end();
}
