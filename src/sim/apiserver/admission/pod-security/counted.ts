import { VERSION_INFO } from '../../../api/version.js';
import type { CounterLabels } from '../../metrics/counter.js';
import type { AdmissionRequest } from '../admission.js';
import { LATEST, type LevelVersion, minorOf, type Policy } from './levels.js';

/** Counts one judgement of a pod, or of what pods are made from. */
export function countEvaluation(
  request: AdmissionRequest,
  mode: keyof Policy,
  policy: LevelVersion,
  decision: 'allow' | 'deny',
): void {
  const { level } = policy;
  const labels = { decision, mode, policy_level: level, policy_version: versionLabel(policy), ...labelsOf(request) };
  request.parts.metrics?.podSecurity.evaluations.count(labels);
}

/** Counts a request that was not judged, because of who asked or where. */
export function countExemption(request: AdmissionRequest): void {
  request.parts.metrics?.podSecurity.exemptions.count(labelsOf(request));
}

/** Counts what kept from judging (`fatal`), or from judging by what was asked for. */
export function countError(request: AdmissionRequest, fatal: boolean): void {
  request.parts.metrics?.podSecurity.errors.count({ fatal: String(fatal), ...labelsOf(request) });
}

/** What is privileged is the same in all versions; versions to come are not told apart. */
function versionLabel({ level, version }: LevelVersion): string {
  if (version === LATEST || level === 'privileged') return LATEST;
  return minorOf(version) > Number(VERSION_INFO.minor) ? 'future' : version;
}

function labelsOf({ operation, kind, subresource }: AdmissionRequest): CounterLabels {
  const resource = kind.group === '' && kind.kind === 'Pod' ? 'pod' : 'controller';
  return { request_operation: operation.toLowerCase(), resource, subresource };
}
