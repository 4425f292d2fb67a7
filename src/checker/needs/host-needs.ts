import type { Capability } from '../../clusters/port.js';

/** Where a task is done: what is found there needs nobody to be root on a node. */
export interface TaskPlace {
  /** The host by its base name. */
  readonly host: string;
  /** The folder of answers there. */
  readonly answers: string;
  /** Scripts that run there before it is looked at, which may have made what is looked for. */
  readonly before?: string;
}

/** What belongs to a machine's system: whoever looks there looks at a node. */
export const SYSTEM_FOLDER = /^\/(?:boot|etc|lib|lib64|proc|root|run|sbin|sys|usr|var)(?:\/|$)/;

/**
 * What it takes to look at a file of a host, by their base name and path. Answers are found wherever the task is done;
 * what else people keep is found where the lab says only if their terminal is there.
 */
export function needsOfFile(host: string, path: string, place: TaskPlace): Capability[] {
  if (host !== place.host || SYSTEM_FOLDER.test(path)) return ['nodes-root'];
  const own = path === place.answers || path.startsWith(`${place.answers}/`) || place.before?.includes(path);
  return own ? ['scripts'] : ['workstation'];
}

/** What it takes to run something on a host as a user of it. */
export function needsOfUser(host: string, user: string, place: TaskPlace): Capability[] {
  return host === place.host && user === 'candidate' ? ['scripts'] : ['nodes-root'];
}
