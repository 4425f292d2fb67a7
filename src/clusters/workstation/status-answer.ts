import type { FarResponse } from '../sim/sim-cluster.js';

/** A refusal as an API server writes it. */
export function statusAnswer(code: number, reason: string, message: string, details?: object): FarResponse {
  const status = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason };
  const body = { ...status, ...(details ? { details } : {}), code };
  return { status: code, headers: { 'content-type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) };
}
