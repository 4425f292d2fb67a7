import { textAnswer } from '../../images/web/answer.js';
import type { HttpRequest, HttpResponse } from '../../kernel/network.js';
import type { Micros } from '../../kernel/time.js';
import { chartFile } from './charts/repositories.js';
import { newestRelease, releaseAsset, repositoryFile } from './releases.js';

/** One computer of the internet: its addresses, the names in its certificate, and what it answers. */
export interface Site {
  readonly address: string;
  readonly names: readonly string[];
  answer(request: HttpRequest, now: Micros): HttpResponse;
}

const ASSETS_HOST = 'release-assets.githubusercontent.com';
/** Where GitHub keeps the assets of releases; the rest of the path tells them apart. */
const ASSETS_PATH = '/github-production-release-asset/';

/** The sites where add-ons' manifests are, as tasks and projects' pages name them. */
export const SITES: readonly Site[] = [
  { address: '140.82.121.4', names: ['github.com', 'www.github.com'], answer: github },
  {
    address: '185.199.108.133',
    names: ['*.githubusercontent.com', 'githubusercontent.com', '*.github.io'],
    answer: userContent,
  },
  { address: '104.18.20.86', names: ['charts.bitnami.com'], answer: charts },
  { address: '203.0.113.40', names: ['charts.example.com'], answer: charts },
];

/** github.com: assets of releases are elsewhere, and so are the files of repositories in the raw. */
function github(request: HttpRequest, now: Micros): HttpResponse {
  const path = pathOf(request);
  const newest = /^\/([^/]+\/[^/]+)\/releases\/latest\/download\/([^/]+)$/.exec(path);
  if (newest) {
    const [, project = '', file = ''] = newest;
    const version = newestRelease(project);
    if (version !== undefined)
      return moved(request, now, `https://github.com/${project}/releases/download/${version}/${file}`);
  }
  const asset = /^\/([^/]+\/[^/]+)\/releases\/download\/([^/]+)\/([^/]+)$/.exec(path);
  if (asset) {
    const [, project = '', version = '', file = ''] = asset;
    if (releaseAsset(project, version, file) !== undefined)
      return moved(request, now, `https://${ASSETS_HOST}${ASSETS_PATH}${project}/${version}/${file}`);
  }
  const raw = /^\/([^/]+\/[^/]+)\/(?:raw|blob)\/(.+)$/.exec(path);
  if (raw && path.includes('/raw/') && repositoryFile(`/${raw[1]}/${raw[2]}`) !== undefined)
    return moved(request, now, `https://raw.githubusercontent.com/${raw[1]}/${raw[2]}`);
  if (path === '/') return page(request, now, 200, 'GitHub');
  return textAnswer(now, request, 404, 'Not Found', { server: 'github.com' });
}

/** A repository of charts: its index and its archives. */
function charts(request: HttpRequest, now: Micros): HttpResponse {
  const file = chartFile(hostOf(request), pathOf(request));
  if (file === undefined) return page(request, now, 404, 'Not Found');
  if (typeof file === 'string') return textAnswer(now, request, 200, file, { 'content-type': 'text/yaml' });
  const { headers, ...answer } = textAnswer(now, request, 200, '', { 'content-type': 'application/gzip' });
  const body = request.method === 'HEAD' ? {} : { body: file };
  return { ...answer, headers: { ...headers, 'content-length': String(file.length) }, ...body };
}

function hostOf(request: HttpRequest): string {
  return (request.headers['host'] ?? '').replace(/:\d+$/, '').toLowerCase();
}

/** The hosts below githubusercontent.com: repositories' files and releases' assets; those below github.io have charts. */
function userContent(request: HttpRequest, now: Micros): HttpResponse {
  const path = pathOf(request);
  const host = hostOf(request);
  if (host.endsWith('.github.io')) return charts(request, now);
  if (host === 'raw.githubusercontent.com') {
    const text = repositoryFile(path);
    if (text === undefined) return textAnswer(now, request, 404, '404: Not Found');
    return textAnswer(now, request, 200, text, { 'cache-control': 'max-age=300' });
  }
  const [, project = '', version = '', file = ''] =
    new RegExp(`^${ASSETS_PATH}([^/]+/[^/]+)/([^/]+)/([^/]+)$`).exec(host === ASSETS_HOST ? path : '') ?? [];
  const asset = releaseAsset(project, version, file);
  if (asset === undefined) return page(request, now, 404, 'Site not found');
  return textAnswer(now, request, 200, asset, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename=${file}`,
  });
}

function pathOf({ target }: HttpRequest): string {
  return target.replace(/[?#].*$/, '');
}

function moved(request: HttpRequest, now: Micros, location: string): HttpResponse {
  return textAnswer(now, request, 302, '', { location, 'content-type': 'text/html; charset=utf-8' });
}

function page(request: HttpRequest, now: Micros, status: number, title: string): HttpResponse {
  const text = `<!DOCTYPE html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return textAnswer(now, request, status, text, { 'content-type': 'text/html; charset=utf-8' });
}
