/** What matters of an answer: a refusal word for word, what a review says, else only that it was let through. */
export interface Answer {
  readonly id: string;
  readonly status: number | 'let through';
  readonly body?: unknown;
}

/** Chapters in which rights are asked about again after the request was let through. */
const WHOLE = /^(?:reviews|roles|bindings|rules|self) /;

/** Boils an answer down. */
export function answerOf(id: string, status: number, body: unknown): Answer {
  const refused = status === 401 || status === 403;
  const own = body as { kind?: string; status?: unknown };
  if (!refused && !WHOLE.test(id)) return { id, status: 'let through' };
  if (refused || own.kind === 'Status') return { id, status, body };
  if (id.startsWith('rules ')) return { id, status, body: inOrder(own.status as RulesStatus) };
  return /^(?:reviews|self) /.test(id) ? { id, status, body: settled(own.status) } : { id, status };
}

interface RulesStatus {
  readonly resourceRules: readonly unknown[];
  readonly nonResourceRules: readonly unknown[];
}

/** The real server has no order of its own in these: it goes through a map of bindings. */
function inOrder(status: RulesStatus): unknown {
  const sorted = (rules: readonly unknown[]) => rules.map((rule) => JSON.stringify(rule)).sort();
  return { ...status, resourceRules: sorted(status.resourceRules), nonResourceRules: sorted(status.nonResourceRules) };
}

/** Of several bindings that allow the same the real server names any; those of everybody and of the scheduler overlap. */
function settled(status: unknown): unknown {
  const { reason = '' } = status as { reason?: string };
  const overlapping = /"system:(?:discovery|public-info-viewer|kube-scheduler|volume-scheduler)"/.test(reason);
  return overlapping ? { ...(status as object), reason: 'RBAC: allowed by one of several' } : status;
}
