import type { PluginSetup } from '../plugin.js';

/** The log plugin: a line for every question, in CoreDNS's common format. */
export const log: PluginSetup =
  ({ log: write, sys }) =>
  (next) =>
    function* answer(question) {
      const started = sys.now();
      const result = yield* next(question);
      const seconds = (sys.now() - started) / 1e6;
      const flags = `qr,${result.authoritative ? 'aa,' : ''}rd${result.authoritative ? '' : ',ra'}`;
      write(
        `[INFO] - "${question.type} IN ${question.name} udp ${question.name.length + 16} false 512" ${result.code} ${flags} ${question.name.length + 16} ${seconds.toFixed(9)}s`,
      );
      return result;
    };
