import { bodyOf, warningsIn } from '../api-answer.js';
import type { ApiRequest, ApiResponse } from '../port.js';
import type { FarResponse, FarServer } from '../workstation/far-server.js';

/** As long as the simulated cluster waits. */
const TIMEOUT_SECONDS = 30;
/** Of one answer. */
const BYTES_MAX = 64 * 1024 * 1024;

/** Makes an API request and waits for the whole of its answer; status 0 when nobody gives one in time. */
export function askServer(far: FarServer, request: ApiRequest, signal?: AbortSignal): Promise<ApiResponse> {
  const { method, path } = request;
  const body = request.body === undefined ? undefined : Buffer.from(JSON.stringify(request.body));
  return new Promise((resolve) => {
    let answer: FarResponse | undefined;
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    const unanswered = (error: string): void => done({ status: 0, body: undefined, error });
    const timer = setTimeout(() => giveUp(`no answer within ${TIMEOUT_SECONDS} s`), TIMEOUT_SECONDS * 1000);
    const aborted = (): void => giveUp('it was interrupted');
    const exchange = far.exchange(
      { method, path, headers: headersFor(request), body },
      {
        response(response, streaming) {
          answer = response;
          if (response.body) pieces.push(response.body);
          if (!streaming) done(whole(response, pieces));
        },
        chunk(_stream, piece) {
          bytes += piece.length;
          if (bytes > BYTES_MAX) giveUp(`the answer is longer than ${BYTES_MAX / 1024 / 1024} MiB`);
          else pieces.push(piece);
        },
        end: (error) => (answer && error === undefined ? done(whole(answer, pieces)) : unanswered(error ?? 'EOF')),
      },
    );
    signal?.addEventListener('abort', aborted);
    if (signal?.aborted) aborted();

    function giveUp(error: string): void {
      exchange.disconnect();
      unanswered(error);
    }

    function done(response: ApiResponse): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', aborted);
      resolve(response);
    }
  });
}

/** Headers of a request by the administrator, or by whom the administrator acts as. */
function headersFor({ body, contentType, as }: ApiRequest): Record<string, string> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (as) headers['impersonate-user'] = as.user;
  if (as?.groups && as.groups.length > 0) headers['impersonate-group'] = as.groups.join('\n');
  if (body !== undefined) headers['content-type'] = contentType ?? 'application/json';
  return headers;
}

function whole({ status, headers }: FarResponse, pieces: readonly Uint8Array[]): ApiResponse {
  const warnings = warningsIn(headers['warning']);
  const text = Buffer.concat(pieces).toString('utf8');
  const body = pieces.length === 0 ? undefined : bodyOf(text, headers['content-type']);
  return { status, body, ...(warnings.length === 0 ? {} : { warnings }) };
}
