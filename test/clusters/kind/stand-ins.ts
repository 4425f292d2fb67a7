import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), 'stand-in.mjs');
const ALL = ['docker', 'kind', 'kubectl'];

/** What the stand-ins are to do otherwise than succeed. */
export interface Scenario {
  /** Versions. */
  readonly kind?: string;
  readonly kubectl?: string;
  readonly docker?: string;
  readonly podman?: string;
  readonly engine?: 'denied' | 'down';
  readonly cgroup1?: boolean;
  readonly rootless?: boolean;
  /** What creating fails with, one after another. */
  readonly create?: string | readonly string[];
  /** It fails once only. */
  readonly once?: boolean;
  /** Containers stay when creating fails, as when kind itself is killed. */
  readonly leaves?: boolean;
  /** The step (its first word) in which creating does not go on. */
  readonly hangs?: string;
  readonly delete?: 'refused';
  readonly proxy?: 'refused';
  /** A part of the arguments of kubectl that cannot reach the internet. */
  readonly kubectlFails?: string;
  /** What commands in containers say, by a part of their arguments or script; others succeed silently. */
  readonly exec?: readonly { has: string; code?: number; stdout?: string; stderr?: string; hangs?: boolean }[];
  readonly restart?: 'refused';
}

/** kind, kubectl and engines that are scripts of ours, with a state of their own. */
export class StandIns {
  readonly folder = mkdtempSync(join(tmpdir(), 'kubedrill-kind-'));
  private readonly bin = join(this.folder, 'bin');

  constructor(
    programs: readonly string[] = ALL,
    private readonly kubectl?: string,
  ) {
    mkdirSync(this.bin);
    mkdirSync(this.home);
    // What scripts find inside containers before this computer's own: its services are none of theirs.
    mkdirSync(join(this.folder, 'inside'));
    writeFileSync(join(this.folder, 'inside', 'systemctl'), '#!/bin/sh\n', { mode: 0o755 });
    for (const name of programs) this.put(name);
  }

  get home(): string {
    return join(this.folder, 'home');
  }

  get environment(): Readonly<Record<string, string | undefined>> {
    return {
      PATH: this.bin,
      HOME: this.folder,
      SHELL: '/bin/bash',
      STAND_IN: this.folder,
      STAND_IN_KUBECTL: this.kubectl,
    };
  }

  put(name: string, mode = 0o755): void {
    const script = `#!${process.execPath}\nimport(${JSON.stringify(SCRIPT)});\n`;
    const quick = { kubectl: this.kubectlScript(), docker: this.dockerScript() }[name];
    writeFileSync(join(this.bin, name), quick ?? script, { mode });
    if (quick) writeFileSync(join(this.folder, name), script, { mode });
  }

  scenario(scenario: Scenario): void {
    writeFileSync(join(this.folder, 'scenario.json'), JSON.stringify(scenario));
    if (scenario.exec) this.slow();
    if (scenario.proxy === 'refused') writeFileSync(join(this.folder, 'proxy-refused'), '');
  }

  /** The proxy is the real one's: in place of ours, so that whoever ends ours ends it. */
  private kubectlScript(): string {
    const refused = `${this.folder}/proxy-refused`;
    const own = `exec "${this.folder}/kubectl" "$@"`;
    return `#!/bin/sh\ncase $1 in proxy) test -e ${refused} || exec "$STAND_IN_KUBECTL" "$@" ;; esac\n${own}\n`;
  }

  /** Most of docker's calls by far: commands in containers, where no test wants to know of them. */
  private dockerScript(): string {
    return `#!/bin/sh
PATH=${this.folder}/inside:/usr/bin:/bin
if test "$1" = exec && ! test -e ${this.folder}/slow; then
  original=$*
  for container do
    root=${this.folder}/containers/$container
    test -n "$container" && test -d "$root" || continue
    case $original in *"$container bash -s"*) ;; *) break ;; esac
    while test "$1" != "$container"; do shift; done
    shift
    script=$(cat)
    shift 3
    case $script in *kept_list*) ;; *-delete*) ls -A "$1" | while read -r x; do rm -rf "$1/$x"; done; exit 0 ;; *) exit 0 ;; esac
    printf '%s\\n' "$script" | ROOT=$root exec bash -s -- "$@"
    exit
  done
fi
exec ${this.folder}/docker "$@"
`;
  }

  /** What a new cluster's kubeconfig is. */
  serve(kubeconfig: string): void {
    rmSync(join(this.folder, 'kubeconfig'), { force: true });
    symlinkSync(kubeconfig, join(this.folder, 'kubeconfig'));
  }

  calls(): readonly (readonly string[])[] {
    return this.lines('calls.jsonl');
  }

  private lines<T>(name: string): readonly T[] {
    const path = join(this.folder, name);
    if (!existsSync(path)) return [];
    const lines = readFileSync(path, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as T);
  }

  /** Every call is the whole stand-in's from now on. */
  private slow(): void {
    writeFileSync(join(this.folder, 'slow'), '');
  }

  forgetCalls(): void {
    for (const name of ['calls.jsonl', 'scripts.jsonl']) rmSync(join(this.folder, name), { force: true });
  }

  /** What was run in containers with a script on its standard input; only since `scenario` had `exec`. */
  scripts(): readonly { readonly container: string; readonly args: readonly string[]; readonly script: string }[] {
    return this.lines('scripts.jsonl');
  }

  /** Names of the containers there are, and whether they run. */
  containers(): Readonly<Record<string, boolean>> {
    const { containers } = this.state();
    return Object.fromEntries(Object.entries(containers).map(([name, { running }]) => [name, running]));
  }

  stop(container: string): void {
    const state = this.state();
    const one = state.containers[container];
    if (one) one.running = false;
    this.slow();
    writeFileSync(join(this.folder, 'state.json'), JSON.stringify(state));
  }

  /** A path inside a container. */
  inside(container: string, path: string): string {
    return join(this.folder, 'containers', container, path);
  }

  private state(): { containers: Record<string, { running: boolean }> } {
    const path = join(this.folder, 'state.json');
    return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { containers: {} };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
