import { piWords } from './pi-digits.js';

const ALPHABET = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SUBKEYS = 18;
const BOX = 256;
const PLAIN = 'OrpheanBeholderScryDoubt';

/** A password's hash as `$2a$COST$SALTHASH`; the salt is sixteen bytes, the password at most 72. */
export function bcryptHash(password: Uint8Array, cost: number, salt: Uint8Array): string {
  const key = Uint8Array.from([...password, 0]);
  const cipher = new Blowfish();
  cipher.expand(salt, key);
  for (let round = 0; round < 2 ** cost; round++) {
    cipher.expand(undefined, key);
    cipher.expand(undefined, salt);
  }
  const text = Buffer.from(PLAIN, 'latin1');
  const words = Array.from({ length: 6 }, (_, i) => text.readInt32BE(4 * i));
  for (let round = 0; round < 64; round++) for (let at = 0; at < 6; at += 2) cipher.encrypt(words, at);
  const out = Buffer.alloc(24);
  words.forEach((word, i) => {
    out.writeInt32BE(word, 4 * i);
  });
  return `$2a$${String(cost).padStart(2, '0')}$${encode(salt)}${encode(out.subarray(0, 23))}`;
}

function encode(bytes: Uint8Array): string {
  const standard = Buffer.from(bytes).toString('base64').replaceAll('=', '');
  return [...standard].map((char) => ALPHABET[STANDARD.indexOf(char)]).join('');
}

/** Blowfish with the costly set-up of bcrypt. */
class Blowfish {
  private readonly subkeys: Int32Array;
  private readonly boxes: Int32Array;

  constructor() {
    const words = piWords(SUBKEYS + 4 * BOX);
    this.subkeys = Int32Array.from(words.slice(0, SUBKEYS));
    this.boxes = Int32Array.from(words.slice(SUBKEYS, SUBKEYS + 4 * BOX));
  }

  /** Mixes a key in, and a salt if there is one. */
  expand(salt: Uint8Array | undefined, key: Uint8Array): void {
    let at = 0;
    for (let i = 0; i < SUBKEYS; i++) {
      let word = 0;
      for (let byte = 0; byte < 4; byte++) {
        word = (word << 8) | (key[at] as number);
        at = (at + 1) % key.length;
      }
      this.subkeys[i] = (this.subkeys[i] as number) ^ word;
    }
    const salted = salt === undefined ? [0, 0, 0, 0] : wordsOf(salt);
    const block: [number, number] = [0, 0];
    let turn = 0;
    for (const table of [this.subkeys, this.boxes]) {
      for (let i = 0; i < table.length; i += 2) {
        block[0] ^= salted[turn] as number;
        block[1] ^= salted[turn + 1] as number;
        turn = (turn + 2) % 4;
        this.encrypt(block, 0);
        table[i] = block[0];
        table[i + 1] = block[1];
      }
    }
  }

  /** Encrypts two words in place. */
  encrypt(words: number[], at: number): void {
    const { subkeys, boxes } = this;
    let left = words[at] as number;
    let right = words[at + 1] as number;
    for (let round = 0; round < 16; round += 2) {
      left ^= subkeys[round] as number;
      right ^= mixed(boxes, left);
      right ^= subkeys[round + 1] as number;
      left ^= mixed(boxes, right);
    }
    words[at] = right ^ (subkeys[17] as number);
    words[at + 1] = left ^ (subkeys[16] as number);
  }
}

function mixed(boxes: Int32Array, word: number): number {
  const sum = ((boxes[word >>> 24] as number) + (boxes[BOX + ((word >>> 16) & 0xff)] as number)) | 0;
  return ((sum ^ (boxes[2 * BOX + ((word >>> 8) & 0xff)] as number)) + (boxes[3 * BOX + (word & 0xff)] as number)) | 0;
}

function wordsOf(bytes: Uint8Array): number[] {
  const buffer = Buffer.from(bytes);
  return Array.from({ length: bytes.length / 4 }, (_, i) => buffer.readInt32BE(4 * i));
}
