import type { ProcessInfo, Sys } from '../../kernel/sys.js';
import type { Unit } from './unit.js';

/** The path of the control group of a service, below that of the whole machine. */
export function controlGroupOf({ name }: Pick<Unit, 'name'>): string {
  return `/system.slice/${name}`;
}

/**
 * The processes of a unit: those in the sessions its commands started, and their descendants. Processes of containers
 * have groups of their own and do not belong to the daemon that started them.
 */
export function processesOf(sys: Sys, unit: Unit): ProcessInfo[] {
  if (unit.sessions.size === 0) return [];
  const all = sys.processes().filter(({ container, state }) => container === undefined && state !== 'Z');
  const members = new Set(
    all.filter(({ pid, session }) => pid !== 1 && unit.sessions.has(session)).map(({ pid }) => pid),
  );
  for (let before = -1; before !== members.size; ) {
    before = members.size;
    for (const { pid, parent } of all) if (parent !== 1 && members.has(parent)) members.add(pid);
  }
  return all.filter(({ pid }) => members.has(pid));
}
