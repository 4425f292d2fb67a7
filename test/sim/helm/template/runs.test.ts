import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { goInt64 } from '../../../../src/sim/api/go-template/go-values.js';
import { TemplateError } from '../../../../src/sim/api/go-template/template-error.js';
import { bcryptHash } from '../../../../src/sim/helm/template/crypto/bcrypt.js';
import { renderTemplates } from '../../../../src/sim/helm/template/render.js';
import type { TemplateHooks } from '../../../../src/sim/helm/template/render-request.js';
import { valuesOf } from '../../../../src/sim/helm/template/top.js';
import { createRandom } from '../../../../src/sim/kernel/random.js';

const basePath = 'c/templates';

interface Run {
  readonly files: Readonly<Record<string, string>>;
  readonly values?: { [key: string]: unknown };
  readonly hooks?: Partial<TemplateHooks>;
  readonly strict?: boolean;
  readonly lint?: boolean;
}

/** Several files of one chart. */
function run({ files, values = {}, hooks = {}, ...rest }: Run): Record<string, string> {
  const random = createRandom('runs');
  const top = { Values: valuesOf(values) };
  const rendered = renderTemplates({
    templates: Object.entries(files).map(([name, text]) => ({ name: `c/templates/${name}`, text, basePath, top })),
    hooks: { now: () => 1_700_000_000_000_000, random: (count) => random.bytes(count), ...hooks },
    ...rest,
  });
  return Object.fromEntries([...rendered].map(([name, text]) => [name.replace('c/templates/', ''), text]));
}

function one(text: string, rest: Omit<Run, 'files'> = {}): string {
  return run({ files: { 'x.yaml': text }, ...rest })['x.yaml'] ?? '';
}

describe('the files of a chart', () => {
  it('are read deeper ones first, and those whose names begin with _ are not rendered', () => {
    const files = {
      'a.yaml': '{{ define "who" }}a{{ end }}{{ template "who" }}',
      'z.yaml': '{{ define "who" }}z{{ end }}{{ template "who" }}',
      'deep/b.yaml': '{{ define "who" }}deep{{ end }}{{ template "who" }}',
      '_h.tpl': 'never {{ fail "rendered" }}',
    };
    // Helm 4.2.3 says the same of these files.
    expect(run({ files })).toEqual({ 'a.yaml': 'a', 'deep/b.yaml': 'a', 'z.yaml': 'a' });
  });

  it('share what one of them sets in the values', () => {
    const files = { 'b.yaml': '{{ $_ := set .Values "x" 1 }}', 'a.yaml': '{{ .Values.x }}' };
    expect(run({ files })).toMatchObject({ 'a.yaml': '1' });
  });

  it('name the file of the definition in what goes wrong', () => {
    const files = { '_h.tpl': '\n{{ define "h" }}{{ .Values.a.b }}{{ end }}', 'x.yaml': '{{ include "h" . }}' };
    expect(() => run({ files })).toThrow(
      new TemplateError(
        [
          'c/templates/x.yaml:1:3',
          '  executing "c/templates/x.yaml" at <include "h" .>:',
          '    error calling include:',
          'c/templates/_h.tpl:2:26',
          '  executing "h" at <.Values.a.b>:',
          '    nil pointer evaluating interface {}.b',
        ].join('\n'),
      ),
    );
  });
});

