import type { Location } from './model.js';

/** Whether a location alters the path that is asked for. */
export function needsRewrite({ annotations, path }: Location): boolean {
  const target = annotations?.rewriteTarget ?? '';
  return target !== '' && target !== path;
}

/** Whether all locations of a server are patterns, because one of them needs to be. */
export function needsPatterns(locations: readonly Location[]): boolean {
  return locations.some((location) => needsRewrite(location) || location.annotations?.useRegex === true);
}

/**
 * Locations as nginx is to have them (updateServerLocations): a prefix `/a` becomes `/a/` and an exact `/a`, so that `/ab`
 * is none of its business; longer paths come first, which counts where they are patterns.
 */
export function finishLocations(locations: readonly Location[]): Location[] {
  const exact = new Set(locations.filter(({ pathType }) => pathType === 'Exact').map(({ path }) => path));
  const found: Location[] = [];
  for (const location of locations) {
    found.push(location);
    if (location.path === '/') continue;
    location.ingressPath = location.path;
    if (location.pathType !== 'Prefix' || needsRewrite(location) || location.annotations?.useRegex) continue;
    if (!exact.has(location.path)) found.push({ ...location, pathType: 'Exact' });
    if (!location.path.endsWith('/')) location.path = `${location.path}/`;
  }
  return found.sort(
    (one, other) => other.path.length - one.path.length || (one.path > other.path ? -1 : one.path < other.path ? 1 : 0),
  );
}
