import { humanDuration } from '../../../api/duration.js';
import { formatLabels } from '../../../api/labels.js';
import type { KubeObject } from '../../../api/object.js';
import { readRequestContent } from '../../../api/pki/request-content.js';
import { SECOND } from '../../../kernel/time.js';
import type { Waiting } from '../../../kernel/wait.js';
import { CommandError } from '../../errors.js';
import type { DescribeRequest } from '../describer.js';
import { describeEvents } from '../events.js';
import { type DescribeWriter, longTime } from '../writer.js';

interface SigningRequest extends KubeObject {
  spec: {
    readonly request: string;
    readonly signerName?: string;
    readonly expirationSeconds?: number;
    readonly username?: string;
  };
  status?: { readonly certificate?: string; readonly conditions?: readonly { readonly type: string }[] };
}

/** Parts of a subject, in the order in which they are told, by their object ids. */
const PARTS: readonly (readonly [type: string, title: string])[] = [
  ['2.5.4.10', 'Organization'],
  ['2.5.4.11', 'Organizational Unit'],
  ['2.5.4.6', 'Country'],
  ['2.5.4.7', 'Locality'],
  ['2.5.4.8', 'Province'],
  ['2.5.4.9', 'StreetAddress'],
  ['2.5.4.17', 'PostalCode'],
];
const SERIAL_NUMBER = '2.5.4.5';

/** Describes a request for a certificate, with what its subject is to be. */
export function* describeSigningRequest(w: DescribeWriter, request: DescribeRequest<SigningRequest>): Waiting<void> {
  const { metadata, spec } = request.object;
  const content = readRequestContent(Buffer.from(spec.request, 'base64').toString('latin1'));
  if (!content) throw new CommandError('Error parsing CSR: PEM block type must be CERTIFICATE REQUEST');
  w.field('Name', metadata.name);
  w.field('Labels', formatLabels(metadata.labels ?? {}));
  w.field('Annotations', formatLabels(metadata.annotations ?? {}));
  w.field('CreationTimestamp', longTime(metadata.creationTimestamp));
  w.field('Requesting User', spec.username ?? '');
  if (spec.signerName) w.field('Signer', spec.signerName);
  if (spec.expirationSeconds !== undefined)
    w.field('Requested Duration', humanDuration(spec.expirationSeconds * SECOND));
  w.field('Status', statusOf(request.object));
  w.write(0, 'Subject:\n');
  const valuesOf = (type: string) => content.parts.flatMap(([each, value]) => (each === type ? [value] : []));
  w.write(0, `\tCommon Name:\t${content.commonName}\n`);
  w.write(0, `\tSerial Number:\t${valuesOf(SERIAL_NUMBER).at(-1) ?? ''}\n`);
  for (const [type, title] of PARTS) {
    const values = valuesOf(type);
    if (values.length > 0) w.write(0, `\t${title}:\t${values.join('\n\t\t')}\n`);
  }
  yield* describeEvents(w, request);
}

/** What the column CONDITION says, too. */
function statusOf({ status }: SigningRequest): string {
  const types = (status?.conditions ?? []).map(({ type }) => type);
  const decision = types.includes('Denied') ? 'Denied' : types.includes('Approved') ? 'Approved' : 'Pending';
  return `${decision}${types.includes('Failed') ? ',Failed' : ''}${status?.certificate ? ',Issued' : ''}`;
}
