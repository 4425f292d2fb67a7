/** Paths that have a subresource of their own beside `proxy` (KubeletFineGrainedAuthz). */
const FINE: readonly (readonly [path: string, subresource: string])[] = [
  ['/pods', 'pods'],
  ['/healthz', 'healthz'],
  ['/configz', 'configz'],
  ['/runningpods', 'pods'],
];
/** Paths that never were `proxy`. */
const OWN: readonly (readonly [path: string, subresource: string])[] = [
  ['/stats', 'stats'],
  ['/metrics', 'metrics'],
  ['/logs', 'log'],
  ['/checkpoint', 'checkpoint'],
  ['/statusz', 'statusz'],
  ['/flagz', 'configz'],
];
const VERBS: Readonly<Record<string, string>> = {
  POST: 'create',
  GET: 'get',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** The verb of the API that a method stands for; empty for the others. */
export function verbOf(method: string): string {
  return VERBS[method] ?? '';
}

/** The subresources of the node by any of which a path may be asked for, in the order in which they are tried (server/auth.go). */
export function subresourcesOf(path: string): string[] {
  const find = (list: typeof FINE) => list.filter(([one]) => path === one || path.startsWith(`${one}/`))[0]?.[1];
  const fine = find(FINE);
  const own = find(OWN) ?? 'proxy';
  return fine === undefined ? [own] : [fine, own];
}
