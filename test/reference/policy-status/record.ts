/**
 * Records what a real kube-controller-manager finds in the types of policies:
 * `node scripts/run.mjs test/reference/policy-status/record.ts`.
 */
import { writeFileSync } from 'node:fs';
import { setTimeout as after } from 'node:timers/promises';
import { REFERENCE_VERSION, startRealServer } from '../real-server.js';
import { maskedStatus, POLICY_CASES, policyOf, WIDGETS } from './cases.js';

const SETTLE_MS = 8000;
const POLICIES = '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';
const JSON_TYPE = { 'content-type': 'application/json' };

const server = await startRealServer({ controllers: ['--controllers=validatingadmissionpolicy-status-controller'] });
try {
  const definitions = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  await server.send('POST', definitions, JSON_TYPE, JSON.stringify(WIDGETS));
  await after(SETTLE_MS);
  for (const one of POLICY_CASES) {
    const answer = await server.send('POST', POLICIES, JSON_TYPE, JSON.stringify(policyOf(one)));
    if (answer.status >= 300) console.error(`${one.name}: ${answer.text}`);
  }
  await after(SETTLE_MS);
  const rows: string[] = [];
  for (const { name } of POLICY_CASES) {
    const answer = await server.send('GET', `${POLICIES}/${name}`, {});
    const { status, metadata } = JSON.parse(answer.text) as {
      status?: unknown;
      metadata: { managedFields?: object[] };
    };
    rows.push(JSON.stringify({ name, status: maskedStatus(status) }));
    if (name === 'e-fine' || name === 'messages') console.error(JSON.stringify(metadata.managedFields));
  }
  const head = JSON.stringify({ server: `kube-controller-manager ${REFERENCE_VERSION}` });
  writeFileSync(new URL('../recorded/policy-status.jsonl', import.meta.url), `${head}\n${rows.join('\n')}\n`);
} finally {
  await server.stop();
}
