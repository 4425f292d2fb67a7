import { masked } from '../masked.js';
import type { SceneRequest } from './scene.js';

/** An answer as it is recorded: all of a refusal, and of an object what admission can have to do with. */
export interface Row {
  readonly id: string;
  readonly status: number;
  readonly body: unknown;
  readonly warnings?: string;
}

/** What an answer comes to. */
export function rowOf(request: SceneRequest, status: number, body: unknown, warnings = ''): Row {
  const answer = masked(request, status, body, warnings);
  const told = answer.body as { kind?: string; message?: string; metadata?: object; spec?: object; status?: object };
  const shown = told.kind === 'Status' ? { ...told, message: inOrder(told.message ?? '') } : brief(told);
  return { id: request.id, status, body: shown, ...(answer.warnings ? { warnings: answer.warnings } : {}) };
}

function brief({
  kind,
  metadata = {},
  spec,
  status,
}: {
  kind?: string;
  metadata?: object;
  spec?: object;
  status?: object;
}) {
  const { annotations, labels, name } = metadata as Record<string, unknown>;
  return { kind, name, annotations, labels, spec, ...(kind === 'ResourceQuota' ? { status } : {}) };
}

/** The bounds of a range that are broken come in the order of a Go map: in any. */
function inOrder(message: string): string {
  const list = /^(.*?: )\[(.*)\]$/s.exec(message);
  if (!list) return message;
  const parts = (list[2] as string).split(/, (?=minimum |maximum |\S+ max limit)/);
  return `${list[1]}[${parts.sort().join(', ')}]`;
}
