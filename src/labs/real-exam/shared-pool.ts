import { capabilityClause, lacking } from '../../clusters/capabilities.js';
import type { Capability } from '../../clusters/port.js';
import type { ExamTask } from '../exam/draw-exam.js';
import { drawnTask } from '../exam/exam-tasks.js';
import type { Lab } from '../format/lab.js';
import { needsOfDraws } from '../needs/needs-of-draws.js';
import { ANY_PLACE } from '../real/real-world.js';
import { claimsOf } from './claims.js';

/** Of labs, those whose tasks can share one real cluster with others, and why the rest cannot. */
export interface SharedPool {
  readonly labs: readonly Lab[];
  /** By reason, the most frequent first: a clause after the number of labs. */
  readonly others: readonly { readonly labs: number; readonly because: string }[];
}

/** What belongs to the whole cluster, or to whoever works on it: two tasks would be in each other's way. */
const NOT_SHARED: ReadonlySet<Capability> = new Set<Capability>([
  'audit',
  'etcd',
  'kubeadm',
  'load',
  'nodes',
  'nodes-root',
  'system',
  'workstation',
]);

/** Looks which labs can share a cluster that can do this. What is drawn decides nothing of it. */
export async function sharedPool(labs: readonly Lab[], capabilities: ReadonlySet<Capability>): Promise<SharedPool> {
  const has = new Set([...capabilities].filter((one) => !NOT_SHARED.has(one) && !one.startsWith('fault:')));
  const fit: Lab[] = [];
  const reasons = new Map<string, number>();
  for (const lab of labs) {
    const because = await reasonAgainst(lab, has);
    if (because === undefined) fit.push(lab);
    else reasons.set(because, (reasons.get(because) ?? 0) + 1);
  }
  const others = [...reasons].map(([because, count]) => ({ labs: count, because }));
  others.sort((one, other) => other.labs - one.labs || (one.because < other.because ? -1 : 1));
  return { labs: fit, others };
}

async function reasonAgainst(lab: Lab, has: ReadonlySet<Capability>): Promise<string | undefined> {
  const needs = (await needsOfDraws(lab)).map(({ need }) => need);
  const lacks = lacking(needs, has);
  const [own] = lacks.filter((need) => NOT_SHARED.has(need) || need.startsWith('fault:'));
  if (own !== undefined) return own.startsWith('fault:') ? 'break something of the whole cluster' : (WORDS[own] ?? own);
  if (lacks[0] !== undefined) return `need a cluster that ${capabilityClause(lacks[0])}`;
  const any: ExamTask = { number: 1, lab: lab.id, seed: '1', weight: 0 };
  const { namespaces } = claimsOf(await drawnTask(any, lab, ANY_PLACE));
  if (namespaces.size === 0) return 'work in no namespace of their own';
  return namespaces.has('default') ? 'work in the namespace default' : undefined;
}

/** Why a lab cannot share a cluster that needs this. */
const WORDS: Partial<Readonly<Record<Capability, string>>> = {
  audit: 'set up the audit log',
  etcd: 'work on etcd',
  kubeadm: 'work on the control plane',
  load: 'need load on containers',
  nodes: 'need nodes of their own',
  'nodes-root': 'are done as root on nodes',
  system: 'change what is the whole cluster’s',
  workstation: 'need files of a workstation',
};
