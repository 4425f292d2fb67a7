import { describe, expect, it } from 'vitest';
import type { TestServer } from '../../sim/apiserver/harness.js';
import { answered, ourServer } from '../our-server.js';
import { DOCUMENTED, ofGroup, PLACES, readDocuments } from './custom-documents.js';

function ask(server: TestServer, target: string, method = 'GET', body?: object): unknown {
  const request = { id: target, kind: '', method, target };
  return answered(server, request, body && JSON.stringify(body)).body;
}

/** The schemas of the kinds themselves: what `kubectl explain` tells of them. */
function schemasOf(document: unknown): unknown {
  const { components } = document as { components: { schemas: Record<string, unknown> } };
  return Object.fromEntries(Object.entries(components.schemas).filter(([name]) => name.startsWith('com.example')));
}

describe('documents of custom kinds as kube-apiserver v1.36.0 has them', () => {
  const real = readDocuments();
  const server = ourServer();
  for (const definition of DOCUMENTED) {
    ask(server, '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', 'POST', definition);
  }

  it.each(PLACES)('%s', (place) => {
    expect(schemasOf(ask(server, place))).toEqual(schemasOf(real[place]));
  });

  it('/openapi/v2', () => {
    const ours = ofGroup(JSON.stringify(ask(server, '/openapi/v2'))) as { definitions: unknown };
    expect(ours.definitions).toEqual((real['/openapi/v2'] as typeof ours).definitions);
  });
});
