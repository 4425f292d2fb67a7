/** `node scripts/run.mjs test/reference/custom/record-documents.ts`: what a real kube-apiserver's documents say of custom kinds. */
import { setTimeout as after } from 'node:timers/promises';
import { startRealServer } from '../real-server.js';
import { DOCUMENTED, ofGroup, PLACES, writeDocuments } from './custom-documents.js';

/** Documents are told a moment after their kinds. */
const SETTLING_MS = 6000;
const JSON_TYPE = { 'content-type': 'application/json' };
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

const server = await startRealServer();
try {
  for (const definition of DOCUMENTED) await server.send('POST', DEFINITIONS, JSON_TYPE, JSON.stringify(definition));
  await after(SETTLING_MS);
  const documents: Record<string, unknown> = {};
  for (const place of PLACES) documents[place] = JSON.parse((await server.send('GET', place, {})).text);
  documents['/openapi/v2'] = ofGroup((await server.send('GET', '/openapi/v2', {})).text);
  writeDocuments(documents);
} finally {
  await server.stop();
}
