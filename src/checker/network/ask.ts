import type { Prober } from '../probe-pods.js';
import { hasNone, runThere } from './run.js';
import { type Answered, MARK, readCurl, readWget } from './web-answer.js';
import type { Asked, WebRequest } from './web-request.js';

const TIMEOUT_SECONDS = 5;

/** Asks once from somewhere, with curl or else with what busybox's wget can do. */
export async function ask(prober: Prober, request: WebRequest, asked: Asked): Promise<Answered> {
  const seconds = secondsOf(request) + 10;
  const byCurl = await runThere(prober, curlLine(request, asked), seconds);
  if (byCurl) return readCurl(byCurl);
  const argv = wgetLine(request, asked);
  const byWget = argv && (await runThere(prober, argv, seconds));
  if (!byWget) throw hasNone(prober, argv ? 'curl or wget' : 'curl');
  return readWget(byWget, request.follow === true);
}

/** How long a request waits for its answer. */
export function secondsOf({ timeout_seconds: seconds = TIMEOUT_SECONDS }: WebRequest): number {
  return seconds;
}

/** curl's command line. A certificate is shown whoever signed it: whether it is right is for the check to say. */
export function curlLine(request: WebRequest, { url, connectTo }: Asked): readonly string[] {
  const { method, headers = {}, body, follow = false } = request;
  return [
    ...['curl', '-s', '-S', '-i', '-k', '-m', String(secondsOf(request))],
    ...(method === 'HEAD' ? ['-I'] : method === undefined ? [] : ['-X', method]),
    ...(follow ? ['-L'] : []),
    ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
    ...(body === undefined ? [] : ['--data-raw', body]),
    ...(connectTo === undefined ? [] : ['--connect-to', `::${connectTo}`]),
    ...['-w', `\\n${MARK}%{certs}`, url],
  ];
}

/** The same for busybox's wget; undefined for what it cannot do. */
export function wgetLine(request: WebRequest, { url, connectTo, host }: Asked): readonly string[] | undefined {
  const { method, headers, body } = request;
  const usual = body === undefined ? 'GET' : 'POST';
  const target = new URL(url);
  if ((method ?? usual) !== usual || (target.protocol === 'https:' && host !== undefined)) return undefined;
  const sent = { ...headers, ...(host === undefined ? {} : { Host: host }) };
  const really = connectTo === undefined ? url : `http://${connectTo}${target.pathname}${target.search}`;
  return [
    ...['wget', '-S', '-q', '-O', '-', '-T', String(secondsOf(request))],
    ...Object.entries(sent).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    ...(body === undefined ? [] : ['--post-data', body]),
    really,
  ];
}
