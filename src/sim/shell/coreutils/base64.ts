import type { Program } from '../../kernel/sys.js';
import type { Context } from './command.js';
import { command, reason } from './command.js';
import { readAll } from './io.js';
import { UsageError } from './options.js';

/** How bytes are written in a base. */
interface Coding {
  encode(bytes: Uint8Array): string;
  /** Undefined when the text is none of this base. */
  decode(text: string): { bytes: Uint8Array; valid: boolean };
}

const BASE64: Coding = {
  encode: (bytes) => Buffer.from(bytes).toString('base64'),
  decode: (text) => {
    const good = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(text)?.[0] ?? '';
    // Whole bytes of an unfinished group are given out all the same.
    const rest = good.endsWith('=') ? '' : (/^[A-Za-z0-9+/]{2,3}/.exec(text.slice(good.length))?.[0] ?? '');
    return { bytes: Buffer.from(good + rest, 'base64'), valid: good.length === text.length };
  },
};

const ALPHABET32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const BASE32: Coding = {
  encode: (bytes) => {
    let bits = '';
    for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
    const text = (bits.match(/.{1,5}/g) ?? [])
      .map((part) => ALPHABET32[Number.parseInt(part.padEnd(5, '0'), 2)])
      .join('');
    return text.padEnd(Math.ceil(text.length / 8) * 8, '=');
  },
  decode: (text) => {
    const good = /^(?:[A-Z2-7]{8})*(?:[A-Z2-7]{2,7}=+)?/.exec(text)?.[0] ?? '';
    const bits = [...good.replace(/=/g, '')]
      .map((char) => ALPHABET32.indexOf(char).toString(2).padStart(5, '0'))
      .join('');
    return {
      bytes: Uint8Array.from((bits.match(/.{8}/g) ?? []).map((part) => Number.parseInt(part, 2))),
      valid: good.length === text.length,
    };
  },
};

function baseProgram(name: string, coding: Coding, alphabet: RegExp): Program {
  return command(
    {
      name,
      usage: '[OPTION]... [FILE]',
      summary: `${name} encode or decode FILE, or standard input, to standard output.`,
      options: [
        'd D decode : decode',
        'i ignore-garbage : when decoding, leave out what is no part of the alphabet',
        'w wrap=COLS : break lines after COLS characters (76), 0 for never',
      ],
    },
    function* (context) {
      const [path = '-', extra] = context.operands;
      if (extra !== undefined) throw new UsageError(`extra operand ${context.quote(extra)}`);
      const wrapText = context.value('wrap') ?? '76';
      if (!/^\d+$/.test(wrapText)) context.die(`invalid wrap size: ${context.quote(wrapText)}`);
      const descriptor = openOne(context, path);
      let bytes: Uint8Array;
      try {
        bytes = yield* readAll(context.sys, descriptor);
      } catch (thrown) {
        return context.die(`read error: ${reason(thrown)}`);
      }
      if (!context.has('decode')) {
        const text = coding.encode(bytes);
        const wrap = Number(wrapText);
        context.print(
          wrap === 0 ? text : (text.match(new RegExp(`.{1,${wrap}}`, 'g')) ?? []).map((line) => `${line}\n`).join(''),
        );
        return 0;
      }
      const text = Buffer.from(bytes).toString('latin1').replace(/\n/g, '');
      const { bytes: decoded, valid } = coding.decode(
        context.has('ignore-garbage') ? text.replace(alphabet, '') : text,
      );
      context.print(decoded);
      if (!valid) context.fail('invalid input');
      return undefined;
    },
  );
}

function openOne(context: Context, path: string): number {
  if (path === '-') return 0;
  try {
    return context.sys.open(path, { read: true });
  } catch (thrown) {
    return context.die(`${context.showName(path)}: ${reason(thrown)}`);
  }
}

/** `base64`. */
export const base64: Program = baseProgram('base64', BASE64, /[^A-Za-z0-9+/=]/g);
/** `base32`. */
export const base32: Program = baseProgram('base32', BASE32, /[^A-Z2-7=]/g);
