import { isErrno } from '../../kernel/errno.js';
import type { Sys } from '../../kernel/sys.js';
import type { Micros } from '../../kernel/time.js';
import { WaitQueue } from '../../kernel/wait.js';

/** syslog(3) priorities: 0 emerg, 1 alert, 2 crit, 3 err, 4 warning, 5 notice, 6 info, 7 debug. */
export type Priority = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** One line of the journal. */
export interface JournalEntry {
  /** Counts from 1 over the machine's whole life: the cursor. */
  readonly sequence: number;
  readonly time: Micros;
  readonly boot: string;
  readonly hostname: string;
  readonly priority: Priority;
  readonly identifier: string;
  readonly pid: number | undefined;
  readonly uid: number | undefined;
  /** The unit whose process wrote it; for lines of the manager `init.scope`. */
  readonly unit: string | undefined;
  /** The unit that the manager's line is about. */
  readonly about: string | undefined;
  readonly transport: 'journal' | 'stdout' | 'syslog' | 'kernel';
  /** Syslog facility name, for the files in /var/log. */
  readonly facility: string;
  readonly message: string;
  /** What `journalctl -x` explains it with. */
  readonly catalog: { readonly subject: string; readonly text: string } | undefined;
}

/** Entries kept; the oldest are dropped, as journald drops old files. */
const ENTRIES_MAX = 20_000;
const DIRECTORY = '/var/log/journal';

/** What a machine has logged, over all its boots. */
export class Journal {
  readonly appended = new WaitQueue();
  private entries: JournalEntry[] = [];
  private next = 1;

  append(entry: Omit<JournalEntry, 'sequence'>): JournalEntry {
    const complete = { ...entry, sequence: this.next };
    this.next += 1;
    this.entries.push(complete);
    if (this.entries.length > ENTRIES_MAX * 1.25) this.entries = this.entries.slice(-ENTRIES_MAX);
    this.appended.wakeAll();
    return complete;
  }

  /** Everything with a higher sequence number. */
  after(sequence: number): readonly JournalEntry[] {
    const first = this.entries[0]?.sequence ?? this.next;
    return this.entries.slice(Math.max(0, sequence + 1 - first));
  }

  get last(): number {
    return this.next - 1;
  }
}

/** The journal that lies in the machine's log directory; a new one where there is none, as after it was removed. */
export function openJournal(sys: Sys): Journal {
  const files = sys.fileSystem();
  const kept = files.attachment(DIRECTORY);
  if (kept instanceof Journal) return kept;
  const journal = new Journal();
  try {
    files.makeDirectory(DIRECTORY, 0o755, sys.credentials);
  } catch (error) {
    if (!isErrno(error)) throw error;
  }
  try {
    files.attach(DIRECTORY, journal);
  } catch (error) {
    // No /var/log: this boot's lines are kept in memory only.
    if (!isErrno(error)) throw error;
  }
  return journal;
}
