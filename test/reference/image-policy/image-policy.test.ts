import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { admissionChain } from '../../../src/sim/apiserver/admission/chain.js';
import { readAdmissionConfiguration } from '../../../src/sim/apiserver/admission/configuration.js';
import { auditLog } from '../../../src/sim/apiserver/audit/audit-log.js';
import { readAuditPolicy } from '../../../src/sim/apiserver/audit/policy.js';
import { type RemoteSys, readRemote } from '../../../src/sim/apiserver/command/remote.js';
import { withDeadline } from '../../../src/sim/apiserver/outgoing/deadline.js';
import type { OutgoingAccess } from '../../../src/sim/apiserver/outgoing/outgoing-access.js';
import { dialError } from '../../../src/sim/client/go-errors.js';
import { answerReview } from '../../../src/sim/images/admission-webhook/answer.js';
import { readRules } from '../../../src/sim/images/admission-webhook/rules.js';
import { decodeText, encodeText } from '../../../src/sim/kernel/bytes.js';
import type { FileStat } from '../../../src/sim/kernel/files.js';
import { createRandom } from '../../../src/sim/kernel/random.js';
import { MILLISECOND, SECOND } from '../../../src/sim/kernel/time.js';
import type { TestServer } from '../../sim/apiserver/harness.js';
import { masked } from '../masked.js';
import { answered, ourServer } from '../our-server.js';
import {
  configuration,
  kept,
  kubeconfig,
  ownAnnotations,
  PORTS,
  type Row,
  RULES,
  SCENES,
  type Scene,
  SET_UP,
} from './steps.js';

const [head, ...lines] = readFileSync(new URL('../recorded/image-policy.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const recorded = new Map(lines.map((line) => JSON.parse(line) as Row).map((row) => [row.id, row]));

interface Judged {
  readonly server: TestServer;
  /** What the judge was asked since somebody looked last. */
  reviews: unknown[];
  annotations: Record<string, string>;
}

/** Our server, whose images are judged by the rules of the recording. */
function judged(scene: Scene): Judged {
  const files = { readFile: () => encodeText(kubeconfig(scene, '')), stat: () => ({}) as FileStat };
  const sys: RemoteSys = { ...files, environment: new Map(), directory: () => '/' };
  const file = readAdmissionConfiguration(
    '/config.yaml',
    () => configuration(scene),
    (path) => readRemote(sys, path),
  );
  const outgoing: OutgoingAccess = {
    request: (call) =>
      withDeadline(
        (function* () {
          const { port, host, pathname, search } = new URL(call.url);
          if (port === String(PORTS.nobody)) throw dialError('ECONNREFUSED', host);
          const review: unknown = JSON.parse(decodeText(call.body ?? new Uint8Array()));
          own.reviews.push({ target: `${pathname}${search}`, review });
          const answer = answerReview(readRules(RULES), pathname, review);
          const until = own.server.clock + (answer?.delayMillis ?? 0) * MILLISECOND;
          while (own.server.clock < until) yield { until };
          const headers = { 'content-type': answer?.contentType ?? 'text/plain' };
          return { status: answer?.status ?? 400, headers, body: encodeText(answer?.body ?? '') };
        })(),
        () => own.server.clock,
        call.deadline,
      ),
  };
  const policy = readAuditPolicy('apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n');
  const write = (line: string) => {
    own.annotations = ownAnnotations((JSON.parse(line) as { annotations?: Record<string, string> }).annotations);
  };
  const audit = auditLog({ policy, format: 'json', now: () => 0, random: createRandom('audit'), write });
  const admission = admissionChain(['ImagePolicyWebhook'], [], file);
  const own: Judged = { server: ourServer({ admission, audit, outgoing }), reviews: [], annotations: {} };
  for (const request of SET_UP) answered(own.server, request, JSON.stringify(request.body));
  return own;
}

function played(scene: Scene): Row[] {
  const own = judged(scene);
  return scene.steps.map((request) => {
    own.reviews = [];
    const answer = answered(own.server, request, JSON.stringify(request.body));
    const { status, body } = masked(request, answer.status, kept(answer.body));
    const { reviews, annotations } = own;
    return JSON.parse(
      JSON.stringify({ id: `${scene.name}: ${request.id}`, status, body, reviews, annotations }),
    ) as Row;
  });
}

describe(`images judged as ${(JSON.parse(head as string) as { server: string }).server} has them judged`, () => {
  const rows = SCENES.flatMap(played);

  test('all that was recorded is compared', () => {
    expect(rows.map(({ id }) => id)).toEqual([...recorded.keys()]);
  });

  test.each(rows.map((row) => [row.id, row] as const))('%s', (id, row) => {
    expect(row).toEqual(recorded.get(id));
  });
});

describe('what was said is believed for a while', () => {
  const [scene] = SCENES as [Scene, ...Scene[]];
  const step = (id: string) => scene.steps.find((one) => one.id === id) as Scene['steps'][number];

  test.each([
    ['a yes', 'good', 'allowTTL: 60', 60],
    ['a no', 'bad', 'denyTTL: 45', 45],
    ['a yes, of no setting', 'good', '', 300],
    ['a no, of no setting', 'bad', '', 30],
  ])('%s', (_what, id, settings, seconds) => {
    const own = judged({ ...scene, settings: `defaultAllow: false${settings ? `, ${settings}` : ''}` });
    const { body, ...request } = step(id);
    const asked = (name: string) => {
      const pod = { ...(body as object), metadata: { name } };
      answered(own.server, request, JSON.stringify(pod));
      return own.reviews.length;
    };
    expect(asked('first')).toBe(1);
    own.server.clock += (seconds - 1) * SECOND;
    expect(asked('second')).toBe(1);
    own.server.clock += 2 * SECOND;
    expect(asked('third')).toBe(2);
  });

  test('the pauses between tries grow by half', () => {
    const own = judged({ ...scene, settings: 'retryBackoff: 1000, defaultAllow: false' });
    const before = own.server.clock;
    const request = step('answers status-500');
    answered(own.server, request, JSON.stringify(request.body));
    const seconds = (own.server.clock - before) / SECOND;
    expect(own.reviews.length).toBe(5);
    expect(seconds).toBeGreaterThanOrEqual(1 + 1.5 + 2.25 + 3.375);
    expect(seconds).toBeLessThan(1.2 * (1 + 1.5 + 2.25 + 3.375));
  });
});
