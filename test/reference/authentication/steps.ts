import type { Step } from '../by-hand/sequence.js';
import { get, post, put } from '../by-hand/steps.js';

type Headers = Readonly<Record<string, string>>;

/** Names, among the headers, the client certificate that a request is made with; it is not sent. */
export const CERTIFICATE_HEADER = 'x-certificate';
/** Nobody's request. */
export const NOBODY: Headers = { authorization: '' };

/** With a client certificate. */
export function certificate(name: string): Headers {
  return { ...NOBODY, [CERTIFICATE_HEADER]: name };
}

/** With a bearer token. */
export function token(text: string): Headers {
  return { authorization: `Bearer ${text}` };
}

/** The token that an earlier step's TokenRequest was answered with. */
export function tokenOf(step: string): Headers {
  return token(`{${step}/status/token}`);
}

/** The same step, made by somebody else than the administrator. */
export function as(headers: Headers, step: Step): Step {
  return { ...step, headers: { ...step.headers, ...headers } };
}

/** Who am I to the server? */
export function whoami(does: string, headers: Headers): Step {
  const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  return as(headers, post(does, '/apis/authentication.k8s.io/v1/selfsubjectreviews', review));
}

/** Whose token is this? */
export function tokenReview(does: string, text: string, audiences?: readonly string[]): Step {
  return post(does, '/apis/authentication.k8s.io/v1/tokenreviews', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenReview',
    spec: { token: text, ...(audiences ? { audiences } : {}) },
  });
}

/** A token for an account of the namespace. */
export function tokenRequest(does: string, spec: object = {}, account = 'default', metadata?: object): Step {
  return post(does, `/api/v1/namespaces/NS/serviceaccounts/${account}/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    ...(metadata ? { metadata } : {}),
    spec,
  });
}

export { get, post, put };
