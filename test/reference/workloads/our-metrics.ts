import type { Pod } from '../../../src/sim/api/types/pod.js';
import type { ApiClient } from '../../../src/sim/client/client.js';
import { objectOf } from '../../../src/sim/client/create-client.js';
import { PODS } from '../../../src/sim/controllers/machinery/resource-types.js';
import type { HttpResponse } from '../../../src/sim/kernel/network.js';
import { answerMetrics, METRICS_APIS, type Measuring, metricsQuestion } from './measured.js';

/** A client that finds the APIs of metrics beside those of its server, with what is measured now. */
export function withMetrics(client: ApiClient, measuring: () => Measuring): ApiClient {
  return {
    ...client,
    *raw(request) {
      const question = metricsQuestion(request.target);
      if (question) {
        const { namespace, selector } = question;
        const pods = yield* client.list<Pod>(PODS, { namespace, labelSelector: selector || undefined });
        return responseOf(answerMetrics(question, pods.items, measuring()));
      }
      const response = yield* client.raw(request);
      const isPlain = request.headers?.['accept'] === 'application/json';
      return request.target === '/apis' && isPlain ? withGroups(response) : response;
    },
  };
}

function withGroups(response: HttpResponse): HttpResponse {
  const known = objectOf(response) as { groups: object[] };
  const added = METRICS_APIS.map(({ group, version }) => {
    const named = { groupVersion: `${group}/${version}`, version };
    return { name: group, versions: [named], preferredVersion: named };
  });
  const body = { ...known, groups: [...known.groups, ...added] };
  return response.object ? { ...response, object: body } : responseOf({ status: response.status, body });
}

function responseOf({ status, body }: { readonly status: number; readonly body: object }): HttpResponse {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: new TextEncoder().encode(JSON.stringify(body)) };
}
