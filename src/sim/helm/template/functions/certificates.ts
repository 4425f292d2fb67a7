import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { decodeBase64 } from '../../../api/go-template/base64.js';
import type { FunctionTable } from '../../../api/go-template/builtin-functions.js';
import { printData } from '../../../api/go-template/format-value.js';
import { type GoType, goFunction, namedType } from '../../../api/go-template/go-types.js';
import { type GoData, GoNil, GoStruct, itemsOf } from '../../../api/go-template/go-values.js';
import { TemplateError } from '../../../api/go-template/template-error.js';
import { readPem } from '../../../client/pki/pem.js';
import { addressBytes } from '../crypto/address-bytes.js';
import { makeCertificate } from '../crypto/certificate.js';
import type { RenderRequest } from '../render-request.js';
import { newRsaKey } from './keys.js';

const TYPE: GoType = namedType({ name: 'sprig.certificate', kind: 'struct' });
const RSA_BITS = 2048;

/** A certificate and its key, both in PEM, as templates see them. */
function pair(certificate: string, key: string): GoStruct {
  return new GoStruct(TYPE, { Cert: certificate, Key: key });
}

interface Names {
  readonly commonName: string;
  readonly addresses: readonly Uint8Array[];
  readonly names: readonly string[];
  readonly days: number;
}

/** Sprig's functions that make certificates. */
export function certificateFunctions({ hooks }: RenderRequest): FunctionTable {
  const draw = (count: number): Uint8Array => hooks.random(count);
  const newKey = (): KeyObject => newRsaKey(RSA_BITS, draw);
  const make = (
    names: Names,
    key: KeyObject,
    by: { readonly authority: boolean; readonly issuer?: GoStruct },
  ): GoStruct => {
    const { authority, issuer } = by;
    const wish = { ...names, authority, from: hooks.now() / 1000, serial: draw(16) };
    const signer = issuer && signerOf(issuer);
    return pair(makeCertificate(signer ? { ...wish, issuer: signer } : wish, key), pemOf(key));
  };
  const authority = (commonName: string, days: number, key: KeyObject): GoStruct =>
    make({ commonName, addresses: [], names: [], days }, key, { authority: true });
  const leaf = (args: LeafArguments, key: () => KeyObject, issuer?: GoStruct): GoStruct => {
    const names = namesOf(args);
    return make(names, key(), issuer ? { authority: false, issuer } : { authority: false });
  };
  return {
    buildCustomCert: goFunction('(string, string) sprig.certificate', customCertificate),
    genCA: goFunction('(string, int) sprig.certificate', (name: string, days: number) =>
      authority(name, days, newKey()),
    ),
    genCAWithKey: goFunction('(string, int, string) sprig.certificate', (name: string, days: number, key: string) =>
      authority(name, days, givenKey(key)),
    ),
    genSelfSignedCert: goFunction('(string, []any, []any, int) sprig.certificate', (...args: LeafArguments) =>
      leaf(args, newKey),
    ),
    genSelfSignedCertWithKey: goFunction(
      '(string, []any, []any, int, string) sprig.certificate',
      (...[name, addresses, names, days, key]: [...LeafArguments, string]) =>
        leaf([name, addresses, names, days], () => givenKey(key)),
    ),
    genSignedCert: goFunction(
      '(string, []any, []any, int, sprig.certificate) sprig.certificate',
      (...[name, addresses, names, days, issuer]: [...LeafArguments, GoStruct]) =>
        leaf([name, addresses, names, days], newKey, issuer),
    ),
    genSignedCertWithKey: goFunction(
      '(string, []any, []any, int, sprig.certificate, string) sprig.certificate',
      (...[name, addresses, names, days, issuer, key]: [...LeafArguments, GoStruct, string]) =>
        leaf([name, addresses, names, days], () => givenKey(key), issuer),
    ),
  };
}

type LeafArguments = [commonName: string, addresses: GoData, names: GoData, days: number];

function namesOf([commonName, addresses, names, days]: LeafArguments): Names {
  return {
    commonName,
    addresses: listOf(addresses).map((address) => {
      if (typeof address !== 'string')
        throw new TemplateError(`error parsing ip: ${printData(address)} is not a string`);
      const bytes = addressBytes(address);
      if (bytes === undefined) throw new TemplateError(`error parsing ip: ${address}`);
      return bytes;
    }),
    names: listOf(names).map((name) => {
      if (typeof name === 'string') return name;
      throw new TemplateError(`error processing alternate dns name: ${printData(name)} is not a string`);
    }),
    days,
  };
}

function listOf(data: GoData): readonly GoData[] {
  return data instanceof GoNil ? [] : itemsOf(data);
}

function pemOf(key: KeyObject): string {
  if (key.asymmetricKeyType === 'rsa') return String(key.export({ type: 'pkcs1', format: 'pem' }));
  if (key.asymmetricKeyType === 'ec') return String(key.export({ type: 'sec1', format: 'pem' }));
  return String(key.export({ type: 'pkcs8', format: 'pem' }));
}

function givenKey(pem: string): KeyObject {
  return parseKey(pem, 'parsing private key');
}

function parseKey(pem: string, before: string): KeyObject {
  const [block] = readPem(pem);
  if (block === undefined) throw new TemplateError(`${before}: no PEM data in input`);
  if (!block.label.endsWith('PRIVATE KEY')) {
    throw new TemplateError(`${before}: no private key data in PEM block of type ${block.label}`);
  }
  try {
    return createPrivateKey(pem);
  } catch {
    const kind = block.label.replace(/ ?PRIVATE KEY$/, '');
    const words = kind === '' ? 'decoding PEM as PKCS#8' : `parsing ${kind} private key from PEM`;
    throw new TemplateError(`${before}: ${words}: asn1: structure error`);
  }
}

function signerOf(issuer: GoStruct): { readonly certificate: string; readonly key: KeyObject } {
  const certificate = String(issuer.fields['Cert']);
  if (readPem(certificate).length === 0) throw new TemplateError('unable to decode certificate');
  try {
    new X509Certificate(certificate);
  } catch {
    throw new TemplateError('error parsing certificate: decodedSignerCert.Bytes: x509: malformed certificate');
  }
  return { certificate, key: parseKey(String(issuer.fields['Key']), 'error parsing private key') };
}

function customCertificate(encoded: string, encodedKey: string): GoStruct {
  const certificate = decodeBase64(encoded);
  if (typeof certificate !== 'string') throw new TemplateError('unable to decode base64 certificate');
  const key = decodeBase64(encodedKey);
  if (typeof key !== 'string') throw new TemplateError('unable to decode base64 private key');
  if (readPem(certificate).length === 0) throw new TemplateError('unable to decode certificate');
  try {
    new X509Certificate(certificate);
  } catch {
    throw new TemplateError('error parsing certificate: decodedCert.Bytes: x509: malformed certificate');
  }
  parseKey(key, 'error parsing private key');
  return pair(certificate, key);
}
