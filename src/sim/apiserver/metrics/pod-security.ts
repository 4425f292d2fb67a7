import { Counter } from './counter.js';

const OPERATIONS = ['create', 'update'];

/** Counters of Pod Security, with the series that every server has from its start (pod-security-admission/metrics). */
export class PodSecurityCounters {
  readonly errors = new Counter(
    'pod_security_errors_total',
    '[ALPHA] Number of errors preventing normal evaluation. Non-fatal errors may result in the latest restricted profile being used for evaluation.',
  );
  readonly evaluations = new Counter(
    'pod_security_evaluations_total',
    '[ALPHA] Number of policy evaluations that occurred, not counting ignored or exempt requests.',
    OPERATIONS.map((operation) => ({
      decision: 'allow',
      mode: 'enforce',
      policy_level: 'privileged',
      policy_version: 'latest',
      request_operation: operation,
      resource: 'pod',
      subresource: '',
    })),
  );
  readonly exemptions = new Counter(
    'pod_security_exemptions_total',
    '[ALPHA] Number of exempt requests, not counting ignored or out of scope requests.',
    ['pod', 'controller'].flatMap((resource) =>
      OPERATIONS.map((operation) => ({ request_operation: operation, resource, subresource: '' })),
    ),
  );
}
