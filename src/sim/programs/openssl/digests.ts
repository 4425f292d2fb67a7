/** Digests by the names options have: what is printed of them, and node's name. */
export const DIGESTS: ReadonlyMap<string, readonly [label: string, hash: string]> = new Map([
  ['blake2b512', ['BLAKE2B-512', 'blake2b512']],
  ['blake2s256', ['BLAKE2S-256', 'blake2s256']],
  ['md5', ['MD5', 'md5']],
  ['md5-sha1', ['MD5-SHA1', 'md5-sha1']],
  ['ripemd', ['RIPEMD-160', 'ripemd160']],
  ['ripemd160', ['RIPEMD-160', 'ripemd160']],
  ['rmd160', ['RIPEMD-160', 'ripemd160']],
  ['sha1', ['SHA1', 'sha1']],
  ['sha224', ['SHA2-224', 'sha224']],
  ['sha256', ['SHA2-256', 'sha256']],
  ['sha3-224', ['SHA3-224', 'sha3-224']],
  ['sha3-256', ['SHA3-256', 'sha3-256']],
  ['sha3-384', ['SHA3-384', 'sha3-384']],
  ['sha3-512', ['SHA3-512', 'sha3-512']],
  ['sha384', ['SHA2-384', 'sha384']],
  ['sha512', ['SHA2-512', 'sha512']],
  ['sha512-224', ['SHA2-512/224', 'sha512-224']],
  ['sha512-256', ['SHA2-512/256', 'sha512-256']],
  ['shake128', ['SHAKE-128', 'shake128']],
  ['shake256', ['SHAKE-256', 'shake256']],
  ['sm3', ['SM3', 'sm3']],
]);

/** Digests of old that only another provider has: their names and numbers. */
export const LEGACY_DIGESTS: ReadonlyMap<string, string> = new Map([
  ['md4', 'MD4 : 88'],
  ['whirlpool', 'whirlpool : 97'],
]);
