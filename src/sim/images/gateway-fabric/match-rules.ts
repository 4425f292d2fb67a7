import type { BackendState, RouteState } from './graph.js';
import type { RouteMatch, RouteRule } from './types.js';

/** One match of one rule: what a request must be, and what is done with it then. */
export interface MatchRule {
  readonly match: RouteMatch;
  readonly rule: RouteRule;
  readonly state: RouteState;
  readonly ruleIndex: number;
  readonly backends: readonly BackendState[];
  readonly mirrors: readonly string[];
}

/** Matches of one path, the first that fits decides. */
export interface PathRule {
  readonly type: 'Exact' | 'PathPrefix' | 'RegularExpression';
  readonly path: string;
  readonly matches: MatchRule[];
}

/** All matches of the routes of one host by their paths, in the order of precedence. */
export function pathRules(routes: readonly RouteState[]): PathRule[] {
  const found = new Map<string, PathRule>();
  for (const state of routes) {
    (state.route.spec.rules ?? []).forEach((rule, ruleIndex) => {
      for (const match of rule.matches?.length ? rule.matches : [{}]) {
        const type = pathType(state, match);
        const path = pathOf(state, match);
        const key = `${type} ${path}`;
        const one = found.get(key) ?? { type, path, matches: [] };
        found.set(key, one);
        one.matches.push({
          match,
          rule,
          state,
          ruleIndex,
          backends: state.backends[ruleIndex] ?? [],
          mirrors: state.mirrors[ruleIndex] ?? [],
        });
      }
    });
  }
  // Sorting keeps what is equal in order: the older route first, within one the rule that stands first.
  for (const { matches } of found.values()) matches.sort((one, other) => compareMatches(one.match, other.match));
  return [...found.values()];
}

/** A method before none, then more headers, then more parameters (Gateway API, HTTPRouteRule.matches). */
function compareMatches(one: RouteMatch, other: RouteMatch): number {
  const count = (list: readonly unknown[] | undefined) => list?.length ?? 0;
  return (
    Number(other.method !== undefined) - Number(one.method !== undefined) ||
    count(other.headers) - count(one.headers) ||
    count(other.queryParams) - count(one.queryParams)
  );
}

function pathType({ kind }: RouteState, { path, method }: RouteMatch): PathRule['type'] {
  if (kind === 'GRPCRoute') return (method as { method?: string } | undefined)?.method ? 'Exact' : 'PathPrefix';
  return (path?.type ?? 'PathPrefix') as PathRule['type'];
}

/** A call of gRPC is a path of its service and its method. */
function pathOf({ kind }: RouteState, { path, method }: RouteMatch): string {
  if (kind === 'HTTPRoute') return path?.value ?? '/';
  const call = method as unknown as { service?: string; method?: string } | undefined;
  return call?.service ? `/${call.service}${call.method ? `/${call.method}` : ''}` : '/';
}
