import type { Bytes } from '../../../kernel/bytes.js';

const LINE_LENGTH = 70;

/** Base64 in lines of 70 digits, as kustomize writes it; what fits in one line has no line break. */
export function wrappedBase64(bytes: Bytes): string {
  const digits = Buffer.from(bytes).toString('base64');
  if (digits.length < LINE_LENGTH) return digits;
  return digits.replace(new RegExp(`.{1,${LINE_LENGTH}}`, 'g'), '$&\n');
}

/** Bytes as text; undefined when they are no UTF-8. */
export function decodedText(bytes: Bytes): string | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  return Buffer.from(text, 'utf8').equals(Buffer.from(bytes)) ? text : undefined;
}
