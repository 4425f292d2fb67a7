/** What client-go makes of a refusal that is no Status (apimachinery, NewGenericServerResponse). */
import { goQuote } from '../api/go-text.js';
import type { Status } from '../api/status.js';
import { decodeText } from '../kernel/bytes.js';
import type { HttpResponse } from '../kernel/network.js';

const REFUSALS: Readonly<Record<number, readonly [reason: string, message: string]>> = {
  400: ['BadRequest', 'the server rejected our request for an unknown reason'],
  401: ['Unauthorized', 'the server has asked for the client to provide credentials'],
  404: ['NotFound', 'the server could not find the requested resource'],
  405: ['MethodNotAllowed', 'the server does not allow this method on the requested resource'],
  409: ['Conflict', 'the server reported a conflict'],
  422: ['Invalid', 'the server rejected our request due to an error in our request'],
  429: ['TooManyRequests', 'the server has received too many requests and has asked us to try again later'],
  503: ['ServiceUnavailable', 'the server is currently unable to handle the request'],
  504: [
    'Timeout',
    'the server was unable to return a response in the time allotted, but may still be processing the request',
  ],
};

/** The Status a client shows where the server, or somebody between, sent other words or none. */
export function wordlessRefusal(response: HttpResponse): Status {
  const { status: code } = response;
  const said = serverWords(response);
  const [reason, message] = REFUSALS[code] ?? otherRefusal(code, said);
  const details = { causes: [{ reason: 'UnexpectedServerResponse', message: said }] };
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, details, code };
}

/** Refusals that repeat what the server said, and those that have no words of their own. */
function otherRefusal(code: number, said: string): readonly [string, string] {
  if (code === 403) return ['Forbidden', said];
  if (code === 406)
    return [
      'NotAcceptable',
      said === '' || said === 'unknown'
        ? 'the server was unable to respond with a content type that the client supports'
        : said,
    ];
  if (code === 415) return ['UnsupportedMediaType', said];
  if (code >= 500)
    return ['InternalError', `an error on the server (${goQuote(said)}) has prevented the request from succeeding`];
  return ['Unknown', `the server responded with the status code ${code} but did not return more information`];
}

/** The body where it is called text, or nothing. */
function serverWords({ headers, body }: HttpResponse): string {
  const isText = headers['content-type']?.startsWith('text/') ?? true;
  return isText ? decodeText(body ?? new Uint8Array()).trim() : 'unknown';
}
