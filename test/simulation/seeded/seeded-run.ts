import type { KubeObject } from '../../../src/sim/api/object.js';
import { type ClusterView, placeOf, WATCHED } from './cluster-view.js';
import type { Act } from './deed.js';
import { drawActs } from './draw/draw-acts.js';
import { INVARIANTS } from './invariants/register.js';
import { Outside } from './outside.js';
import { Player } from './play.js';
import { pass, settle } from './settle.js';
import { Watcher } from './watcher.js';

/** How many deeds a journal has. */
const DEEDS = 25;
/** How long a cluster at rest is left alone. */
const ALONE_SECONDS = 60;
const COMMAND_SECONDS_MAX = 30;

/** What a seed's life came to. */
export interface SeededResult {
  readonly findings: readonly string[];
  /** Of everything that happened. */
  readonly hash: string;
  readonly statuses: ReadonlyMap<number, number>;
  /** Virtual seconds from the first deed to the end. */
  readonly seconds: number;
  /** Changes that watchers were told. */
  readonly told: number;
}

/** The journal of a seed. */
export function journalOf(seed: string): Act[] {
  return drawActs(seed, DEEDS);
}

/**
 * Lives a journal in the world of a seed, lets it come to rest, and looks at what must hold. `look` is typed in the end, and
 * what it prints is printed.
 */
export function runSeed(seed: string, acts: readonly Act[] = journalOf(seed), look?: string): SeededResult {
  const findings = new Set<string>();
  const outside = new Outside(seed);
  const began = outside.machine.now();
  let changes = 0;
  const watcher = new Watcher(outside, (told, view) => {
    changes += 1;
    for (const { name, told: judge } of INVARIANTS)
      for (const what of judge?.(told, view) ?? []) findings.add(`${name}: ${what}`);
  });
  pass({ outside, watcher }, 1);
  const player = new Player(outside, watcher);
  for (const act of acts) player.play(act);
  for (const what of settle({ outside, watcher, player })) findings.add(what);
  for (const what of settledFindings(outside, watcher, player)) findings.add(what);
  for (const { host, command, message } of outside.machine.crashes())
    findings.add(`${command} on ${host} crashed: ${message}`);
  if (look) console.log(outside.run('controlplane', look, COMMAND_SECONDS_MAX));
  const seconds = (outside.machine.now() - began) / 1e6;
  return {
    findings: [...findings],
    hash: outside.machine.traceHash(),
    statuses: player.statuses,
    seconds,
    told: changes,
  };
}

function* settledFindings(outside: Outside, watcher: Watcher, player: Player): Generator<string> {
  const watched = copyOf(watcher.view);
  const listed = listedBy(outside);
  const sandboxes = sandboxesOf(outside, player);
  pass({ outside, watcher }, ALONE_SECONDS);
  const settled = { watched, listed, sandboxes, later: watcher.view };
  for (const { name, settled: look } of INVARIANTS) for (const what of look?.(settled) ?? []) yield `${name}: ${what}`;
}

function copyOf(view: ClusterView): ClusterView {
  return Object.fromEntries(Object.entries(view).map(([plural, objects]) => [plural, new Map(objects)]));
}

function listedBy(outside: Outside): ClusterView {
  const kinds = Object.entries(WATCHED).map(([plural, target]) => {
    const { body } = outside.ask('GET', target);
    const { items, kind, apiVersion } = body as { items: KubeObject[]; kind: string; apiVersion: string };
    // A list's objects do not say what they are.
    const typed = items.map((item) => ({ ...item, kind: kind.replace(/List$/, ''), apiVersion }));
    return [plural, new Map(typed.map((item) => [placeOf(item), item]))] as const;
  });
  return Object.fromEntries(kinds);
}

function sandboxesOf(outside: Outside, { lost }: Player): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { name, role } of outside.machine.hosts()) {
    if (role === 'base' || lost.has(name)) continue;
    const output = outside.run(name, 'crictl pods --state ready -o json', COMMAND_SECONDS_MAX);
    if (!output?.startsWith('{')) continue;
    const { items } = JSON.parse(output) as { items: { metadata: { uid: string } }[] };
    found.set(
      name,
      items.map(({ metadata }) => metadata.uid),
    );
  }
  return found;
}
