import type { FarRequest, FarServer } from '../workstation/far-server.js';
import { refusalOfFence, type Territory } from './fence.js';

/** The API of a person's cluster as what a lab says may ask it: what the fence refuses is forbidden, in the API's form. */
export function fencedServer(far: FarServer, territory: () => Territory): FarServer {
  return {
    exchange(request, hears) {
      const reason = refusal(request, territory());
      if (reason === undefined) return far.exchange(request, hears);
      const body = {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: reason,
        reason: 'Forbidden',
        code: 403,
      };
      const bytes = Buffer.from(JSON.stringify(body));
      hears.response({ status: 403, headers: { 'content-type': 'application/json' }, body: bytes }, false);
      return { frame() {}, disconnect() {} };
    },
  };
}

function refusal({ method, path, body }: FarRequest, territory: Territory): string | undefined {
  if (body === undefined || body.length === 0) return refusalOfFence({ method, path }, territory);
  try {
    return refusalOfFence({ method, path, body: JSON.parse(Buffer.from(body).toString('utf8')) }, territory);
  } catch {
    // What cannot be read cannot be judged.
    return `only JSON is written on somebody's own cluster`;
  }
}
