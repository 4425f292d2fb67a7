import type { Bytes } from '../../kernel/bytes.js';

/** One block of a PEM file. */
export interface PemBlock {
  readonly label: string;
  readonly der: Bytes;
}

/** Writes DER as a PEM block, 64 characters a line. */
export function writePem(label: string, der: Bytes): string {
  const base64 = Buffer.from(der).toString('base64');
  const lines = base64.match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** All blocks of a PEM file in order; what stands between them does not matter. */
export function readPem(text: string): PemBlock[] {
  const blocks: PemBlock[] = [];
  const pattern = /-----BEGIN ([^\n-]+)-----\r?\n([A-Za-z0-9+/=\s]*?)-----END \1-----/g;
  for (const match of text.matchAll(pattern)) {
    blocks.push({ label: match[1] as string, der: Buffer.from(match[2] as string, 'base64') });
  }
  return blocks;
}