describe('what a run is given', () => {
  it('whole numbers of --set are int64', () => {
    const values = { n: 5n, list: [1n, goInt64(2)] };
    expect(
      one('{{ kindOf .Values.n }} {{ .Values.n }} {{ add .Values.n 1 }} {{ eq .Values.n 5 }} {{ .Values.list }}', {
        values,
      }),
    ).toBe('int64 5 6 true [1 2]');
  });

  it('lookup asks, and what it throws that is no complaint passes through', () => {
    const lookup = (...words: string[]) => ({ asked: words.join('/') });
    expect(one('{{ (lookup "v1" "Pod" "ns" "n").asked }}', { hooks: { lookup } })).toBe('v1/Pod/ns/n');
    const refused = () => {
      throw new TemplateError('no such kind');
    };
    expect(() => one('{{ lookup "v1" "Nope" "" "" }}', { hooks: { lookup: refused } })).toThrow(
      'template: c/templates/x.yaml:1:3: executing "c/templates/x.yaml" at <lookup "v1" "Nope" "" "">: error calling lookup: no such kind',
    );
    const waiting = () => {
      throw new RangeError('wait');
    };
    expect(() => one('{{ lookup "v1" "Pod" "" "" }}', { hooks: { lookup: waiting } })).toThrow(RangeError);
  });

  it('the clock and chance are those that were handed in', () => {
    expect(one('{{ now }} {{ now | date "15:04:05" }}')).toBe('2023-11-14 22:13:20 +0000 UTC 22:13:20');
    const text = '{{ randAlphaNum 12 }} {{ uuidv4 }} {{ (genCA "x" 1).Cert | sha256sum }}';
    expect(one(text)).toBe(one(text));
  });

  // From knowledge: no command of helm 4 renders strictly but lint.
  it('a missing key is a mistake where it is strict', () => {
    expect(() => one('{{ .Values.a }}', { strict: true })).toThrow('map has no entry for key "a"');
    expect(() => one('{{ tpl "{{ .Values.a }}" . }}', { strict: true })).toThrow('map has no entry for key "a"');
  });

  it('what is required may be missing for lint', () => {
    const said: string[] = [];
    const hooks = { warn: (message: string) => said.push(message) };
    expect(one('[{{ required "needed" .Values.a }}{{ fail "no" }}]', { lint: true, hooks })).toBe('[]');
    expect(said).toEqual(['needed']);
  });
});

describe('what has no end', () => {
  it('is ended where a template includes itself', () => {
    const text = '{{ define "r" }}{{ include "r" . }}{{ end }}{{ include "r" . }}';
    // Helm 4.2.3 says the same, 1001 times where it is.
    const steps = 'error calling include: template: c/templates/x.yaml:1:19: executing "r" at <include "r" .>: '.repeat(
      250,
    );
    const start = 'template: c/templates/x.yaml:1:47: executing "c/templates/x.yaml" at <include "r" .>: ';
    const end = 'error calling include: rendering template has a nested reference name: r: unable to execute template';
    expect(() => one(text)).toThrow(start + steps + end);
  });

  it('is ended where a template calls itself', () => {
    expect(() => one('{{ define "r" }}{{ template "r" . }}{{ end }}{{ template "r" . }}')).toThrow(
      /exceeded maximum template depth/,
    );
  });
});

describe('certificates', () => {
  const text = `{{ $ca := genCA "the-ca" 365 }}{{ $leaf := genSignedCert "web" (list "10.0.0.1" "fd00::1") (list "web.svc" "web") 30 $ca }}
{{- toJson (dict "ca" $ca.Cert "cert" $leaf.Cert "key" $leaf.Key) }}`;
  const { ca, cert, key } = JSON.parse(one(text)) as Record<'ca' | 'cert' | 'key', string>;

  it('are signed by their authority and say what was wished', () => {
    const [authority, leaf] = [new X509Certificate(ca), new X509Certificate(cert)];
    expect(authority.ca).toBe(true);
    expect(authority.verify(authority.publicKey)).toBe(true);
    expect(leaf.checkIssued(authority)).toBe(true);
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect([leaf.subject, leaf.issuer, leaf.ca]).toEqual(['CN=web', 'CN=the-ca', false]);
    expect(leaf.subjectAltName).toBe('DNS:web.svc, DNS:web, IP Address:10.0.0.1, IP Address:FD00:0:0:0:0:0:0:1');
    expect([leaf.validFrom, leaf.validTo]).toEqual(['Nov 14 22:13:20 2023 GMT', 'Dec 14 22:13:20 2023 GMT']);
    expect(key).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/);
  });
});

// The first is of the algorithm's own tests (as jBCrypt has them), the other two were made by helm 4.2.3.
it.each([
  ['abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'],
  ['', '$2a$10$.cuo0G7s25g.w25q/kUZfuSvhCUwWOLJQLO17KVDowdf8hjlMcLTC'],
  ['pässwörd ✓', '$2a$10$sYtgBm1GhH9OVHukf1GxSOYdcCd59AwOnaf1MM4urAZVlcHQU2Iy2'],
])('bcrypt of %j', (password, hash) => {
  const from = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
  const to = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const salt = [...hash.slice(7, 29)].map((char) => to[from.indexOf(char)]).join('');
  expect(bcryptHash(Buffer.from(password), Number(hash.slice(4, 6)), Buffer.from(salt, 'base64'))).toBe(hash);
});
