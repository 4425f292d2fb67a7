import { objectIdText } from '../../api/pki/der-reader.js';
import { decodeText } from '../../kernel/bytes.js';
import type { DerValue } from './der.js';
import { inside } from './der.js';
import { shortName } from './object-names.js';

/** How a name is laid out; `oneline` is what OpenSSL 3.0 does unless told. */
export const NAME_FORMS = ['RFC2253', 'compat', 'oneline'] as const;
export type NameForm = (typeof NAME_FORMS)[number];

interface Part {
  readonly type: string;
  readonly value: string;
}

/** A distinguished name on one line: `O = system:masters, CN = kubernetes-admin`. */
export function nameText(name: DerValue, form: NameForm = 'oneline'): string {
  const steps = inside(name).map((step) => inside(step).map(partOf));
  if (form === 'compat')
    return steps.map((step) => `/${step.map((part) => `${part.type}=${bytewise(part.value)}`).join('+')}`).join('');
  if (form === 'RFC2253')
    return steps
      .toReversed()
      .map((step) =>
        step
          .toReversed()
          .map(({ type, value }) => `${type}=${escaped(value)}`)
          .join('+'),
      )
      .join(',');
  return steps.map((step) => step.map(({ type, value }) => `${type} = ${quotedAtNeed(value)}`).join(' + ')).join(', ');
}

function partOf(value: DerValue): Part {
  const [type, text] = inside(value);
  const wide = text?.tag === 0x1e;
  const bytes = text?.content ?? new Uint8Array(0);
  return {
    type: type ? shortName(objectIdText(type)) : '',
    value: wide ? Buffer.from(bytes).swap16().toString('utf16le') : decodeText(bytes),
  };
}

/** What is not plain ASCII, as the oldest form has it. */
function bytewise(text: string): string {
  return plain(text).replace(/\\([0-9A-F]{2})/g, '\\x$1');
}

/** What is not plain ASCII, as its bytes. */
function plain(text: string): string {
  return text.replace(/[^ -~]/gu, (char) =>
    Array.from(Buffer.from(char, 'utf8'), (byte) => `\\${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );
}

function quotedAtNeed(value: string): string {
  const special = /[,+<>;]|^[# ]| $/.test(value);
  const text = plain(value.replace(/["\\]/g, '\\$&'));
  return special ? `"${text}"` : text;
}

function escaped(value: string): string {
  return plain(value.replace(/[,+"\\<>;]|^[# ]| $/g, '\\$&'));
}
