import type { HttpRequest, HttpResponse, Message } from '../../kernel/network.js';

const CHECK = '/grpc.health.v1.Health/Check';
const NOT_FOUND = '5';
const UNIMPLEMENTED = '12';

/** What a member that serves says to those who ask for its health by gRPC (grpc.health.v1); all it has is one service. */
export function answerHealth({ target, object }: HttpRequest): Message & HttpResponse {
  if (target !== CHECK) return answer({ 'grpc-status': UNIMPLEMENTED, 'grpc-message': `unknown method ${target}` });
  const { service = '' } = (object ?? {}) as { service?: string };
  if (service !== '') return answer({ 'grpc-status': NOT_FOUND, 'grpc-message': 'unknown service' });
  return answer({ 'grpc-status': '0' }, { status: 'SERVING' });
}

function answer(headers: Record<string, string>, object?: unknown): Message & HttpResponse {
  return { kind: 'http-response', status: 200, headers: { 'content-type': 'application/grpc', ...headers }, object };
}
