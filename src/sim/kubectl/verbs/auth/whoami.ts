import { compareText } from '../../../api/go-text.js';
import type { KubeObject } from '../../../api/object.js';
import { hasReason } from '../../../api/status.js';
import type { Command } from '../../cobra/command.js';
import { CommandError } from '../../errors.js';
import { alignTabs, TABLE_LAYOUT } from '../../output/tabwriter.js';
import { outputPrinter } from '../../print-flags.js';

const REVIEWS = {
  group: 'authentication.k8s.io',
  version: 'v1',
  resource: 'selfsubjectreviews',
  kind: 'SelfSubjectReview',
  namespaced: false,
};

/** `kubectl auth whoami`. */
export const whoami: Command = {
  name: 'whoami',
  short: 'Experimental: Check self subject attributes',
  run: function* (session) {
    const printer = outputPrinter(session, { keepOrder: true });
    const object: KubeObject = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview', metadata: {} };
    let review: KubeObject;
    try {
      review = yield* session.rest().create(REVIEWS, object);
    } catch (error) {
      if (!hasReason(error, 'NotFound')) throw error;
      throw new CommandError(
        'the selfsubjectreviews API is not enabled in the cluster\nenable APISelfSubjectReview feature gate and authentication.k8s.io/v1alpha1 or authentication.k8s.io/v1beta1 API',
      );
    }
    if (printer) return yield* session.out(printer.print(inOrder(review)));
    const info =
      (
        (review['status'] ?? {}) as {
          userInfo?: { username?: string; uid?: string; groups?: string[]; extra?: Record<string, string[]> };
        }
      ).userInfo ?? {};
    const rows = [
      ...(info.username ? [`Username\t${info.username}\n`] : []),
      ...(info.uid ? [`UID\t${info.uid}\n`] : []),
      ...(info.groups?.length ? [`Groups\t[${info.groups.join(' ')}]\n`] : []),
      ...Object.keys(info.extra ?? {})
        .sort(compareText)
        .map((key) => `Extra: ${key}\t[${(info.extra?.[key] ?? []).join(' ')}]\n`),
    ];
    yield* session.out(alignTabs(`ATTRIBUTE\tVALUE\n${rows.join('')}`, TABLE_LAYOUT));
  },
};

/** With the fields in the order of Go's structs, as JSON of typed objects has them. */
function inOrder({ kind, apiVersion, metadata, ...rest }: KubeObject): KubeObject {
  const { userInfo } = (rest['status'] ?? {}) as { userInfo?: Record<string, unknown> };
  const { username, uid, groups, extra } = userInfo ?? {};
  const known = Object.entries({ username, uid, groups, extra }).filter(([, value]) => value !== undefined);
  return { kind, apiVersion, metadata, status: { userInfo: Object.fromEntries(known) } };
}
