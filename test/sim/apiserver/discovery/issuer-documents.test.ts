import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { issuerDocuments } from '../../../../src/sim/apiserver/discovery/issuer-documents.js';
import { decodeText } from '../../../../src/sim/kernel/bytes.js';
import { testServer } from '../harness.js';

const ISSUER = 'https://kubernetes.default.svc.cluster.local';
/** What kube-apiserver v1.36.0 told of an RSA and a P-256 key. */
const KEYS =
  '{"keys":[{"use":"sig","kty":"RSA","kid":"7OXVg8eSqCugteQtZ3xh6Zo7pUYcvJWuBuvG6ukvFTc","alg":"RS256","n":"0QTpk4zMvnTOU1HnOPYkLzM195-OaSeoH4UlfrKTG--tiFDVLJSpSd1cTa_YiPOgF3r6IUk8qxYKCwYSByZd2KxYSrhmderTgO_CChIJUPdF9nl4XW4I_UWi47lVAsHyi3RNSTTS2u35zLG9VVlt5z4ghDjv4CaUZDcgGnHNGfAfK0XkeZPQ_uVQs62MrRLYJ0HWuPEvsd91soYEZWni8Hsdz12t2nl-ZhTEw3RRKWqM_qD1kKRa_87uiiuFtGhIywyER2Hz68Uw8S3sHy-RCR7jjPBNPWG0fXxMsKwmVMcLGL43aTWiykkUGhYrlZCo5G7A8Wo8U-THefx6aQx_Ow","e":"AQAB"},{"use":"sig","kty":"EC","kid":"hB7nnwWcv8cur0ca5JMB1B9gEEn6WwvfvhCXpCcSFlg","crv":"P-256","alg":"ES256","x":"TAadXEn6fmns0oxzc-eIuenuwOBY6nRKzc2jN99yrag","y":"6JRZy5kza-wXUJ_3UjzSMSHSvk_ZjFiV5NhMzzr2ZZE"}]}';
const CONFIGURATION =
  '{"issuer":"https://kubernetes.default.svc.cluster.local","jwks_uri":"https://192.0.2.2:28443/openid/v1/jwks","response_types_supported":["id_token"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["ES256","RS256"]}';

const given = (JSON.parse(KEYS) as { keys: JsonWebKey[] }).keys.map((key) => createPublicKey({ key, format: 'jwk' }));
const issuer = issuerDocuments(ISSUER, 'https://192.0.2.2:28443/openid/v1/jwks', given);
const server = testServer(issuer ? { issuer } : {});
const ask = (target: string, method = 'GET', accept = '*/*') => server.request({ method, target, headers: { accept } });

describe("the documents of the tokens' issuer, as kube-apiserver v1.36.0 tells them", () => {
  test.each([
    ['/openid/v1/jwks', KEYS, 'application/jwk-set+json'],
    ['/openid/v1/jwks/', KEYS, 'application/jwk-set+json'],
    ['/.well-known/openid-configuration', CONFIGURATION, 'application/json'],
  ])('%s', (target, text, type) => {
    const { status, headers, body } = ask(target);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, type, 'public, max-age=3600']);
    expect(decodeText(body as Uint8Array)).toBe(text);
  });

  test.each([
    ['POST', 'application/json', 405, 'the server does not allow this method on the requested resource'],
    ['HEAD', 'application/json', 405, ''],
    ['GET', 'text/html', 406, '406: Not Acceptable\\n\\nAvailable representations: application/jwk-set+json'],
  ])('%s of the keys as %s is refused', (method, accept, status, words) => {
    const answer = ask('/openid/v1/jwks', method, method === 'GET' ? accept : `${accept}, */*`);
    expect(answer.status).toBe(status);
    if (words !== '') expect(decodeText(answer.body as Uint8Array)).toContain(words);
  });

  test('they are among the paths that are told, and nowhere with an issuer that OpenID does not allow', () => {
    const paths = '"/.well-known/openid-configuration"';
    expect(decodeText(ask('/').body as Uint8Array)).toContain(paths);
    for (const url of ['http://issuer', 'https://issuer?a=b', 'https://issuer#a', 'nonsense']) {
      expect(issuerDocuments(url, '', given)).toBeUndefined();
    }
    const other = testServer();
    expect(other.request({ target: '/openid/v1/jwks' }).status).toBe(404);
    expect(decodeText(other.request({ target: '/' }).body as Uint8Array)).not.toContain(paths);
  });
});
