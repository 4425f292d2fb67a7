import type { FarRequest, FarServer } from '../workstation/far-server.js';
import { statusAnswer } from '../workstation/status-answer.js';
import { refusalOfFence, type Territory } from './fence.js';

/** The API of a person's cluster as what a lab says may ask it: what the fence refuses is forbidden, in the API's form. */
export function fencedServer(far: FarServer, territory: () => Territory): FarServer {
  return {
    exchange(request, hears) {
      const reason = refusal(request, territory());
      if (reason === undefined) return far.exchange(request, hears);
      hears.response(statusAnswer(403, 'Forbidden', reason), false);
      return { frame() {}, disconnect() {} };
    },
  };
}

const ONLY_JSON = `only JSON is written on somebody's own cluster`;
/** Bodies that a server reads as the JSON they are here; of others nobody knows what it makes of them. */
const JSON_TYPES = /^application\/(?:json|[a-z-]+\+json|(?:apply-patch\+)?yaml) *(?:;|$)/i;

function refusal({ method, path, headers, body }: FarRequest, territory: Territory): string | undefined {
  if (body === undefined || body.length === 0) return refusalOfFence({ method, path }, territory);
  if (!JSON_TYPES.test(headers['content-type'] ?? 'application/json')) return ONLY_JSON;
  if (headers['content-encoding'] !== undefined) return ONLY_JSON;
  try {
    return refusalOfFence({ method, path, body: JSON.parse(Buffer.from(body).toString('utf8')) }, territory);
  } catch {
    // What cannot be read cannot be judged.
    return ONLY_JSON;
  }
}
