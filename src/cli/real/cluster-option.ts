import type { Command } from 'commander';
import { nearest } from '../../labs/nearest.js';
import { UsageError } from '../io.js';
import { capital } from './capital.js';

/** A real cluster as it is written after `--cluster`. */
export type RealChoice = { readonly kind: 'kind' } | { readonly kind: 'context'; readonly name: string };

/** What a command line says of clusters. */
export interface ClusterOptions {
  readonly cluster?: string;
  readonly yes?: boolean;
}

const WORDS = ['sim', 'kind', 'context'];

/** Adds the options that choose a cluster. */
export function clusterOptions(command: Command): Command {
  return command
    .option('--cluster <which>', 'where: sim (unless said), kind, or context=NAME, one of your kubeconfig')
    .option('--yes', 'yes to what is asked before a real cluster is changed');
}

/** The real cluster that is meant; undefined for a simulated one. Throws with what there is where it is neither. */
export function readCluster(text: string | undefined): RealChoice | undefined {
  if (text === undefined || text === 'sim') return undefined;
  if (text === 'kind') return { kind: 'kind' };
  const [, name] = /^context=(.*)$/.exec(text) ?? [];
  if (name) return { kind: 'context', name };
  const there = 'there are sim, kind and context=NAME, with a context of your kubeconfig';
  if (name === '' || text === 'context') throw new UsageError(`--cluster ${text}: which context? ${capital(there)}.`);
  const near = nearest(text.replace(/=.*/, ''), WORDS);
  const meant = near === undefined ? '' : ` Did you mean ${near === 'context' ? 'context=NAME' : near}?`;
  throw new UsageError(`There is no cluster "${text}"; ${there}.${meant}`);
}
