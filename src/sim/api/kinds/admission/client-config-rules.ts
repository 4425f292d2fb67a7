/** Where a webhook is to be found (apiserver util/webhook). */
import { type FieldError, invalid, required } from '../../field-error.js';
import { dns1123Subdomain, portNumber } from '../../names.js';
import type { WebhookClientConfig, WebhookService } from '../../types/admission.js';

const FORM = '; desired format: https://host[/path]';

/** Either a URL or a service. */
export function validateClientConfig(path: string, { url, service }: WebhookClientConfig): FieldError[] {
  if ((url === undefined) === (service === undefined)) {
    return [required(path, 'exactly one of url or service is required')];
  }
  if (url !== undefined) return validateUrl(`${path}.url`, url);
  return service ? validateService(`${path}.service`, service) : [];
}

function validateUrl(path: string, url: string): FieldError[] {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url);
  const [, scheme = '', authority = '', , query = '', fragment = ''] = match ?? [];
  const at = authority.lastIndexOf('@');
  const host = authority.slice(at + 1);
  const errors: FieldError[] = [];
  if (scheme.toLowerCase() !== 'https') {
    errors.push(invalid(path, scheme.toLowerCase(), `'https' is the only allowed URL scheme${FORM}`));
  }
  if (host === '') errors.push(invalid(path, host, `host must be specified${FORM}`));
  if (at >= 0) errors.push(invalid(path, authority.slice(0, at), 'user information is not permitted in the URL'));
  if (fragment !== '') errors.push(invalid(path, fragment, 'fragments are not permitted in the URL'));
  if (query !== '') errors.push(invalid(path, query, 'query parameters are not permitted in the URL'));
  return errors;
}

function validateService(path: string, { name, namespace, path: url, port = 0 }: WebhookService): FieldError[] {
  const errors: FieldError[] = [];
  // The real server takes the one for the other here: a missing namespace is reported as a missing name.
  if (!namespace) errors.push(required(`${path}.name`));
  if (!name) errors.push(required(`${path}.namespace`));
  const wrong = portNumber(port);
  if (wrong.length > 0) errors.push(invalid(`${path}.port`, port, `port is not valid: ${wrong.join(', ')}`));
  if (url === undefined || url === '' || url === '/') return errors;
  const refuse = (words: string) => errors.push(invalid(`${path}.path`, url, words));
  if (url === '//') {
    refuse('segment[0] may not be empty');
    return errors;
  }
  if (!url.startsWith('/')) refuse("must start with a '/'");
  const steps = url.slice(1).replace(/\/$/, '').split('/');
  steps.forEach((step, index) => {
    if (step === '') refuse(`segment[${index}] may not be empty`);
    else for (const words of dns1123Subdomain(step)) refuse(`segment[${index}]: ${words}`);
  });
  return errors;
}
