import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { FileAnswer, FileRequest } from './protocol.js';

/** Answers one question of a file transfer, with the rights of the process it runs in. */
export function answerFiles(sys: Sys, request: FileRequest): FileAnswer {
  try {
    switch (request.operation) {
      case 'stat': {
        const { type, mode } = sys.stat(request.path);
        return { directory: type === 'directory', mode };
      }
      case 'list':
        return {
          names: sys
            .readDirectory(request.path)
            .map(({ name }) => name)
            .sort(),
        };
      case 'read':
        return { bytes: sys.readFile(request.path), mode: sys.stat(request.path).mode };
      case 'write':
        sys.writeFile(request.path, request.bytes, request.mode);
        return { done: true };
      case 'make-directory':
        sys.makeDirectory(request.path, request.mode);
        return { done: true };
    }
  } catch (error) {
    if (isErrno(error)) return { error: error.message };
    throw error;
  }
}
