import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto';
import { CURVES } from '../../client/pki/curves.js';
import { bitString, integer, objectId, octetString, sequence, tagged } from '../../client/pki/der.js';
import { type Curve, isSecret } from '../../client/pki/ecdsa.js';
import type { Bytes } from '../../kernel/bytes.js';
import type { Sys } from '../../kernel/sys.js';
import { MILLISECOND } from '../../kernel/time.js';
import { Failure, queued } from './failure.js';
import { newRsaKey } from './genrsa.js';
import { Misuse } from './options.js';

/** Keys of Edwards' and Montgomery's curves: the number of the algorithm, and how many bytes a secret has. */
const OCTET_KEYS: Readonly<Record<string, readonly [id: string, bytes: number]>> = {
  ED25519: ['1.3.101.112', 32],
  ED448: ['1.3.101.113', 57],
  X25519: ['1.3.101.110', 32],
  X448: ['1.3.101.111', 56],
};
const CURVE_IDS: Readonly<Record<string, string>> = {
  prime256v1: '1.2.840.10045.3.1.7',
  secp256k1: '1.3.132.0.10',
  secp384r1: '1.3.132.0.34',
  secp521r1: '1.3.132.0.35',
};
/** Algorithms that the real program makes keys of and this one does not. */
const ABSENT = new Set(['CMAC', 'DH', 'DHX', 'DSA', 'HMAC', 'POLY1305', 'RSA-PSS', 'SIPHASH', 'SM2']);
const RSA_BITS = '2048';
const CURVE_COST = MILLISECOND;

/** What kind of key is to be made. */
export interface KeyPlan {
  readonly algorithm: string;
  /** Of RSA. */
  bits: string;
  /** Of EC, as somebody named it. */
  curve: string | undefined;
}

/** A plan for keys of an algorithm; undefined where there is none of that name. Throws `Misuse` for what is not made here. */
export function planOf(name: string): KeyPlan | undefined {
  const algorithm = name.toUpperCase();
  if (ABSENT.has(algorithm)) throw new Misuse(`keys of the kind ${name} are not made on these machines`);
  const known = algorithm === 'RSA' || algorithm === 'EC' || Object.hasOwn(OCTET_KEYS, algorithm);
  return known ? { algorithm, bits: RSA_BITS, curve: undefined } : undefined;
}

/** Takes a `-pkeyopt`; the lines of the error queue where the plan has no such parameter, else undefined. */
export function alterPlan(sys: Sys, plan: KeyPlan, option: string): string[] | undefined {
  const at = option.indexOf(':');
  if (at < 0) return [];
  const [name, value] = [option.slice(0, at), option.slice(at + 1)];
  if (plan.algorithm === 'RSA' && /^(?:rsa_keygen_)?bits$/.test(name)) {
    if (!/^\d+$/.test(value)) return [];
    const lines = tooSmall(sys, value);
    plan.bits = value;
    return lines;
  }
  if (plan.algorithm === 'RSA' && /^(?:rsa_keygen_)?(?:primes:2|pubexp:(?:65537|0x10001))$/i.test(option))
    return undefined;
  if (plan.algorithm === 'EC' && /^(?:ec_paramgen_curve|group)$/.test(name)) {
    plan.curve = value;
    return undefined;
  }
  if (plan.algorithm === 'EC' && option === 'ec_param_enc:named_curve') return undefined;
  const place = 'digital envelope routines:default_fixup_args:command not supported';
  const file = '../crypto/evp/ctrl_params_translate.c:582';
  return [queued(sys, '03000093', `${place}:${file}:[action:2, state:4] name=${name}, value=${value}`)];
}

/** The line about an RSA key that would be too short; undefined for one that is long enough. */
export function tooSmall(sys: Sys, bits: string): string[] | undefined {
  if (Number(bits) >= 512) return undefined;
  const where = '../providers/implementations/keymgmt/rsa_kmgmt.c:509:';
  return [queued(sys, '1C8000AB', `Provider routines:rsa_gen_set_params:key size too small:${where}`)];
}

/** Makes a key; `failing`: what is said first when that cannot be done. Throws `Failure`, `Misuse`. */
export function makeKey(sys: Sys, plan: KeyPlan, failing: string): KeyObject {
  if (plan.algorithm === 'RSA') return newRsaKey(sys, plan.bits);
  const octets = OCTET_KEYS[plan.algorithm];
  if (octets) return octetKey(sys, ...octets);
  if (plan.curve === undefined) throw new Failure([failing]);
  const curve = curveOf(plan.curve);
  if (!curve) throw new Failure([failing, invalidCurve(sys)]);
  return curveKey(sys, curve);
}

export function invalidCurve(sys: Sys): string {
  const place = 'elliptic curve routines:group_new_from_name:invalid curve:../crypto/ec/ec_lib.c:1490:';
  return queued(sys, '0800008D', place);
}

/** A curve by OpenSSL's name or NIST's; undefined where there is none. Throws `Misuse` for one that is not at hand. */
export function curveOf(name: string): Curve | undefined {
  const wanted = name === 'secp256r1' ? undefined : name;
  const [, curve] = Object.entries(CURVES).find(([nist, one]) => nist === wanted || one.name === wanted) ?? [];
  if (!curve && /^(?:secp|sect|prime|c2pnb|c2tnb|wap-|brainpool|Oakley|SM2|[PKB]-)\w/.test(wanted ?? ''))
    throw new Misuse(`keys on the curve ${name} are not made on these machines`);
  return curve;
}

/** The name of a curve as ASN.1 has it. */
export function curveId({ name }: Curve): Bytes {
  return objectId(CURVE_IDS[name] as string);
}

/** A new key on a curve. */
export function curveKey(sys: Sys, curve: Curve): KeyObject {
  sys.charge(CURVE_COST);
  const random = sys.random().fork('key');
  let secret = random.bytes(curve.bytes);
  // Of P-521's first byte only one bit counts.
  if (curve.name === 'secp521r1') secret[0] = (secret[0] ?? 0) & 1;
  while (!isSecret(secret, curve)) secret = random.bytes(curve.bytes);
  const pair = createECDH(curve.name);
  pair.setPrivateKey(secret);
  const der = sequence(
    integer(Uint8Array.of(1)),
    octetString(secret),
    tagged(0xa0, curveId(curve)),
    tagged(0xa1, bitString(new Uint8Array(pair.getPublicKey()))),
  );
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'sec1' });
}

function octetKey(sys: Sys, id: string, bytes: number): KeyObject {
  sys.charge(CURVE_COST);
  const secret = octetString(sys.random().fork('key').bytes(bytes));
  const der = sequence(integer(Uint8Array.of(0)), sequence(objectId(id)), octetString(secret));
  return createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
}
