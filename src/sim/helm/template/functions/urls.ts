import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { goFunction } from '../../../api/go-template/go-types.js';
import { type GoData, typeOfData } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { parseUrl, type Url, urlText, userText } from '../formats/go-url.js';

type Dict = { [key: string]: GoData };

/** Sprig's functions of addresses. */
export const URL_FUNCTIONS: FunctionTable = {
  urlJoin: goFunction('(map[string]any) string', urlJoin),
  urlParse: goFunction('(string) map[string]any', (text: string) => {
    const url = parse(text, 'unable to parse url');
    return {
      fragment: url.fragment,
      host: url.host,
      hostname: url.host.startsWith('[') ? url.host.slice(1, url.host.indexOf(']')) : url.host.replace(/:\d*$/, ''),
      opaque: url.opaque,
      path: url.path,
      query: url.query,
      scheme: url.scheme,
      userinfo: url.user === undefined ? '' : userText(url.user),
    };
  }),
};

function parse(text: string, before: string): Url {
  const url = parseUrl(text);
  if (typeof url === 'string') throw new TemplateError(`${before}: ${url}`);
  return url;
}

function urlJoin(dict: Dict): string {
  const part = (key: string): string => partOf(dict, key);
  const [scheme, host, path, query, opaque] = ['scheme', 'host', 'path', 'query', 'opaque'].map(part) as [
    string,
    string,
    string,
    string,
    string,
  ];
  const fragment = part('fragment');
  const userinfo = part('userinfo');
  const user = userinfo === '' ? undefined : parse(`proto://${userinfo}@host`, 'unable to parse userinfo in dict').user;
  return urlText({ scheme, host, path, query, opaque, fragment, user });
}

function partOf(dict: Dict, key: string): string {
  if (!Object.hasOwn(dict, key)) return '';
  const value = dict[key];
  if (typeof value === 'string') return value;
  const kind = typeOfData(value)?.kind;
  if (kind === undefined) throw new TemplateError('runtime error: invalid memory address or nil pointer dereference');
  throw new TemplateError(`unable to parse ${key} key, must be of type string, but ${kind} found`);
}
